/** What engine-contract.ts holds engines to, with penalties, momentum and schedules. */
import type { ActivationName } from '../../src/core/activations/activations.ts';
import type { StepSchedule } from '../../src/core/schedules.ts';
import type { Terms } from '../../src/core/terms.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { expectEqual, expectRejection, expectSameBits } from './close.ts';
import type { Law } from './engine-contract.ts';
import { withEngine, type Open } from './with-engine.ts';
import { trajectoryError, type Form } from './oracle.ts';
import { draw, problemOf, type Drawn, type Sizes } from './problems.ts';
import { pathOf, type TermsProblem } from './terms-oracle.ts';

/** docs/model.md, Errors of a method: max |Δθ| over rms θ after 40 steps. */
const TRAJECTORY = { float64: 1e-9, float32: 1.5e-5 } as const;
const STEPS = 40;

/** Numbers that float32 holds exactly. */
function drawn(sizes: Sizes, seed: number): Drawn {
  const { x, y, theta } = draw(sizes, seed);
  const round = (rows: number[][]): number[][] => rows.map((row) => row.map(Math.fround));
  return { x: round(x), y: y.map(Math.fround), theta: round(theta) };
}

interface Run {
  readonly sizes: Sizes;
  readonly form: Form;
  readonly terms: Terms;
  readonly more?: Partial<Problem> & { readonly activation?: ActivationName };
  readonly oracle?: Partial<TermsProblem>;
}

/** After 40 steps θ is the oracle's. */
async function followsOracle(open: Open, { sizes, form, terms, more = {}, oracle = {} }: Run): Promise<void> {
  const start = drawn(sizes, 3 * sizes.d + sizes.n);
  const names = { activation: 'tanh', integrator: 'euler', dt: 0.2, ...more } as const;
  const { activation, integrator, dt } = names;
  const { rates, ridge, variation, l1, momentum } = terms;
  const own = {
    ...(rates && { rates }),
    ...(ridge && { ridge }),
    ...(variation !== undefined && { variation }),
    ...(l1 !== undefined && { l1 }),
    ...(momentum && { momentum }),
  };
  const problem = { ...start, parameterization: form, activation, integrator, dt, ...own, ...oracle };
  const want = pathOf(problem, STEPS)[STEPS];
  await withEngine(open, problemOf(start, form, { ...names, terms }), async (engine) => {
    await engine.advance(STEPS);
    const error = trajectoryError(await engine.theta(), want);
    const allowed = TRAJECTORY[engine.info.precision];
    const what = `${integrator}, d = ${sizes.d}, ${JSON.stringify(terms)}`;
    if (!(error <= allowed)) throw new Error(`${what}: error ${error}, allowed ${allowed}`);
  });
}

/** Where |w0| is of the order of s dt λ |w1|, a step by variation jumps over 0 and magnifies rounding: λ is small. */
const SMOOTH_PENALTIES = { ridge: [0.3, 0.1], variation: 0.02 } as const;
const PENALTIES = { ...SMOOTH_PENALTIES, l1: 0.15 } as const;
/** Full and partly filled vec4f, and the form for wide particles. */
const DIMENSIONS = [1, 2, 3, 5, 17];

const penalties: Law = {
  title: '40 steps with ridge, variation and the proximal step of ℓ1 follow the float64 oracle',
  async holds(open) {
    for (const d of DIMENSIONS)
      await followsOracle(open, {
        sizes: { n: 65, m: 20, d },
        form: d === 2 ? 'mean-field' : { a: 0.75, kappa: 0.6 },
        terms: { ...PENALTIES, rates: [0.5, 2] },
      });
    for (const integrator of ['heun', 'rk4'] as const)
      await followsOracle(open, {
        sizes: { n: 65, m: 20, d: 2 },
        form: 'mean-field',
        terms: SMOOTH_PENALTIES,
        more: { integrator },
      });
  },
};

const TOGETHER: Terms = { ...PENALTIES, decay: 0.1, noise: { temperature: 0.02, seed: 4 } };

const together: Law = {
  title: 'penalties beside decay and noise give the same bits however steps are grouped, and after a restore',
  async holds(open) {
    const problem = problemOf(drawn({ n: 257, m: 20, d: 2 }, 6), 'mean-field', { terms: TOGETHER });
    const whole = await withEngine(open, problem, async (engine) => (await engine.advance(16), engine.theta()));
    await withEngine(open, problem, async (engine) => {
      for (let k = 0; k < 7; k++) await engine.advance(1);
      const middle = await engine.theta();
      await engine.advance(3);
      await engine.restore(middle, 7);
      await engine.advance(9);
      expectSameBits('θ', await engine.theta(), whole);
    });
  },
};

