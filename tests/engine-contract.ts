/**
 * What src/engines/engine.ts promises, as laws that any engine is held to: `open` makes one for a problem. Free of Node and of
 * vitest, so that the same laws run in a browser. The oracle is tests/oracle.ts, which shares no code with any engine.
 */
import { ACTIVATIONS } from '../src/core/activations.ts';
import { INTEGRATORS } from '../src/core/integrators.ts';
import { EPSILON, expectClose, expectEqual, expectRejection, expectSameBits } from './close.ts';
import { PHI, lossOf, output, trajectory, trajectoryError, velocity } from './oracle.ts';
import { FORMS, draw, problemOf } from './problems.ts';
import type { ActivationName } from '../src/core/activations.ts';
import type { IntegratorName } from '../src/core/integrators.ts';
import type { Parameterization } from '../src/core/parameterizations.ts';
import type { Engine, LossRecord, Problem } from '../src/engines/engine.ts';
import type { OracleProblem } from './oracle.ts';
import type { Drawn, Sizes } from './problems.ts';

export type Open = (problem: Problem) => Promise<Engine>;

export interface Law {
  readonly title: string;
  holds(open: Open): Promise<void>;
}

/** Both sides of workgroups, tiles, blocks and slices. */
const WIDTHS = [1, 63, 64, 65, 257, 4097];
const SAMPLES = [1, 2, 63, 64, 65, 300];
/** Additions that follow one another in a sum of up to 4097 terms, and the few operations within a term. */
const DEPTH = 100;
/** contract.md: max |Δθ| over rms θ after 40 steps. */
const TRAJECTORY = { float64: 1e-9, float32: 1.5e-5 } as const;

/** Numbers that float32 holds exactly; w1 is of one sign, since a mean near 0 hides errors. */
function drawSingle(sizes: Sizes, seed: number): Drawn {
  const { x, y, theta } = draw(sizes, seed);
  return {
    x: x.map((row) => row.map(Math.fround)),
    y: y.map(Math.fround),
    theta: theta.map(([w1, ...w0]) => [0.25 + Math.abs(w1), ...w0].map(Math.fround)),
  };
}

async function withEngine<T>(open: Open, problem: Problem, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open(problem);
  try {
    return await work(engine);
  } finally {
    engine.destroy();
  }
}

const oracleOf = (drawn: Drawn, more: Partial<OracleProblem> = {}): OracleProblem => ({
  ...drawn, activation: 'tanh', parameterization: 'mean-field', integrator: 'euler', dt: 0.1, ...more,
});

const dot = (p: readonly number[], q: readonly number[]): number => p.reduce((sum, value, c) => sum + value * q[c], 0);

/** outer Σ_j |w1_j| (|φ| + |w0|·|x|): what the rounding errors of f at x are relative to. */
function scaleOfOutput({ theta }: Drawn, x: readonly number[]): number {
  const term = ([w1, ...w0]: number[]): number => Math.abs(w1) * (Math.abs(Math.tanh(dot(w0, x))) + dot(w0.map(Math.abs), x.map(Math.abs)));
  return theta.reduce((sum, row) => sum + term(row), 0) / theta.length;
}

const forwardSum: Law = {
  title: 'f is the sum over all particles, at widths and sample numbers on both sides of every tile',
  async holds(open) {
    for (const n of WIDTHS) {
      for (const m of SAMPLES) {
        const drawn = drawSingle({ n, m, d: 2 }, n + m);
        const want = output(oracleOf(drawn), drawn.theta);
        await withEngine(open, problemOf(drawn), async (engine) => {
          const unit = EPSILON[engine.info.precision] * DEPTH;
          expectClose(`f at n = ${n}, m = ${m}`, await engine.f(), want, (i) => unit * scaleOfOutput(drawn, drawn.x[i]));
          const loss = lossOf(oracleOf(drawn), drawn.theta);
          expectClose(`loss at n = ${n}, m = ${m}`, [engine.loss], [loss], unit * (1 + loss) * scaleOfOutput(drawn, [2, 2]));
        });
      }
    }
  },
};

const oneStep: Law = {
  title: 'one Euler step adds dt times the drift to every neuron, at widths and sample numbers on both sides of every tile',
  async holds(open) {
    for (const n of WIDTHS) {
      for (const m of SAMPLES) {
        const drawn = drawSingle({ n, m, d: 3 }, 7 * n + m);
        const oracle = oracleOf(drawn);
        const slopes = velocity(oracle, drawn.theta).flat();
        const residuals = output(oracle, drawn.theta).map((f, i) => Math.abs(f - drawn.y[i]));
        const size = residuals.reduce((sum, r) => sum + r, 0) / m;
        await withEngine(open, problemOf(drawn), async (engine) => {
          await engine.advance(1);
          const theta = await engine.theta();
          const epsilon = EPSILON[engine.info.precision];
          const want = drawn.theta.flat().map((value, i) => value + oracle.dt * slopes[i]);
          // |r| itself is known to ε·DEPTH; each of the m terms is below 4 |r|
          expectClose(`θ at n = ${n}, m = ${m}`, theta, want, (i) => epsilon * (2 * Math.abs(want[i]) + DEPTH * oracle.dt * 4 * (size + 1)));
        });
      }
    }
  },
};

