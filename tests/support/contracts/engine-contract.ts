/**
 * What src/engines/engine.ts promises, as laws that any engine is held to: `open` makes one for a problem. Free
 * of Node and of vitest, so that the same laws run in a browser. The oracle is tests/support/oracles/oracle.ts, which shares
 * no code with any engine.
 */
import { withSeed } from '../../../src/core/dynamics/terms.ts';
import { ACTIVATIONS } from '../../../src/core/activations/activations.ts';
import { INTEGRATORS } from '../../../src/core/dynamics/integrators.ts';
import { philox, STREAMS } from '../../../src/core/random.ts';
import {
  EPSILON,
  expectClose,
  expectEqual,
  expectRejection,
  expectSameBits,
  TRAJECTORY,
  OBSERVABLE_NAMES,
} from '../close.ts';
import { PHI, lossOf, output, trajectory, trajectoryError, velocity } from '../oracles/oracle.ts';
import { FORMS, draw, generator, matrix, problemOf, termsOf } from '../problems.ts';
import { sameHoweverGrouped } from './feed-laws.ts';
import { AHEAD_LAWS } from './ahead-contract.ts';
import { FEATURE_LAWS } from './features-contract.ts';
import { BATCH_LAWS } from './batch-contract.ts';
import { STREAM_LAWS } from './stream-contract.ts';
import { OUTPUT_LAWS } from './outputs-contract.ts';
import { SCHEDULE_LAWS } from './schedule-contract.ts';
import { TERM_LAWS } from './terms-contract.ts';
import { turn } from '../turn.ts';
import { withEngine, type Open } from './with-engine.ts';
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import type { IntegratorName } from '../../../src/core/dynamics/integrators.ts';
import type { Parameterization } from '../../../src/core/parameterizations.ts';
import type { LossRecord, Problem } from '../../../src/engines/engine.ts';
import type { OracleLangevin, OracleProblem } from '../oracles/oracle.ts';
import type { Drawn, Sizes, Stirring } from '../problems.ts';

export interface Law {
  readonly title: string;
  holds(open: Open): Promise<void>;
}

/** Both sides of workgroups, tiles, blocks and slices. */
const WIDTHS = [1, 63, 64, 65, 257, 4097];
const SAMPLES = [1, 2, 63, 64, 65, 300];
/** Additions that follow one another in a sum of up to 4097 terms, and the few operations within a term. */
const DEPTH = 100;

/** Numbers that float32 holds exactly; w1 is of one sign, since a mean near 0 hides errors. */
function drawSingle(sizes: Sizes, seed: number): Drawn {
  const { x, y, theta } = draw(sizes, seed);
  return {
    x: x.map((row) => row.map(Math.fround)),
    y: y.map(Math.fround),
    theta: theta.map(([w1, ...w0]) => [0.25 + Math.abs(w1), ...w0].map(Math.fround)),
  };
}

const oracleOf = (drawn: Drawn, more: Partial<OracleProblem> = {}): OracleProblem => ({
  ...drawn,
  activation: 'tanh',
  parameterization: 'mean-field',
  integrator: 'euler',
  dt: 0.1,
  ...more,
});

const dot = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, value, c) => sum + value * q[c], 0);

/** outer Σ_j |w1_j| (|φ| + |w0|·|x|): what the rounding errors of f at x are relative to. */
function scaleOfOutput({ theta }: Drawn, x: readonly number[]): number {
  const term = ([w1, ...w0]: number[]): number =>
    Math.abs(w1) * (Math.abs(Math.tanh(dot(w0, x))) + dot(w0.map(Math.abs), x.map(Math.abs)));
  return theta.reduce((sum, row) => sum + term(row), 0) / theta.length;
}

