/** What engine-contract.ts holds engines to, with several outputs and with each loss. */
import { LOSSES, type Loss, type LossName } from '../../../src/core/objective/losses.ts';
import { abcOf, scalesOf } from '../../../src/core/parameterizations.ts';
import {
  EPSILON,
  expectClose,
  expectEqual,
  expectRejection,
  expectSameBits,
  TRAJECTORY,
  OBSERVABLE_NAMES,
} from '../close.ts';
import { trajectoryError } from '../oracles/oracle.ts';
import { lossAt, outputsAt, trajectoryOf, type OutputsProblem } from '../oracles/outputs-oracle.ts';
import { flat, generator, matrix } from '../problems.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import type { Law } from './engine-contract.ts';
import { withEngine, type Open } from './with-engine.ts';

interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly c: number;
  readonly d: number;
}

const signs = (m: number, next: () => number): number[][] =>
  Array.from({ length: m }, () => [next() < 0.5 ? -1 : 1]);
const oneHot = (m: number, c: number, next: () => number): number[][] =>
  Array.from({ length: m }, () => {
    const label = Math.floor(c * next());
    return Array.from({ length: c }, (_, k) => Number(k === label));
  });

/** Numbers that float32 holds exactly, and targets that the loss takes. */
export function drawnFor(loss: LossName, { n, m, c, d }: Sizes, seed: number): OutputsProblem {
  const next = generator(seed);
  const { targets }: Loss = LOSSES[loss];
  const round = (rows: number[][]): number[][] =>
    rows.map((row) => row.map((value) => Math.fround(1.5 * value)));
  const y = {
    numbers: () => round(matrix(m, c, next)),
    signs: () => signs(m, next),
    'one-hot': () => oneHot(m, c, next),
  };
  return {
    activation: 'tanh',
    parameterization: 'mean-field',
    integrator: 'euler',
    dt: 0.5 / d,
    loss,
    x: round(matrix(m, d, next)),
    y: y[targets](),
    theta: round(matrix(n, c + d, next)),
  };
}

export function outputsProblem(oracle: OutputsProblem, more: Partial<Problem> = {}): Problem {
  const { x, y, theta, parameterization, dt, ...names } = oracle;
  const { inner, outer, speed } = scalesOf(abcOf(parameterization), theta.length);
  return {
    ...(names as Pick<Problem, 'activation' | 'integrator' | 'loss'>),
    n: theta.length,
    m: x.length,
    c: y[0].length,
    d: x[0].length,
    x: flat(x).map((value) => inner * value),
    y: flat(y),
    theta: flat(theta),
    dt,
    outer,
    speed,
    ...more,
  };
}

/** After 40 steps θ, f, the loss and f at other inputs are the oracle's. */
async function followsOracle(open: Open, oracle: OutputsProblem): Promise<void> {
  const want = trajectoryOf(oracle, 40);
  const { loss, integrator, y, x } = oracle;
  const what = `${loss}, ${integrator}, c = ${y[0].length}, d = ${x[0].length}`;
  await withEngine(open, outputsProblem(oracle), async (engine) => {
    await engine.advance(40);
    const allowed = TRAJECTORY[engine.info.precision];
    const error = trajectoryError(await engine.theta(), want);
    if (!(error <= allowed)) throw new Error(`${what}: error ${error}, allowed ${allowed}`);
    const size = Math.max(1, ...outputsAt(oracle, want, x).flat().map(Math.abs));
    expectClose(`f, ${what}`, await engine.f(), outputsAt(oracle, want, x).flat(), 4 * allowed * size);
    expectClose(
      `loss, ${what}`,
      [engine.loss],
      [lossAt(oracle, want)],
      8 * allowed * (1 + lossAt(oracle, want)),
    );
    const others = matrix(5, x[0].length, generator(3)).map((row) => row.map(Math.fround));
    const [inner] = [outputsProblem(oracle).x[0] / x[0][0]];
    expectClose(
      `f elsewhere, ${what}`,
      await engine.predict(flat(others).map((value) => inner * value)),
      outputsAt(oracle, want, others).flat(),
      4 * allowed * size,
    );
  });
}