const predictions: Law = {
  title: 'predict is f at other inputs, any number of them, before and after a step',
  async holds(open) {
    const drawn = drawSingle({ n: 257, m: 20, d: 2 }, 3);
    await withEngine(open, problemOf(drawn), async (engine) => {
      for (const count of [1, 65, 300, 65]) {
        const { x } = drawSingle({ n: 1, m: count, d: 2 }, count);
        const theta = rowsOf(await engine.theta(), 3);
        const want = output({ ...oracleOf(drawn), x }, theta);
        const unit = EPSILON[engine.info.precision] * DEPTH;
        expectClose(`f at ${count} inputs`, await engine.predict(Float64Array.from(x.flat())), want, (i) => unit * scaleOfOutput(drawn, x[i]));
        await engine.advance(1);
      }
    });
  },
};

function rowsOf(theta: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: theta.length / width }, (_, j) => Array.from({ length: width }, (_, c) => theta[j * width + c]));
}

interface Run {
  readonly activation: ActivationName;
  readonly integrator: IntegratorName;
  readonly form: Parameterization;
  readonly sizes: Sizes;
  readonly steps: number;
}

async function followsOracle(open: Open, { activation, integrator, form, sizes, steps }: Run): Promise<void> {
  const drawn = drawSingle(sizes, 11 * sizes.d + sizes.n);
  const dt = 0.5 / sizes.d;
  const want = trajectory(oracleOf(drawn, { activation, integrator, parameterization: form as OracleProblem['parameterization'], dt }), steps);
  await withEngine(open, problemOf(drawn, form, { activation, integrator, dt }), async (engine) => {
    await engine.advance(steps);
    const error = trajectoryError(await engine.theta(), want);
    const allowed = TRAJECTORY[engine.info.precision];
    if (error <= allowed) return; // false for NaN
    throw new Error(`${activation}, ${integrator}, ${JSON.stringify(form)}, d = ${sizes.d}: error ${error}, allowed ${allowed}`);
  });
}

const activations = Object.keys(PHI) as ActivationName[];
const integrators = Object.keys(INTEGRATORS) as IntegratorName[];

const trajectories: Law[] = activations.map((activation, a) => ({
  title: `40 steps with ${activation} follow the float64 oracle, with each integrator`,
  async holds(open) {
    for (const [i, integrator] of integrators.entries()) {
      const form = FORMS[(a + 2 * i) % FORMS.length];
      await followsOracle(open, { activation, integrator, form, sizes: { n: 65, m: 20, d: 2 }, steps: 40 });
    }
  },
}));

const dimensions: Law[] = [1, 3, 8, 17, 64].map((d) => ({
  title: `40 steps at d = ${d} follow the float64 oracle`,
  async holds(open) {
    const sizes = { n: 65, m: 30, d };
    await followsOracle(open, { activation: 'tanh', integrator: 'euler', form: 'mean-field', sizes, steps: 40 });
    await followsOracle(open, { activation: 'softplus', integrator: 'rk4', form: 'mean-field', sizes, steps: 40 });
  },
}));

const longer: Law = {
  title: '100 steps with two blocks of samples and several slices of neurons follow the float64 oracle',
  async holds(open) {
    const sizes = { n: 257, m: 65, d: 2 };
    await followsOracle(open, { activation: 'tanh', integrator: 'euler', form: 'mean-field', sizes, steps: 100 });
  },
};

/** Every integrator, since each has its own passes. */
const everyIntegrator = (title: string, check: (open: Open, problem: Problem) => Promise<void>): Law => ({
  title,
  async holds(open) {
    for (const integrator of integrators) await check(open, problemOf(draw({ n: 257, m: 65, d: 2 }, 5), 'mean-field', { integrator }));
  },
});

const batching = everyIntegrator('one call of 40 steps gives the bits of 40 calls of one', async (open, problem) => {
  const once = await withEngine(open, problem, async (engine) => (await engine.advance(40), engine.theta()));
  const oneByOne = await withEngine(open, problem, async (engine) => {
    for (let k = 0; k < 40; k++) await engine.advance(1);
    return engine.theta();
  });
  expectSameBits(`θ with ${problem.integrator}`, oneByOne, once);
});

