/** What engine-contract.ts holds engines to, with penalties and momentum. */
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import type { Terms } from '../../../src/core/dynamics/terms.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { objectiveOf } from '../../../src/experiments/run.ts';
import { EPSILON, expectClose, expectEqual, expectRejection, expectSameBits, TRAJECTORY } from '../close.ts';
import type { Law } from './engine-contract.ts';
import { sameHoweverGrouped } from './feed-laws.ts';
import { withEngine, type Open } from './with-engine.ts';
import { trajectoryError, type Form } from '../oracles/oracle.ts';
import { drawnFor, outputsProblem } from './outputs-contract.ts';
import { draw, problemOf, type Drawn, type Sizes } from '../problems.ts';
import { pathOf, type TermsProblem } from '../oracles/terms-oracle.ts';

const STEPS = 40;

/** Numbers that float32 holds exactly. */
export function drawn(sizes: Sizes, seed: number): Drawn {
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
export async function followsOracle(
  open: Open,
  { sizes, form, terms, more = {}, oracle = {} }: Run,
): Promise<void> {
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

const objective: Law = {
  title:
    'the objective is the loss and n^(−a) Σ p of all rows, with one output and with three, and of all replicas their mean',
  async holds(open) {
    const terms = { ...PENALTIES, decay: 0.2 };
    const one = problemOf(drawn({ n: 130, m: 4, d: 5 }, 11), { a: 0.75, kappa: 0.6 }, { terms });
    const three = outputsProblem(drawnFor('squared', { n: 65, m: 4, c: 3, d: 2 }, 12), { terms });
    for (const problem of [one, { ...one, n: 65, replicas: 2 }, three]) {
      const { c = 1, d, n, outer } = problem;
      const length = (part: Float64Array): number => Math.hypot(...part);
      const prices = Array.from({ length: problem.theta.length / (c + d) }, (_, j) => {
        const row = Float64Array.from(problem.theta.subarray(j * (c + d), (j + 1) * (c + d)));
        const [w1, w0] = [row.subarray(0, c), row.subarray(c)];
        const [ridge1, ridge0] = PENALTIES.ridge;
        const squares = ((ridge1 + 0.2) * length(w1) ** 2 + (ridge0 + 0.2) * length(w0) ** 2) / 2;
        const size = w1.reduce((sum, value) => sum + Math.abs(value), 0);
        return squares + PENALTIES.variation * length(w1) * length(w0) + PENALTIES.l1 * size;
      });
      const want = (outer * n * prices.reduce((sum, price) => sum + price, 0)) / prices.length;
      await withEngine(open, problem, async (engine) => {
        const found = (await objectiveOf(engine, engine.loss)) - engine.loss;
        // sums of positive numbers
        expectClose(`n = ${n}, c = ${c}`, [found / want], [1], 16 * EPSILON[engine.info.precision]);
      });
    }
  },
};

const TOGETHER: Terms = { ...PENALTIES, decay: 0.1, noise: { temperature: 0.02, seed: 4 } };

const together: Law = {
  title: 'penalties beside decay and noise give the same bits however steps are grouped, and after a restore',
  async holds(open) {
    const problem = problemOf(drawn({ n: 257, m: 20, d: 2 }, 6), 'mean-field', { terms: TOGETHER });
    await sameHoweverGrouped(open, problem);
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

export const TERM_LAWS: readonly Law[] = [
  penalties,
  objective,
  together,
  byEuler,
  momentum,
  velocityIsState,
  withoutNoise,
];