const forwardSum: Law = {
  title: 'f is the sum over all particles, at widths and sample numbers on both sides of every tile (26)',
  async holds(open) {
    for (const n of WIDTHS) {
      for (const m of SAMPLES) {
        const drawn = drawSingle({ n, m, d: 2 }, n + m);
        const want = output(oracleOf(drawn), drawn.theta);
        await withEngine(open, problemOf(drawn), async (engine) => {
          const unit = EPSILON[engine.info.precision] * DEPTH;
          expectClose(
            `f at n = ${n}, m = ${m}`,
            await engine.f(),
            want,
            (i) => unit * scaleOfOutput(drawn, drawn.x[i]),
          );
          const loss = lossOf(oracleOf(drawn), drawn.theta);
          expectClose(
            `loss at n = ${n}, m = ${m}`,
            [engine.loss],
            [loss],
            unit * (1 + loss) * scaleOfOutput(drawn, [2, 2]),
          );
        });
      }
    }
  },
};

const oneStep: Law = {
  title:
    'one Euler step adds dt times the drift to every neuron, at widths and sample numbers on both sides of every tile',
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
          expectClose(
            `θ at n = ${n}, m = ${m}`,
            theta,
            want,
            (i) => epsilon * (2 * Math.abs(want[i]) + DEPTH * oracle.dt * 4 * (size + 1)),
          );
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
        expectClose(
          `f at ${count} inputs`,
          await engine.predict(Float64Array.from(x.flat())),
          want,
          (i) => unit * scaleOfOutput(drawn, x[i]),
        );
        await engine.advance(1);
      }
    });
  },
};

const unit = (u: readonly number[]): number[] => u.map((value) => value / Math.hypot(...u));

const observed: Law = {
  title:
    'observables are means of q, and of overlaps with directions, over all particles of all replicas, at widths on both sides of every tile',
  async holds(open) {
    for (const [n, d, replicas] of [
      [1, 1, 1],
      [65, 2, 1],
      [33, 3, 3],
      [4097, 8, 1],
    ]) {
      const systems = Array.from({ length: replicas }, (_, k) => drawSingle({ n, m: 2, d }, n + k));
      const [first] = systems;
      const rows = systems.flatMap(({ theta }) => theta);
      const theta = Float64Array.from(rows.flat());
      const directions = [1, 2].map((seed) => unit(matrix(1, d, generator(seed + d))[0]));
      await withEngine(open, { ...problemOf(first), theta, replicas, directions }, async (engine) => {
        const found = await engine.observables();
        const mean = (q: (row: number[]) => number): number =>
          rows.reduce((sum, row) => sum + q(row) / rows.length, 0);
        const overlaps = directions.map((u) => mean(([, ...w0]) => Math.abs(dot(w0, u))));
        const square = ([, ...w0]: number[]): number => dot(w0, w0);
        const want = [
          mean(([w1]) => w1),
          mean(([w1]) => w1 * w1),
          mean(square),
          mean((row) => row[0] ** 2 - square(row)),
        ];
        expectEqual('names', Object.keys(found), [
          ...OBSERVABLE_NAMES,
          ...overlaps.map((_, k) => `mean |⟨w0, u${k + 1}⟩|`),
        ]);
        expectClose(
          `observables at n = ${n}`,
          Object.values(found),
          [...want, ...overlaps],
          EPSILON[engine.info.precision] * DEPTH * 8,
        );
      });
    }
  },
};

function rowsOf(theta: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: theta.length / width }, (_, j) =>
    Array.from({ length: width }, (_, c) => theta[j * width + c]),
  );
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
  const want = trajectory(
    oracleOf(drawn, {
      activation,
      integrator,
      parameterization: form as OracleProblem['parameterization'],
      dt,
    }),
    steps,
  );
  await withEngine(open, problemOf(drawn, form, { activation, integrator, dt }), async (engine) => {
    await engine.advance(steps);
    const error = trajectoryError(await engine.theta(), want);
    const allowed = TRAJECTORY[engine.info.precision];
    if (error <= allowed) return; // false for NaN
    throw new Error(
      `${activation}, ${integrator}, ${JSON.stringify(form)}, d = ${sizes.d}: error ${error}, allowed ${allowed}`,
    );
  });
}

const activations = Object.keys(PHI) as ActivationName[];
const integrators = Object.keys(INTEGRATORS) as IntegratorName[];

