/** What engine-contract.ts holds engines to, with schedules of dt and of the temperature. */
import type { StepSchedule } from '../../../src/core/dynamics/schedules.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { expectRejection, expectSameBits } from '../close.ts';
import type { Law } from './engine-contract.ts';
import { sameHoweverGrouped } from './feed-laws.ts';
import { problemOf } from '../problems.ts';
import { drawn, followsOracle } from './terms-contract.ts';
import { withEngine } from './with-engine.ts';

/** The formulas of docs/model.md. */
const SCHEDULES: readonly (readonly [StepSchedule, (k: number, loss: number) => number])[] = [
  [{ law: 'constant' }, () => 1],
  [{ law: 'power', k0: 5, exponent: 0.7 }, (k) => Math.pow(1 + k / 5, -0.7)],
  [{ law: 'cosine', horizon: 30 }, (k) => (1 + Math.cos((Math.PI * Math.min(k, 30)) / 30)) / 2],
  [{ law: 'steps', every: 7, factor: 0.5 }, (k) => Math.pow(0.5, Math.floor(k / 7))],
  [{ law: 'over-loss' }, (_, loss) => 1 / loss],
];

const schedules: Law = {
  title: '40 steps with each schedule of dt follow the float64 oracle, with every integrator',
  async holds(open) {
    for (const [dt, pace] of SCHEDULES)
      for (const integrator of ['euler', 'heun', 'rk4'] as const)
        await followsOracle(open, {
          sizes: { n: 65, m: 20, d: 2 },
          form: 'mean-field',
          terms: integrator === 'euler' ? { l1: 0.1 } : { ridge: [0.1, 0.1] },
          more: { integrator, dt: dt.law === 'over-loss' ? 0.02 : 0.2, schedules: { dt } },
          oracle: { pace },
        });
  },
};

const scheduledBits: Law = {
  title: 'a schedule counts the steps of the run: the same bits however they are grouped, and after a restore',
  async holds(open) {
    for (const [dt] of SCHEDULES) {
      const terms = { noise: { temperature: 0.05, seed: 3 } };
      const temperature = { law: 'steps', every: 3, factor: 0.5 } as const;
      const more = { dt: 0.05, terms, schedules: { dt, temperature } };
      const problem = problemOf(drawn({ n: 257, m: 20, d: 2 }, 9), 'mean-field', more);
      await sameHoweverGrouped(open, problem, `θ with ${dt.law}`);
    }
  },
};

const scheduledNoise: Law = {
  title: 'a schedule of the temperature multiplies it, step by step',
  async holds(open) {
    const problem = (temperature: number, more: Partial<Problem> = {}): Problem =>
      problemOf(drawn({ n: 257, m: 20, d: 2 }, 10), 'mean-field', {
        terms: { noise: { temperature, seed: 3 } },
        ...more,
      });
    // two steps at τ, then as many at τ/2
    const halved = { schedules: { temperature: { law: 'steps', every: 2, factor: 0.5 } } } as const;
    const got = await withEngine(open, problem(0.1, halved), async (engine) => {
      await engine.advance(4);
      return engine.theta();
    });
    const middle = await withEngine(
      open,
      problem(0.1),
      async (engine) => (await engine.advance(2), engine.theta()),
    );
    await withEngine(open, problem(0.05), async (engine) => {
      await engine.restore(middle, 2);
      await engine.advance(2);
      expectSameBits('θ', got, await engine.theta());
    });
  },
};

const oneLoss: Law = {
  title: 'dt over the loss is for one system: replicas are refused',
  async holds(open) {
    const theta = Float64Array.from(drawn({ n: 10, m: 4, d: 1 }, 16).theta.flat());
    const one = problemOf(drawn({ n: 5, m: 4, d: 1 }, 16), 'mean-field', { replicas: 2 });
    const overLoss = { dt: { law: 'over-loss' } } as const;
    await expectRejection('two replicas', open({ ...one, theta, schedules: overLoss }), 'RangeError');
  },
};

export const SCHEDULE_LAWS: readonly Law[] = [schedules, scheduledBits, scheduledNoise, oneLoss];
