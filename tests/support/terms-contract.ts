/** What engine-contract.ts holds engines to, with penalties. */
import type { Terms } from '../../src/core/terms.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { expectRejection, expectSameBits } from './close.ts';
import type { Law, Open } from './engine-contract.ts';
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

async function withEngine<T>(open: Open, problem: Problem, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open(problem);
  try {
    return await work(engine);
  } finally {
    engine.destroy();
  }
}

interface Run {
  readonly sizes: Sizes;
  readonly form: Form;
  readonly terms: Terms;
  readonly more?: Partial<Problem>;
  readonly oracle?: Partial<TermsProblem>;
}

/** After 40 steps θ is the oracle's. */
async function followsOracle(open: Open, { sizes, form, terms, more = {}, oracle = {} }: Run): Promise<void> {
  const start = drawn(sizes, 3 * sizes.d + sizes.n);
  const names = { activation: 'tanh', integrator: 'euler', dt: 0.2, ...more } as const;
  const { activation, integrator, dt } = names;
  const { rates, ridge, variation, l1 } = terms;
  const own = {
    ...(rates && { rates }),
    ...(ridge && { ridge }),
    ...(variation !== undefined && { variation }),
    ...(l1 !== undefined && { l1 }),
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

const SMOOTH_PENALTIES = { ridge: [0.3, 0.1], variation: 0.2 } as const;
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

export const TERM_LAWS: readonly Law[] = [penalties, together, byEuler];
