/** When a run stops by itself. */
import { describe, expect, it } from 'vitest';
import {
  CONDITIONS,
  readGoal,
  stepsLeft,
  writeGoal,
  type ConditionName,
  type Goal,
  type Outlook,
} from '../../src/app/run/goal.ts';

const at = (step: number, dt: number, more: Partial<Outlook> = {}): Outlook => ({
  step,
  dt,
  t: step * dt,
  loss: 1,
  r2: 0,
  ...more,
});

describe('a stop condition', () => {
  it.each([0.1, 0.3, 0.7, 1 / 3])('of t = k dt is met after k steps, no sooner and no later, dt = %f', (dt) => {
    for (const k of [1, 3, 10, 99, 1000]) {
      for (let step = 0; step <= k; step++)
        expect(stepsLeft({ condition: 't', value: k * dt }, at(step, dt))).toBe(k - step);
    }
  });
  it('of t between two steps is met after the second', () =>
    expect(stepsLeft({ condition: 't', value: 1.05 }, at(0, 0.1))).toBe(11));
  it('of a step that is past is met', () =>
    expect(stepsLeft({ condition: 'step', value: 10 }, at(12, 1))).toBe(0));
  it('of loss and R² is met where it holds, and says nothing before', () => {
    const goals: Goal[] = [
      { condition: 'loss', value: 0.5 },
      { condition: 'r2', value: 0.9 },
    ];
    expect(goals.map((goal) => stepsLeft(goal, at(1, 1, { loss: 0.51, r2: 0.89 })))).toEqual([
      Infinity,
      Infinity,
    ]);
    expect(goals.map((goal) => stepsLeft(goal, at(1, 1, { loss: 0.5, r2: 0.9 })))).toEqual([0, 0]);
  });
  it('is never met where there is none', () => expect(stepsLeft(null, at(5, 1))).toBe(Infinity));
});

describe('a link holds it', () => {
  it.each(Object.keys(CONDITIONS) as ConditionName[])('%s', (condition) => {
    const goal = { condition, value: 0.125 };
    expect(readGoal(writeGoal(goal))).toEqual(goal);
  });
  it.each(['r2', 'r2:', 'r2:x', 'r3:0.9', 'toString:1', ':1', 't:Infinity'])(
    '"%s" is refused with what would do',
    (text) => {
      expect(() => readGoal(text)).toThrow(
        /is no condition: write one of t, step, loss, r2, a colon and a number/,
      );
    },
  );
});
