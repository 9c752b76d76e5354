/** Members of the family of a configuration of erf neurons and an erf teacher, whose flow on the population is in closed form. */
import {
  descending,
  populationLoss,
  reducedOf,
  spannedBy,
  without,
  type Population,
  type Units,
} from '../../../core/analysis/population.ts';
import { ConfigError, type Config } from '../../../core/config/config.ts';
import { DATASETS } from '../../../core/datasets.ts';
import { memberOf } from '../../../core/generators/dataset.ts';
import { isMeanField } from '../../../core/parameterizations.ts';
import { lengthOf } from '../../../core/length.ts';
import { Interrupted } from '../../measure/measurement.ts';
import { prepare } from '../../prepare.ts';
import { inTurns } from '../../turns.ts';
import type { Reproduction } from '../paper.ts';
import { checkOnly } from '../run.ts';

/** Longest step of the flow. */
const STEP = 0.1;

export interface Family {
  readonly config: Config;
  readonly dimension: number;
}

/** Throws a ConfigError where the closed form is not that of the configuration. */
export function familyOf(config: Config): Family {
  const { data, model, parameterization, initial, dynamics } = config;
  if (!('dataset' in data) || data.dataset !== 'teacher' || !dynamics.stream)
    throw new ConfigError(
      'data and dynamics.stream: the closed form is that of the population of { "dataset": "teacher" }, give these',
    );
  const { dimension, parameters } = memberOf(DATASETS.teacher, data);
  checkOnly(
    [
      ['data.parameters.activation', parameters.activation, 'erf'],
      ['data.parameters.inputs', parameters.inputs, 'gaussian'],
      ['data.noise', data.noise ?? 0, 0],
      ['model.activation', model.activation, 'erf'],
      ['model.features', model.features, 'inner-product'],
      ['model.bias', model.bias, false],
      ['model.loss', model.loss, 'squared'],
      ['dynamics.rates', JSON.stringify(dynamics.rates), '{"w1":1,"w0":1}'],
      ['dynamics.temperature', dynamics.temperature, 0],
      ['dynamics.decay', dynamics.decay, 0],
      ['dynamics.penalty', dynamics.penalty, undefined],
      ['dynamics.momentum', dynamics.momentum, undefined],
      ['dynamics.schedule', dynamics.schedule, undefined],
    ],
    'closed form',
    (value) => (value === undefined ? 'none' : JSON.stringify(value)),
  );
  if (!isMeanField(parameterization))
    throw new ConfigError(
      `parameterization = ${JSON.stringify(parameterization)}: the closed form is that of "mean-field", give it`,
    );
  const { w0 } = initial;
  if (initial.joint ?? initial.npy ?? (w0?.law !== 'sphere' && (w0?.law !== 'normal' || w0.mean !== 0)))
    throw new ConfigError(
      `initial.w0 = ${JSON.stringify(w0)}: the reduced dynamics starts from an isotropic law of w0, give sphere or normal with mean 0`,
    );
  return { config, dimension };
}

export interface Member {
  readonly n: number;
  readonly d: number;
  readonly seed: number;
}

/** So many neurons, with w0 of the same length, in so many inputs. */
export function memberIn({ config, dimension }: Family, { n, d, seed }: Member): Config {
  const { data, model, initial } = config;
  const { w0 } = initial;
  return {
    ...config,
    data: { ...data, dimension: d, seed, testSamples: 1 } as Config['data'],
    model: { ...model, width: n },
    initial: {
      ...initial,
      seed,
      ...(w0?.law === 'normal' && { w0: { ...w0, std: w0.std * Math.sqrt(dimension / d) } }),
    },
  };
}

/** Neurons on the population. */
export interface Flow {
  readonly units: Units;
  readonly problem: Population;
}

/** Where a member starts, from what `prepare` has made of it. */
export function startOf({
  problem: { theta, n, d },
  encoding: { teacher },
}: Pick<Awaited<ReturnType<typeof prepare>>, 'problem' | 'encoding'>): Flow {
  return { units: unitsOf(theta, n), problem: { d, teacher: unitsOf(teacher.flat(), teacher.length) } };
}

/** n rows [w1, w0]. */
function unitsOf(rows: ArrayLike<number>, n: number): Units {
  const all = Float64Array.from(rows);
  const width = all.length / n;
  return {
    outer: all.filter((_, at) => at % width === 0),
    inner: all.filter((_, at) => at % width > 0),
  };
}

/** The reduced dynamics from the same start. */
export function reduced({ units, problem }: Flow): Flow {
  const [few, of] = reducedOf(units, problem);
  return { units: few, problem: of };
}

export const lossOf = ({ units, problem }: Flow): number => populationLoss(units, problem);

/** What its flow takes, beside that of other members. */
export const costOf = (n: number, d: number): number => n * n * d;

/** The time t later. */
export async function flowed(reproduction: Reproduction, { units, problem }: Flow, t: number): Promise<Flow> {
  const steps = Math.ceil(t / STEP - 1e-9);
  if (steps === 0) return { units, problem };
  const work = descending(units, problem, t / steps, steps);
  // it takes a second: nobody is told how far it is, but others have their turn
  const moved = await inTurns(work, 'the flow on the population', {});
  if (reproduction.signal?.aborted) throw new Interrupted();
  reproduction.done(costOf(units.outer.length, problem.d));
  return { units: moved, problem };
}

/** A start that is not isotropic: beside the teachers' directions all w0 are parallel, with the sign of w1. */
export function aligned({ units: { outer, inner }, problem }: Flow): Flow {
  const { d, teacher } = problem;
  const n = outer.length;
  const common = inner.slice(0, d);
  for (const e of spannedBy(teacher.inner, d)) without(common, e);
  const size = lengthOf(common);
  const moved = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const row = inner.subarray(i * d, (i + 1) * d);
    const stretch = (Math.sign(outer[i]) * lengthOf(row)) / size;
    common.forEach((value, c) => (moved[i * d + c] = stretch * value));
  }
  return { units: { outer, inner: moved }, problem };
}