const OUTPUTS = { numbers: [1, 3], signs: [1], 'one-hot': [2, 10] } as const;

const everyLoss: Law[] = (Object.keys(LOSSES) as LossName[]).map((loss) => ({
  title: `40 steps with the loss ${loss} follow the float64 oracle, f and L with them, with each number of outputs that it takes`,
  async holds(open) {
    const { targets }: Loss = LOSSES[loss];
    for (const c of OUTPUTS[targets])
      await followsOracle(open, drawnFor(loss, { n: 65, m: 21, c, d: 2 }, 7 + c));
  },
}));

const shapes: Law = {
  title: '40 steps with several outputs follow the float64 oracle, narrow and wide, with each integrator',
  async holds(open) {
    const cases = [
      { loss: 'squared', integrator: 'heun', form: 'ntk', sizes: { n: 257, m: 66, c: 3, d: 3 } },
      { loss: 'cross-entropy', integrator: 'rk4', form: 'mean-field', sizes: { n: 63, m: 1, c: 2, d: 15 } },
      {
        loss: 'cross-entropy',
        integrator: 'euler',
        form: 'mean-field',
        sizes: { n: 130, m: 35, c: 10, d: 20 },
      },
      {
        loss: 'huber',
        integrator: 'euler',
        form: { a: 0.75, kappa: 0.6 },
        sizes: { n: 40, m: 7, c: 5, d: 17 },
      },
      { loss: 'squared', integrator: 'euler', form: 'mean-field', sizes: { n: 1, m: 1, c: 4, d: 1 } },
    ] as const;
    for (const { loss, integrator, form, sizes } of cases)
      await followsOracle(open, { ...drawnFor(loss, sizes, 11), integrator, parameterization: form });
  },
};

const THREE = { n: 300, m: 40, c: 3, d: 2 } as const;

const bits: Law = {
  title: 'with three outputs a restored run, and one step at a time, give the bits of one call',
  async holds(open) {
    const problem = outputsProblem(drawnFor('cross-entropy', THREE, 21));
    await withEngine(open, problem, async (engine) => {
      await engine.advance(7);
      const [middle, f, loss] = [await engine.theta(), await engine.f(), engine.loss];
      await engine.advance(9);
      const end = await engine.theta();
      await engine.restore(middle, 7);
      expectSameBits('f after restore', await engine.f(), f);
      expectSameBits('loss after restore', [engine.loss], [loss]);
      for (let k = 0; k < 9; k++) await engine.advance(1);
      expectSameBits('θ', await engine.theta(), end);
    });
  },
};

const copies: Law = {
  title: 'with three outputs copies of every neuron, in another order, leave f and the flow unchanged',
  async holds(open) {
    const one = drawnFor('cross-entropy', { ...THREE, n: 65 }, 22);
    const rows = (theta: ArrayLike<number>): number[][] =>
      Array.from({ length: theta.length / 5 }, (_, j) =>
        Array.from({ length: 5 }, (__, k) => theta[5 * j + k]),
      );
    const run = (oracle: OutputsProblem): Promise<{ f: Float64Array; theta: number[][]; unit: number }> =>
      withEngine(open, outputsProblem(oracle), async (engine) => {
        await engine.advance(10);
        const unit = 200 * EPSILON[engine.info.precision];
        return { f: await engine.f(), theta: rows(await engine.theta()), unit };
      });
    const { f, theta, unit } = await run(one);
    const many = await run({ ...one, theta: [...one.theta, ...one.theta.toReversed()] });
    expectClose('f', many.f, f, unit);
    expectClose('θ', many.theta.flat(), [...theta, ...theta.toReversed()].flat(), unit);
  },
};

