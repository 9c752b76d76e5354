/** How particles move, as a configuration says it: its part `dynamics`, completed and checked. */
import { completeBatch, type Batch } from '../dynamics/batches.ts';
import type { IntegratorName } from '../dynamics/integrators.ts';
import type { Schedules } from '../dynamics/schedules.ts';
import { completeStream, type StreamPlan } from '../dynamics/streams.ts';
import { ConfigError } from './error.ts';

/** Numbers λ ≥ 0 (core/objective/penalties.ts); `ridge` has those of w1 and w0. */
export interface Penalty {
  readonly ridge: readonly [number, number];
  readonly l1: number;
  readonly variation: number;
}

export interface Momentum {
  /** β from 0 to below 1; Nesterov's form instead of the heavy ball's. */
  readonly beta: number;
  readonly nesterov: boolean;
}

export interface Dynamics {
  readonly integrator: IntegratorName;
  readonly dt: number;
  readonly steps: number;
  /** τ ≥ 0 of the noise, λ ≥ 0 of the weight decay (core/dynamics/terms.ts). */
  readonly temperature: number;
  readonly decay: number;
  /** Learning rates of the layers beside the parameterization's; 0 freezes a layer. */
  readonly rates: { readonly w1: number; readonly w0: number };
  /** Rows that each step takes; default all (core/dynamics/batches.ts). */
  readonly batch?: Batch;
  /** Fresh samples of a generator for each step, in place of its rows (core/dynamics/streams.ts). */
  readonly stream?: StreamPlan;
  /** Absent where none is set. */
  readonly penalty?: Penalty;
  readonly momentum?: Momentum;
  readonly schedule?: Schedules;
}

/** What people write; null takes away what a preset, or the configuration below, has there. */
export type DynamicsInput = Partial<
  Omit<Dynamics, 'rates' | 'batch' | 'stream' | 'penalty' | 'momentum' | 'schedule'>
> & {
  readonly rates?: Partial<Dynamics['rates']>;
  readonly batch?: (Pick<Batch, 'size'> & Partial<Batch>) | null;
  readonly stream?: (Pick<StreamPlan, 'size'> & Partial<StreamPlan>) | null;
  readonly penalty?: Partial<Penalty> | null;
  readonly momentum?: Partial<Momentum> | null;
  readonly schedule?: Schedules | null;
};

export const DEFAULT_DYNAMICS: Dynamics = {
  integrator: 'euler',
  dt: 0.1,
  steps: 1000,
  temperature: 0,
  decay: 0,
  rates: { w1: 1, w0: 1 },
};

const isEmpty = (object: object | null | undefined): boolean => Object.keys(object ?? {}).length === 0;

/** Fills in what is missing; an empty object is as good as none. */
export function completeDynamics({
  batch,
  stream,
  penalty,
  momentum,
  schedule,
  ...given
}: DynamicsInput): Dynamics {
  const dynamics = { ...DEFAULT_DYNAMICS, ...given };
  return {
    ...dynamics,
    rates: { ...DEFAULT_DYNAMICS.rates, ...dynamics.rates },
    ...(batch && { batch: completeBatch(batch) }),
    ...(stream && { stream: completeStream(stream) }),
    ...(!isEmpty(penalty) && { penalty: { ridge: [0, 0], l1: 0, variation: 0, ...penalty } }),
    ...(!isEmpty(momentum) && { momentum: { beta: 0.9, nesterov: false, ...momentum } }),
    ...(schedule && !isEmpty(schedule) && { schedule }),
  };
}

/** Throws a ConfigError where fields contradict each other. */
export function checkDynamics({
  integrator,
  temperature,
  batch,
  stream,
  penalty,
  momentum,
  schedule,
}: Dynamics): void {
  if (batch && stream)
    throw new ConfigError(
      'dynamics.batch and dynamics.stream contradict each other: batches are rows of finite data, a stream has fresh ones; leave one of them out',
    );
  const needsEuler = (field: string, value: number, why: string): void => {
    if (value > 0 && integrator !== 'euler')
      throw new ConfigError(
        `dynamics.${field} = ${value} needs the integrator "euler", not "${integrator}": ${why}`,
      );
  };
  needsEuler('temperature', temperature, 'noise has no higher order here');
  needsEuler('penalty.l1', penalty?.l1 ?? 0, 'its proximal step follows a whole step');
  const beta = momentum?.beta ?? 0;
  needsEuler('momentum.beta', beta, 'it carries one slope from step to step');
  if (beta > 0 && temperature > 0)
    throw new ConfigError(
      `dynamics.momentum.beta = ${beta} and dynamics.temperature = ${temperature} contradict each other: noise is that of steps without memory, leave one of them out`,
    );
  if (schedule?.temperature && temperature === 0)
    throw new ConfigError(
      'dynamics.schedule.temperature has no temperature to change: give dynamics.temperature above 0, or leave it out',
    );
}

/** Whether nothing but b, decay, noise and rates moves particles. */
export const isLangevin = ({ batch, stream, penalty, momentum, schedule }: Dynamics): boolean =>
  [batch, stream, penalty, momentum, schedule].every((part) => part === undefined);

/** Whether b alone does. */
export const isPlain = (dynamics: Dynamics): boolean =>
  isLangevin(dynamics) &&
  dynamics.temperature === 0 &&
  dynamics.decay === 0 &&
  dynamics.rates.w1 === 1 &&
  dynamics.rates.w0 === 1;