const byEuler: Law = {
  title: 'the proximal step needs the integrator "euler"',
  async holds(open) {
    const problem = problemOf(drawn({ n: 5, m: 4, d: 1 }, 16), 'mean-field', { integrator: 'heun' });
    await expectRejection('l1 with heun', open({ ...problem, terms: { l1: 0.1 } }), 'RangeError');
  },
};

const FORMS = [
  { beta: 0.9, nesterov: false },
  { beta: 0.8, nesterov: true },
] as const;

const momentum: Law = {
  title:
    '40 steps with heavy-ball and Nesterov momentum follow the float64 oracle, penalties and rates beside them',
  async holds(open) {
    for (const form of FORMS) {
      for (const d of DIMENSIONS)
        await followsOracle(open, {
          sizes: { n: 65, m: 20, d },
          form: d === 2 ? 'mean-field' : { a: 0.75, kappa: 0.6 },
          terms: { momentum: form },
          more: { dt: 0.05 },
        });
      await followsOracle(open, {
        sizes: { n: 65, m: 20, d: 3 },
        form: 'mean-field',
        terms: { ...PENALTIES, rates: [0.5, 2], momentum: form },
        more: { dt: 0.05 },
      });
    }
  },
};

const velocityIsState: Law = {
  title:
    'with momentum, θ and the velocity give the bits of the uninterrupted run, θ alone another one; a reset clears it',
  async holds(open) {
    for (const replicas of [1, 3]) {
      const theta = drawn({ n: 130 * replicas, m: 20, d: 2 }, 8).theta.flat();
      const terms = { momentum: FORMS[replicas % 2], ridge: [0.1, 0.1] } as const;
      const one = problemOf(drawn({ n: 130, m: 20, d: 2 }, 8), 'mean-field', { terms, replicas });
      const problem = { ...one, theta: Float64Array.from(theta) };
      await withEngine(open, problem, async (engine) => {
        await engine.advance(7);
        const middle = await engine.theta();
        const velocity = (await engine.velocity?.()) ?? null;
        const accuracy = engine.accuracy ?? undefined;
        if (!velocity) throw new Error('there is no velocity');
        for (let k = 0; k < 9; k++) await engine.advance(1);
        const end = await engine.theta();
        await engine.restore(middle, 7, accuracy, velocity);
        expectSameBits('velocity', (await engine.velocity?.())!, velocity);
        await engine.advance(9);
        expectSameBits('θ', await engine.theta(), end);
        await engine.restore(middle, 7);
        await engine.advance(9);
        expectEqual(
          'θ from rest is the same',
          (await engine.theta()).every((value, k) => value === end[k]),
          false,
        );
        await engine.restore(problem.theta, 0);
        await engine.advance(16);
        expectSameBits('θ after a reset', await engine.theta(), end);
      });
    }
  },
};

const withoutNoise: Law = {
  title: 'momentum needs the integrator "euler", and no noise',
  async holds(open) {
    const problem = problemOf(drawn({ n: 5, m: 4, d: 1 }, 16));
    const terms = { momentum: FORMS[0] };
    await expectRejection('with heun', open({ ...problem, integrator: 'heun', terms }), 'RangeError');
    const noise = { temperature: 0.1, seed: 1 };
    await expectRejection('with noise', open({ ...problem, terms: { ...terms, noise } }), 'RangeError');
  },
};

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
      const whole = await withEngine(
        open,
        problem,
        async (engine) => (await engine.advance(16), engine.theta()),
      );
      await withEngine(open, problem, async (engine) => {
        for (let k = 0; k < 7; k++) await engine.advance(1);
        const middle = await engine.theta();
        await engine.advance(3);
        await engine.restore(middle, 7);
        await engine.advance(9);
        expectSameBits(`θ with ${dt.law}`, await engine.theta(), whole);
      });
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

export const TERM_LAWS: readonly Law[] = [
  penalties,
  together,
  byEuler,
  momentum,
  velocityIsState,
  withoutNoise,
  schedules,
  scheduledBits,
  scheduledNoise,
  oneLoss,
];