const repetition = everyIntegrator('two runs give the same bits', async (open, problem) => {
  const run = (): Promise<ArrayLike<number>> => withEngine(open, problem, async (engine) => (await engine.advance(10), engine.theta()));
  expectSameBits(`θ with ${problem.integrator}`, await run(), await run());
});

const resumption = everyIntegrator('a run restored from θ in the middle gives the bits of the uninterrupted one', async (open, problem) => {
  await withEngine(open, problem, async (engine) => {
    await engine.advance(7);
    const [middle, f, loss] = [await engine.theta(), await engine.f(), engine.loss];
    await engine.advance(9);
    const end = await engine.theta();
    await engine.restore(middle, 7);
    expectEqual('step after restore', engine.step, 7);
    expectSameBits('loss after restore', [engine.loss], [loss]);
    expectSameBits('f after restore', await engine.f(), f);
    await engine.advance(9);
    expectEqual('step at the end', engine.step, 16);
    expectSameBits(`θ with ${problem.integrator}`, await engine.theta(), end);
  });
});

const losses: Law = {
  title: 'advance returns the losses of the steps asked for, in order, and the last one always',
  async holds(open) {
    const problem = problemOf(draw({ n: 3, m: 2, d: 1 }, 1));
    const all = await withEngine(open, problem, (engine) => engine.advance(50, { every: 1 }));
    expectEqual('steps, every 1', all.map((record) => record.step), Array.from({ length: 50 }, (_, i) => i + 1));
    await withEngine(open, problem, async (engine) => {
      const some = [...(await engine.advance(12, { every: 5 })), ...(await engine.advance(28, { every: 5 })), ...(await engine.advance(10))];
      expectEqual('steps, every 5, three calls', some.map((record) => record.step), [5, 10, 12, 15, 20, 25, 30, 35, 40, 50]);
      expectEqual('losses', some, some.map(({ step }) => all[step - 1]));
      expectEqual('state', [engine.step, engine.loss], [50, all[49].loss]);
    });
  },
};

const manySteps: Law = {
  title: 'a call of 9000 steps returns every loss',
  async holds(open) {
    const problem = problemOf(draw({ n: 1, m: 1, d: 1 }, 2), 'mean-field', { dt: 1e-3 });
    await withEngine(open, problem, async (engine) => {
      await engine.advance(1000);
      const records = await engine.advance(9000, { every: 1 });
      expectEqual('number of losses', records.length, 9000);
      expectEqual('steps', records.every((record, i) => record.step === 1001 + i), true);
      expectEqual('decreasing', records.every((record, i) => i === 0 || record.loss <= records[i - 1].loss), true);
      expectEqual('distinct', new Set(records.map((record) => record.loss)).size > 4000, true);
    });
  },
};

const aborting: Law = {
  title: 'an aborted advance stops between two steps, and step, loss, f and θ agree',
  async holds(open) {
    const drawn = draw({ n: 65, m: 20, d: 2 }, 9);
    const problem = problemOf(drawn);
    await withEngine(open, problem, async (engine) => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 5);
      const records = await engine.advance(4000, { signal: abort.signal });
      const { step } = engine;
      expectEqual('stopped early', step < 4000, true);
      expectEqual('last record', records.at(-1), { step, loss: engine.loss });
      const [theta, f] = [await engine.theta(), await engine.f()];
      expectEqual('nothing is done after an abort', (await engine.advance(5, { signal: abort.signal })).at(-1), { step, loss: engine.loss });
      await engine.restore(theta, step);
      expectSameBits('f', f, await engine.f());
      await engine.restore(problem.theta, 0);
      await engine.advance(step);
      expectSameBits('θ', await engine.theta(), theta);
    });
  },
};

const stepSize: Law = {
  title: 'setStepSize changes dt from the next step on',
  async holds(open) {
    const drawn = drawSingle({ n: 65, m: 20, d: 2 }, 4);
    const half = trajectory(oracleOf(drawn), 10);
    const want = trajectory({ ...oracleOf(drawn), theta: half, dt: 0.025 }, 10);
    await withEngine(open, problemOf(drawn), async (engine) => {
      await engine.advance(10);
      engine.setStepSize(0.025);
      await engine.advance(10);
      const error = trajectoryError(await engine.theta(), want);
      expectEqual(`error ${error} is small`, error <= TRAJECTORY[engine.info.precision], true);
    });
  },
};