const trajectories: Law[] = activations.map((activation, a) => ({
  title: `40 steps with ${activation} follow the float64 oracle, with each integrator (23)`,
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
    await followsOracle(open, {
      activation: 'tanh',
      integrator: 'euler',
      form: 'mean-field',
      sizes,
      steps: 40,
    });
    await followsOracle(open, {
      activation: 'softplus',
      integrator: 'rk4',
      form: 'mean-field',
      sizes,
      steps: 40,
    });
  },
}));

const longer: Law = {
  title: '100 steps with two blocks of samples and several slices of neurons follow the float64 oracle (23)',
  async holds(open) {
    const sizes = { n: 257, m: 65, d: 2 };
    await followsOracle(open, {
      activation: 'tanh',
      integrator: 'euler',
      form: 'mean-field',
      sizes,
      steps: 100,
    });
  },
};

/** Every integrator, since each has its own passes. */
const everyIntegrator = (title: string, check: (open: Open, problem: Problem) => Promise<void>): Law => ({
  title,
  async holds(open) {
    for (const integrator of integrators)
      await check(open, problemOf(draw({ n: 257, m: 65, d: 2 }, 5), 'mean-field', { integrator }));
  },
});

/** Beyond what is done between two checks of a grid; stages are the same in all steps. */
const STEPS = { euler: 40, heun: 12, rk4: 6 } as const satisfies Record<IntegratorName, number>;

const batching = everyIntegrator(
  'one call of many steps gives the bits of as many calls of one',
  async (open, problem) => {
    const steps = STEPS[problem.integrator];
    const once = await withEngine(
      open,
      problem,
      async (engine) => (await engine.advance(steps), engine.theta()),
    );
    const oneByOne = await withEngine(open, problem, async (engine) => {
      for (let k = 0; k < steps; k++) await engine.advance(1);
      return engine.theta();
    });
    expectSameBits(`θ with ${problem.integrator}`, oneByOne, once);
  },
);

const repetition = everyIntegrator('two runs give the same bits (24)', async (open, problem) => {
  const run = (): Promise<ArrayLike<number>> =>
    withEngine(open, problem, async (engine) => (await engine.advance(10), engine.theta()));
  expectSameBits(`θ with ${problem.integrator}`, await run(), await run());
});

const resumption = everyIntegrator(
  'a run restored from θ in the middle gives the bits of the uninterrupted one',
  async (open, problem) => {
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
  },
);