const driven: Law = {
  title: 'with three outputs steps that residual paths [k, m, c] drive follow the float64 oracle',
  async holds(open) {
    const oracle = drawnFor('squared', { ...THREE, n: 65 }, 23);
    const residuals = Array.from({ length: 12 }, (_, k) => drawnFor('squared', THREE, 30 + k).y);
    const want = trajectoryOf(oracle, 12, residuals);
    await withEngine(open, outputsProblem(oracle), async (engine) => {
      await engine.advance(12, { drive: Float64Array.from(residuals.flat(2)) });
      const error = trajectoryError(await engine.theta(), want);
      const allowed = TRAJECTORY[engine.info.precision];
      if (!(error <= allowed)) throw new Error(`error ${error}, allowed ${allowed}`);
      await expectRejection('a path of m', engine.advance(1, { drive: new Float64Array(40) }), 'RangeError');
    });
  },
};

const replicas: Law = {
  title: 'with three outputs replica k has the θ, f and predictions of its system alone, and L is the mean',
  async holds(open) {
    for (const d of [2, 18]) {
      const systems = [24, 25, 26].map((seed) => drawnFor('cross-entropy', { n: 70, m: 9, c: 3, d }, seed));
      const same = systems.map(({ theta }) => ({ ...systems[0], theta }));
      const x = flat(matrix(4, d, generator(4)));
      const all = { ...outputsProblem(same[0]), theta: flat(same.flatMap(({ theta }) => theta)), replicas: 3 };
      await withEngine(open, all, async (engine) => {
        await engine.advance(5);
        const [theta, f, at] = [await engine.theta(), await engine.f(), await engine.predict(x)];
        let loss = 0;
        for (const [k, oracle] of same.entries()) {
          await withEngine(open, outputsProblem(oracle), async (one) => {
            await one.advance(5);
            const size = theta.length / 3;
            expectSameBits(`θ of ${k}`, theta.subarray(k * size, (k + 1) * size), await one.theta());
            expectSameBits(`f of ${k}`, f.subarray(27 * k, 27 * (k + 1)), await one.f());
            expectClose(`f elsewhere of ${k}`, at.subarray(12 * k, 12 * (k + 1)), await one.predict(x), 1e-5);
            loss += one.loss / 3;
          });
        }
        expectClose('loss', [engine.loss], [loss], 1e-5);
      });
    }
  },
};

const observed: Law = {
  title: 'with three outputs observables have |w1|² and the first w1, and a sample is rows of θ',
  async holds(open) {
    const problem = outputsProblem(drawnFor('squared', { ...THREE, d: 6 }, 27));
    await withEngine(open, problem, async (engine) => {
      const rows = Array.from({ length: THREE.n }, (_, j) => [...problem.theta.subarray(9 * j, 9 * (j + 1))]);
      const mean = (q: (row: number[]) => number): number =>
        rows.reduce((sum, row) => sum + q(row) / rows.length, 0);
      const square = (part: number[]): number => part.reduce((sum, value) => sum + value * value, 0);
      const [first, outer, inner] = [
        mean(([w]) => w),
        mean((row) => square(row.slice(0, 3))),
        mean((row) => square(row.slice(3))),
      ];
      const found = await engine.observables();
      expectEqual('names', Object.keys(found), OBSERVABLE_NAMES);
      expectClose(
        'observables',
        Object.values(found),
        [first, outer, inner, outer - inner],
        EPSILON[engine.info.precision] * 1000,
      );
      const sample = await engine.sample(64);
      expectEqual('sizes', [sample.c, sample.d, sample.theta.length], [3, 6, 9 * sample.n]);
      expectSameBits('rows', sample.theta, Float32Array.from([...sample.rows].flatMap((j) => rows[j])));
    });
  },
};

const refusals: Law = {
  title: 'targets that the loss does not take are a RangeError',
  async holds(open) {
    const problem = outputsProblem(drawnFor('squared', THREE, 28));
    for (const loss of ['logistic', 'cross-entropy'] as const)
      await expectRejection(loss, open({ ...problem, loss }), 'RangeError');
    await expectRejection('y of one column', open({ ...problem, y: new Float64Array(40) }), 'RangeError');
  },
};

export const OUTPUT_LAWS: readonly Law[] = [
  ...everyLoss,
  shapes,
  bits,
  copies,
  driven,
  replicas,
  observed,
  refusals,
];