const divergence: Law = {
  title: 'a run that leaves the finite numbers rejects with DivergedError, and goes on after a restore',
  async holds(open) {
    const drawn = draw({ n: 65, m: 20, d: 2 }, 6);
    const problem = problemOf(drawn, 'mean-field', { activation: 'quadratic', dt: 1e6 });
    await withEngine(open, problem, async (engine) => {
      const error = await expectRejection('dt = 1e6', engine.advance(200, { every: 1 }), 'DivergedError');
      const { step, losses: kept } = error as Error & { step: number; losses: LossRecord[] };
      expectEqual('losses before it', kept.map((record) => record.step), Array.from({ length: step - 1 }, (_, i) => i + 1));
      expectEqual('they are finite', kept.every(({ loss }) => Number.isFinite(loss)), true);
      expectEqual(`first bad step ${step} is early`, step >= 1 && step < 50, true);
      await engine.restore(problem.theta, 0);
      for (let k = 1; k < step; k++) expectEqual('steps before it are good', (await engine.advance(1)).at(-1)?.step, k);
      await expectRejection('the bad step', engine.advance(1), 'DivergedError');
      engine.setStepSize(1e-3);
      await engine.restore(problem.theta, 0);
      expectEqual('steps after the restore', (await engine.advance(3)).at(-1)?.step, 3);
    });
  },
};

const bad: Law[] = (['relu', 'tanh', 'sigmoid'] as const).flatMap((activation) =>
  [NaN, Infinity, -Infinity].map((value) => ({
    title: `${value} in one w0 is found with ${activation}, which may hide it from f`,
    async holds(open: Open) {
      const problem = problemOf(draw({ n: 257, m: 20, d: 2 }, 8), 'mean-field', { activation });
      const theta = problem.theta.slice();
      theta[3 * 200 + 1] = value;
      const run = async (): Promise<void> => withEngine(open, { ...problem, theta }, async (engine) => void (await engine.advance(2)));
      await expectRejection(`${value} in w0`, run(), 'DivergedError');
    },
  })),
);

const homogeneity: Law = {
  title: 'with relu an Euler step changes w1² − |w0|² by dt² (b1² − |b0|²), whatever dt',
  async holds(open) {
    const drawn = drawSingle({ n: 257, m: 65, d: 3 }, 12);
    const dt = 2;
    const b = velocity(oracleOf(drawn, { activation: 'relu' }), drawn.theta);
    const excess = ([w1, ...w0]: number[]): number => w1 * w1 - dot(w0, w0);
    const want = drawn.theta.map((row, j) => excess(row) + dt * dt * excess(b[j]));
    await withEngine(open, problemOf(drawn, 'mean-field', { activation: 'relu', dt }), async (engine) => {
      await engine.advance(1);
      const rows = rowsOf(await engine.theta(), 4);
      const unit = 40 * EPSILON[engine.info.precision];
      expectClose('w1² − |w0|²', rows.map(excess), want, (j) => unit * (1 + dot(rows[j], rows[j])));
    });
  },
};

const copies: Law = {
  title: 'three copies of every neuron leave f and the flow unchanged, and so does their order',
  async holds(open) {
    const drawn = drawSingle({ n: 65, m: 20, d: 2 }, 13);
    const many = { ...drawn, theta: [...drawn.theta, ...drawn.theta.toReversed(), ...drawn.theta] };
    const run = (problem: Problem): Promise<[ArrayLike<number>, ArrayLike<number>]> =>
      withEngine(open, problem, async (engine) => (await engine.advance(10), [await engine.theta(), await engine.f()]));
    const [theta, f] = await run(problemOf(drawn));
    const [thetas, fs] = await run(problemOf(many));
    const unit = 'BYTES_PER_ELEMENT' in theta && theta.BYTES_PER_ELEMENT === 4 ? EPSILON.float32 : EPSILON.float64;
    expectClose('f', fs, f, 2 * DEPTH * unit);
    const rows = rowsOf(theta, 3);
    expectClose('θ', thetas, [...rows, ...rows.toReversed(), ...rows].flat(), 2 * DEPTH * unit);
  },
};

const manners: Law = {
  title: 'one advance at a time, and nothing after destroy',
  async holds(open) {
    const engine = await open(problemOf(draw({ n: 65, m: 20, d: 2 }, 14)));
    const first = engine.advance(20);
    await expectRejection('a second advance', engine.advance(1), 'Error');
    expectEqual('the first advance', (await first).at(-1)?.step, 20);
    expectEqual('advance(0)', await engine.advance(0), [{ step: 20, loss: engine.loss }]);
    engine.destroy();
    engine.destroy();
    await expectRejection('advance after destroy', engine.advance(1), 'Error');
  },
};

export const LAWS: readonly Law[] = [
  forwardSum, oneStep, predictions, ...trajectories, ...dimensions, longer, batching, repetition, resumption, losses, manySteps, aborting,
  stepSize, divergence, ...bad, homogeneity, copies, manners,
];

/** Activations that no law covers: none. */
export const UNCOVERED = Object.keys(ACTIVATIONS).filter((name) => !(name in PHI));