const losses: Law = {
  title: 'advance returns the losses of the steps asked for, in order, and the last one always',
  async holds(open) {
    const problem = problemOf(draw({ n: 3, m: 2, d: 1 }, 1));
    const all = await withEngine(open, problem, (engine) => engine.advance(50, { every: 1 }));
    expectEqual(
      'steps, every 1',
      all.map((record) => record.step),
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    await withEngine(open, problem, async (engine) => {
      const some = [
        ...(await engine.advance(12, { every: 5 })),
        ...(await engine.advance(28, { every: 5 })),
        ...(await engine.advance(10)),
      ];
      expectEqual(
        'steps, every 5, three calls',
        some.map((record) => record.step),
        [5, 10, 12, 15, 20, 25, 30, 35, 40, 50],
      );
      expectEqual(
        'losses',
        some,
        some.map(({ step }) => all[step - 1]),
      );
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
      expectEqual(
        'steps',
        records.every((record, i) => record.step === 1001 + i),
        true,
      );
      expectEqual(
        'decreasing',
        records.every((record, i) => i === 0 || record.loss <= records[i - 1].loss),
        true,
      );
      expectEqual('distinct', new Set(records.map((record) => record.loss)).size > 4000, true);
    });
  },
};

/** Steps that no engine has done after some turns of the event loop. */
const MANY = 1e6;

const aborting: Law = {
  title: 'an aborted advance stops between two steps, and step, loss, f and θ agree',
  async holds(open) {
    const drawn = draw({ n: 65, m: 20, d: 2 }, 9);
    const problem = problemOf(drawn);
    await withEngine(open, problem, async (engine) => {
      const abort = new AbortController();
      const work = engine.advance(MANY, { signal: abort.signal });
      for (let count = 0; count < 5; count++) await turn();
      abort.abort();
      const records = await work;
      const { step } = engine;
      expectEqual('stopped early', step < MANY, true);
      expectEqual('last record', records.at(-1), { step, loss: engine.loss });
      const [theta, f] = [await engine.theta(), await engine.f()];
      expectEqual(
        'nothing is done after an abort',
        (await engine.advance(5, { signal: abort.signal })).at(-1),
        { step, loss: engine.loss },
      );
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
      expectEqual(
        'losses before it',
        kept.map((record) => record.step),
        Array.from({ length: step - 1 }, (_, i) => i + 1),
      );
      expectEqual(
        'they are finite',
        kept.every(({ loss }) => Number.isFinite(loss)),
        true,
      );
      expectEqual(`first bad step ${step} is early`, step >= 1 && step < 50, true);
      await engine.restore(problem.theta, 0);
      for (let k = 1; k < step; k++)
        expectEqual('steps before it are good', (await engine.advance(1)).at(-1)?.step, k);
      await expectRejection('the bad step', engine.advance(1), 'DivergedError');
      engine.setStepSize(1e-3);
      await engine.restore(problem.theta, 0);
      expectEqual('steps after the restore', (await engine.advance(3)).at(-1)?.step, 3);
    });
  },
};

const bad: Law[] = (['relu', 'tanh', 'sigmoid'] as const).flatMap((activation) =>
  [NaN, Infinity, -Infinity].map((value) => ({
    title: `${value} in one w0 is found with ${activation}, which may hide it from f (20)`,
    async holds(open: Open) {
      const problem = problemOf(draw({ n: 257, m: 20, d: 2 }, 8), 'mean-field', { activation });
      const theta = problem.theta.slice();
      theta[3 * 200 + 1] = value;
      const run = async (): Promise<void> =>
        withEngine(open, { ...problem, theta }, async (engine) => void (await engine.advance(2)));
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
      withEngine(
        open,
        problem,
        async (engine) => (await engine.advance(10), [await engine.theta(), await engine.f()]),
      );
    const [theta, f] = await run(problemOf(drawn));
    const [thetas, fs] = await run(problemOf(many));
    const unit =
      'BYTES_PER_ELEMENT' in theta && theta.BYTES_PER_ELEMENT === 4 ? EPSILON.float32 : EPSILON.float64;
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

/**
 * Numbers that a GPU's noise must share with core/random.ts, by Box–Muller from the words as they are. Both
 * halves of the seed matter.
 */
const SEED = 3 * 2 ** 32 + 2 ** 32 - 2;

function oracleLangevin({ rates, decay, temperature, seed }: Stirring): OracleLangevin {
  const words = new Uint32Array(4);
  const normal = (j: number, c: number, step: number): number => {
    philox(words, j, Math.floor(c / 4), STREAMS.brownian, step, seed % 2 ** 32, Math.floor(seed / 2 ** 32));
    const [u, v] = c % 4 < 2 ? [words[0], words[1]] : [words[2], words[3]];
    const angle = (Math.PI * v) / 2 ** 31;
    return Math.sqrt(-2 * Math.log((u + 0.5) / 2 ** 32)) * (c % 2 ? Math.sin(angle) : Math.cos(angle));
  };
  return { rates, decay, temperature, normal };
}

interface Stirred extends Run {
  readonly langevin: Stirring;
}

/** Layers that are frozen stay to the bit. */
async function stirredFollowsOracle(
  open: Open,
  { activation, integrator, form, sizes, steps, langevin }: Stirred,
): Promise<void> {
  const drawn = drawSingle(sizes, 5 * sizes.d + sizes.n);
  const dt = 0.2;
  const parameterization = form as OracleProblem['parameterization'];
  const want = trajectory(
    oracleOf(drawn, { activation, integrator, parameterization, dt, langevin: oracleLangevin(langevin) }),
    steps,
  );
  await withEngine(
    open,
    problemOf(drawn, form, { activation, integrator, dt, terms: termsOf(langevin) }),
    async (engine) => {
      await engine.advance(steps);
      const theta = await engine.theta();
      const error = trajectoryError(theta, want);
      const allowed = TRAJECTORY[engine.info.precision];
      if (!(error <= allowed))
        throw new Error(
          `${activation}, ${integrator}, d = ${sizes.d}, ${JSON.stringify(langevin)}: error ${error}, allowed ${allowed}`,
        );
      const frozen = (row: readonly number[]): number[] =>
        row.filter((_, c) => langevin.rates[c === 0 ? 0 : 1] === 0);
      expectSameBits('frozen layers', rowsOf(theta, 1 + sizes.d).flatMap(frozen), drawn.theta.flatMap(frozen));
    },
  );
}

const stirred: Law = {
  title:
    '40 steps with noise, decay and rates of the layers follow the float64 oracle, and a frozen layer stays as it is',
  async holds(open) {
    const still = { rates: [0.5, 2], decay: 0.3, temperature: 0, seed: SEED } as const;
    const noisy = { ...still, temperature: 0.1 };
    const sizes = { n: 65, m: 20, d: 2 };
    const steps = 40;
    const form = 'mean-field';
    for (const integrator of integrators)
      await stirredFollowsOracle(open, { activation: 'tanh', integrator, form, sizes, steps, langevin: still });
    for (const activation of ['sigmoid', 'relu'] as const)
      await stirredFollowsOracle(open, {
        activation,
        integrator: 'euler',
        form,
        sizes,
        steps,
        langevin: noisy,
      });
    for (const d of [3, 4, 17]) {
      // full and partly filled vec4f, and the form for wide particles
      await stirredFollowsOracle(open, {
        activation: 'tanh',
        integrator: 'euler',
        form: { a: 0.75, kappa: 0.6 },
        sizes: { ...sizes, d },
        steps,
        langevin: noisy,
      });
    }
    for (const rates of [
      [0, 1],
      [1, 0],
    ] as const) {
      await stirredFollowsOracle(open, {
        activation: 'tanh',
        integrator: 'euler',
        form,
        sizes,
        steps,
        langevin: { ...noisy, rates },
      });
      await stirredFollowsOracle(open, {
        activation: 'tanh',
        integrator: 'heun',
        form,
        sizes,
        steps,
        langevin: { ...still, rates },
      });
    }
  },
};

const noiseOfStep: Law = {
  title:
    'noise is that of the step: the same bits however steps are grouped, and after a restore in the middle',
  async holds(open) {
    const langevin = { rates: [1, 1], decay: 0.1, temperature: 0.05, seed: 7 } as const;
    const problem = problemOf(draw({ n: 257, m: 20, d: 2 }, 15), 'mean-field', { terms: termsOf(langevin) });
    const whole = await sameHoweverGrouped(open, problem);
    const other = { ...problem, terms: termsOf({ ...langevin, seed: 8 }) };
    const differs = await withEngine(open, other, async (engine) => (await engine.advance(16), engine.theta()));
    expectEqual(
      'another seed moves all otherwise',
      whole.every((value, i) => value !== differs[i]),
      true,
    );
  },
};

const noiseByEuler: Law = {
  title: 'noise and residual paths need the integrator "euler"',
  async holds(open) {
    const problem = problemOf(draw({ n: 5, m: 4, d: 1 }, 16), 'mean-field', { integrator: 'heun' });
    const langevin = { rates: [1, 1], decay: 0, temperature: 0.1, seed: 1 } as const;
    await expectRejection('noise with heun', open({ ...problem, terms: termsOf(langevin) }), 'RangeError');
    await withEngine(open, problem, (engine) =>
      expectRejection('a path with heun', engine.advance(1, { drive: new Float64Array(4) }), 'RangeError'),
    );
    await withEngine(open, { ...problem, integrator: 'euler' }, (engine) =>
      expectRejection('a path too short', engine.advance(2, { drive: new Float64Array(4) }), 'RangeError'),
    );
  },
};

const driven: Law = {
  title:
    "20 steps driven by given residuals follow the float64 oracle; f, the loss and later steps are the particles' own",
  async holds(open) {
    const drawn = drawSingle({ n: 65, m: 20, d: 2 }, 17);
    const next = generator(18);
    const steps = 20;
    const residuals = matrix(steps, drawn.y.length, next).map((row) => row.map(Math.fround));
    const oracle = oracleOf(drawn);
    const end = trajectory({ ...oracle, residuals }, steps);
    const drive = Float64Array.from(residuals.flat());
    const m = drawn.y.length;
    await withEngine(open, problemOf(drawn), async (engine) => {
      const records = await engine.advance(steps, { drive, every: 1 });
      expectEqual('losses', records.length, steps);
      const error = trajectoryError(await engine.theta(), end);
      const allowed = TRAJECTORY[engine.info.precision];
      if (!(error <= allowed)) throw new Error(`error ${error}, allowed ${allowed}`);
      const theta = rowsOf(await engine.theta(), 3);
      const unit = EPSILON[engine.info.precision] * DEPTH;
      expectClose(
        'f',
        await engine.f(),
        output(oracle, theta),
        (i) => unit * scaleOfOutput({ ...drawn, theta }, drawn.x[i]),
      );
      const loss = lossOf(oracle, theta);
      expectClose(
        'loss',
        [engine.loss, records.at(-1)!.loss],
        [loss, loss],
        unit * (1 + loss) * scaleOfOutput({ ...drawn, theta }, [2, 2]),
      );
      const driven = await engine.theta();
      await engine.advance(5);
      const free = trajectoryError(await engine.theta(), trajectory({ ...oracle, theta: end }, 5));
      if (!(free <= allowed)) throw new Error(`error ${free} after steps of its own, allowed ${allowed}`);
      await engine.restore(problemOf(drawn).theta, 0);
      for (let k = 0; k < steps; k += 4) await engine.advance(4, { drive: drive.subarray(k * m, (k + 4) * m) });
      expectSameBits('θ in five calls', await engine.theta(), driven);
    });
  },
};

/** R systems over the same samples; of each pair of neighbours in memory, particles that are no whole block. */
interface Several extends Sizes {
  readonly R: number;
  readonly more: Partial<Problem>;
}

function severalOf({ R, n, m, d, more }: Several): { whole: Problem; alone: (k: number) => Problem } {
  const drawn = draw({ n: R * n, m, d }, 19 * R + n);
  const { theta, ...whole } = problemOf({ ...drawn, theta: drawn.theta.slice(0, n) }, 'mean-field', more);
  const all = Float64Array.from(drawn.theta.flat());
  const size = theta.length;
  const seeded = (k: number): Partial<Problem> =>
    whole.terms?.noise ? { terms: withSeed(whole.terms, whole.terms.noise.seed + k) } : {};
  return {
    whole: { ...whole, theta: all, replicas: R },
    alone: (k) => ({ ...whole, ...seeded(k), theta: all.slice(k * size, (k + 1) * size) }),
  };
}

/**
 * φ(0) ≠ 0 betrays a row that is not there; in d = 17 data points are taken four by four; 2100 particles make
 * more rows than one fold adds.
 */
const SEVERAL: readonly Several[] = [
  {
    R: 3,
    n: 70,
    m: 31,
    d: 2,
    more: {
      activation: 'sigmoid',
      terms: termsOf({ rates: [1, 0.5], decay: 0.1, temperature: 0.1, seed: SEED }),
    },
  },
  {
    R: 3,
    n: 70,
    m: 31,
    d: 17,
    more: {
      activation: 'sigmoid',
      integrator: 'heun',
      terms: termsOf({ rates: [1, 1], decay: 0.1, temperature: 0, seed: 1 }),
    },
  },
  { R: 40, n: 5, m: 6, d: 3, more: { activation: 'softplus', integrator: 'rk4' } },
  { R: 2, n: 2100, m: 3, d: 1, more: {} },
];

const replicas: Law = {
  title: 'replica k of R has the θ and f of its system alone, bit for bit, and L is the mean of all',
  async holds(open) {
    for (const several of SEVERAL) {
      const { R, n, m, d } = several;
      const { whole, alone } = severalOf(several);
      const size = n * (1 + d);
      const x = Float64Array.from(matrix(3, d, generator(20)).flat());
      await withEngine(open, whole, async (engine) => {
        await engine.advance(2);
        await engine.restore(await engine.theta(), 2);
        await engine.advance(4);
        const [theta, f, at] = [await engine.theta(), await engine.f(), await engine.predict(x)];
        const unit = 2 * DEPTH * EPSILON[engine.info.precision];
        expectEqual('sizes', [theta.length, f.length, at.length], [R * size, R * m, 3 * R]);
        const squares = f.map((value, i) => (value - whole.y[i % m]) ** 2 / 2);
        const loss = squares.reduce((sum, square) => sum + square, 0) / (R * m);
        expectClose('loss', [engine.loss], [loss], unit * (1 + loss));
        for (const k of [0, 1, R - 1]) {
          await withEngine(open, alone(k), async (one) => {
            await one.advance(6);
            expectSameBits(
              `θ of replica ${k} of ${R}, n = ${n}, d = ${d}`,
              theta.subarray(k * size, (k + 1) * size),
              await one.theta(),
            );
            expectSameBits(
              `f of replica ${k} of ${R}, n = ${n}, d = ${d}`,
              f.subarray(k * m, (k + 1) * m),
              await one.f(),
            );
            expectClose(
              `f of replica ${k} at other inputs`,
              at.subarray(3 * k, 3 * k + 3),
              await one.predict(x),
              unit,
            );
          });
        }
      });
    }
  },
};

const samples: Law = {
  title: 'a sample is rows of θ of the first system, and all of them where all are asked for',
  async holds(open) {
    for (const several of SEVERAL) {
      const { n, d } = several;
      await withEngine(open, severalOf(several).whole, async (engine) => {
        await engine.advance(2);
        const theta = Float32Array.from(await engine.theta());
        for (const most of [1, 64, n]) {
          const sample = await engine.sample(most);
          const rows = Array.from(sample.rows, (j) => [...theta.subarray(j * (1 + d), (j + 1) * (1 + d))]);
          expectEqual('numbers below n', Math.max(...sample.rows) < n, true);
          expectEqual('sizes', [sample.n, sample.d, sample.speed.length], [rows.length, d, rows.length]);
          expectSameBits(`rows of a sample of ${most} of ${n}`, sample.theta, rows.flat());
          if (most === n) expectEqual('all of them', sample.n, n);
        }
      });
    }
  },
};

const drivenReplicas: Law = {
  title: 'one residual path drives every replica',
  async holds(open) {
    const { whole, alone } = severalOf({ R: 3, n: 40, m: 7, d: 2, more: {} });
    const drive = Float64Array.from({ length: 4 * 7 }, (_, i) => Math.sin(i));
    const last = await withEngine(
      open,
      alone(2),
      async (engine) => (await engine.advance(4, { drive }), engine.theta()),
    );
    const all = await withEngine(
      open,
      whole,
      async (engine) => (await engine.advance(4, { drive }), engine.theta()),
    );
    expectSameBits('θ of the last', all.subarray(2 * 120), last);
  },
};

export const LAWS: readonly Law[] = [
  forwardSum,
  oneStep,
  predictions,
  observed,
  ...trajectories,
  ...dimensions,
  longer,
  batching,
  repetition,
  resumption,
  losses,
  manySteps,
  aborting,
  stepSize,
  divergence,
  ...bad,
  homogeneity,
  copies,
  manners,
  stirred,
  noiseOfStep,
  noiseByEuler,
  driven,
  replicas,
  samples,
  drivenReplicas,
  ...OUTPUT_LAWS,
  ...TERM_LAWS,
  ...SCHEDULE_LAWS,
  ...FEATURE_LAWS,
  ...BATCH_LAWS,
  ...STREAM_LAWS,
  ...AHEAD_LAWS,
];

/** Activations that no law covers: none. */
export const UNCOVERED = Object.keys(ACTIVATIONS).filter((name) => !(name in PHI));
