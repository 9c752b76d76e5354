/** When a run stops by itself. Adding a condition is adding one entry. */
import type { Metrics } from './metrics.ts';
import { say } from '../say.ts';

/** Where a run stands, and what it does a step. */
export interface Outlook extends Pick<Metrics, 'step' | 't' | 'loss'> {
  readonly dt: number;
  /** Share of the variance of y that f explains. */
  readonly r2: number;
}

interface Condition {
  readonly label: string;
  /** Value that is offered first. */
  readonly usual: number;
  /** Steps until it is met: 0 where it is, Infinity where nobody can tell. */
  readonly left: (value: number, outlook: Outlook) => number;
  readonly said: (value: number) => string;
}

/** Rounding of t = k·dt must not cost a step more. */
const SLACK = 1e-6;

export const CONDITIONS = {
  t: {
    label: say('t reaches'),
    usual: 100,
    left: (value, { t, dt }) => Math.ceil((value - t) / dt - SLACK),
    said: (value) => say('t has reached {value}', { value }),
  },
  step: {
    label: say('the step is'),
    usual: 1000,
    left: (value, { step }) => Math.ceil(value) - step,
    said: (value) => say('step {value} is reached', { value }),
  },
  loss: {
    label: say('the loss is at most'),
    usual: 0.01,
    left: (value, { loss }) => (loss <= value ? 0 : Infinity),
    said: (value) => say('the loss is at most {value}', { value }),
  },
  r2: {
    label: say('R² is at least'),
    usual: 0.95,
    left: (value, { r2 }) => (r2 >= value ? 0 : Infinity),
    said: (value) => say('R² is at least {value}', { value }),
  },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof CONDITIONS;

export interface Goal {
  readonly condition: ConditionName;
  readonly value: number;
}

/** Steps that the run may take before it stops, ≥ 0; Infinity without a goal. */
export const stepsLeft = (goal: Goal | null, outlook: Outlook): number =>
  goal ? Math.max(0, CONDITIONS[goal.condition].left(goal.value, outlook)) : Infinity;

/** Why it has stopped, as a sentence. */
export const saidOf = ({ condition, value }: Goal): string =>
  say('It stopped: {reason}. Play goes on.', { reason: CONDITIONS[condition].said(value) });

/** "r2:0.95", as links hold it; rejects what is none. */
export function readGoal(text: string): Goal {
  const [condition, number] = text.split(':');
  const value = Number(number);
  if (
    !Object.hasOwn(CONDITIONS, condition) ||
    number === undefined ||
    number.trim() === '' ||
    !Number.isFinite(value)
  ) {
    throw new Error(
      say('stop = "{text}" is no condition: write one of {names}, a colon and a number, such as r2:0.95', {
        text,
        names: Object.keys(CONDITIONS).join(', '),
      }),
    );
  }
  return { condition: condition as ConditionName, value };
}

export const writeGoal = ({ condition, value }: Goal): string => `${condition}:${value}`;
