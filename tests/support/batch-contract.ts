/** What engine-contract.ts holds engines to where a step takes some of the rows. */
import { philox, STREAMS } from '../../src/core/random.ts';
import type { Batch } from '../../src/core/batches.ts';
import type { LossName } from '../../src/core/losses.ts';
import { expectClose, expectEqual, expectRejection, expectSameBits } from './close.ts';
import type { Law } from './engine-contract.ts';
import { withEngine } from './with-engine.ts';
import { trajectoryError } from './oracle.ts';
import { drawnFor, outputsProblem } from './outputs-contract.ts';
import { lossAt, trajectoryOf, type OutputsProblem } from './outputs-oracle.ts';

/** docs/model.md, Errors of a method: max |Δθ| over rms θ after 40 steps. */
const TRAJECTORY = { float64: 1e-9, float32: 1.5e-5 } as const;
const STEPS = 40;

/** Two words of Philox as a number on [0, 1). */
function fraction(i: number, k: number, seed: number): number {
  const words = new Uint32Array(4);
  philox(words, i, k, STREAMS.batch, 0, seed, 0);
  return (Math.floor(words[0] / 2 ** 5) * 2 ** 26 + Math.floor(words[1] / 2 ** 6)) / 2 ** 53;
}

/** Rows of step k, said anew: of each epoch the rows in the order of their numbers, or m times a number each. */
function rowsOf({ size, replacement, seed }: Batch, m: number, k: number): number[] {
  if (replacement) return Array.from({ length: size }, (_, i) => Math.floor(m * fraction(i, k, seed)));
  const steps = Math.floor(m / size);
  const epoch = Math.floor(k / steps);
  const sorted = Array.from({ length: m }, (_, row) => [fraction(row, epoch, seed), row]);
  sorted.sort(([p], [q]) => p - q);
  return sorted.slice((k % steps) * size, (k % steps) * size + size).map(([, row]) => row);
}

/** θ by plain descent on the rows of each step. */
function descent(problem: OutputsProblem, batch: Batch, steps: number): number[][] {
  let { theta } = problem;
  for (let k = 0; k < steps; k++) {
    const rows = rowsOf(batch, problem.x.length, k);
    const part = { x: rows.map((row) => problem.x[row]), y: rows.map((row) => problem.y[row]) };
    theta = trajectoryOf({ ...problem, ...part, theta }, 1);
  }
  return theta;
}

const CASES: readonly (readonly [LossName, number, string, Batch])[] = [
  ['squared', 1, 'euler', { size: 7, replacement: false, seed: 3 }],
  ['squared', 1, 'euler', { size: 1, replacement: false, seed: 4 }],
  ['squared', 1, 'heun', { size: 8, replacement: true, seed: 5 }],
  ['cross-entropy', 3, 'euler', { size: 12, replacement: true, seed: 6 }],
];

const descends: Law = {
  title: 'batches: θ is that of descent on the rows of each step, and the loss is of all rows',
  async holds(open) {
    for (const [loss, c, integrator, batch] of CASES) {
      const drawn = { ...drawnFor(loss, { n: 65, m: 30, c, d: 2 }, 11), integrator };
      const want = descent(drawn, batch, STEPS);
      await withEngine(open, outputsProblem(drawn, { batch }), async (engine) => {
        const records = await engine.advance(STEPS);
        const limit = TRAJECTORY[engine.info.precision];
        const error = trajectoryError(await engine.theta(), want);
        expectEqual(
          `${loss}, ${integrator}, size ${batch.size}: error ${error} ≤ ${limit}`,
          error <= limit,
          true,
        );
        const whole = lossAt(drawn, want);
        expectClose('loss', [engine.loss, records.at(-1)!.loss], [whole, whole], 20 * limit * (1 + whole));
      });
    }
  },
};

const resumes: Law = {
  title: 'batches: the bits of θ do not depend on calls, and a run resumed has those of one that was not',
  async holds(open) {
    const problem = outputsProblem(drawnFor('squared', { n: 65, m: 30, c: 1, d: 2 }, 12), {
      batch: { size: 7, replacement: false, seed: 2 },
    });
    const [middle, end] = await withEngine(open, problem, async (engine) => {
      await engine.advance(1);
      await engine.advance(6);
      const there = await engine.theta();
      await engine.advance(20);
      return [there, await engine.theta()];
    });
    await withEngine(open, problem, async (engine) => {
      await engine.advance(27);
      expectSameBits('in one call', await engine.theta(), end);
      await engine.restore(middle, 7);
      await engine.advance(20);
      expectSameBits('resumed', await engine.theta(), end);
    });
  },
};

const wholes: Law = {
  title: 'batches: one of all rows is none, bit for bit; a larger one and residual paths are refused',
  async holds(open) {
    const plain = outputsProblem(drawnFor('squared', { n: 65, m: 30, c: 1, d: 2 }, 13));
    const batch: Batch = { size: 30, replacement: false, seed: 1 };
    const want = await withEngine(open, plain, async (engine) => {
      await engine.advance(9);
      return engine.theta();
    });
    await withEngine(open, { ...plain, batch }, async (engine) => {
      await engine.advance(9);
      expectSameBits('θ', await engine.theta(), want);
      await expectRejection('paths', engine.advance(1, { drive: new Float64Array(30) }), 'RangeError');
    });
    await expectRejection('31 of 30', open({ ...plain, batch: { ...batch, size: 31 } }), 'RangeError');
  },
};

const shared: Law = {
  title: 'batches: all replicas take the same, and each moves as it would alone',
  async holds(open) {
    const drawn = drawnFor('squared', { n: 130, m: 30, c: 1, d: 2 }, 14);
    const batch: Batch = { size: 4, replacement: true, seed: 9 };
    const halves = [drawn.theta.slice(0, 65), drawn.theta.slice(65)];
    const [first, second] = halves.map((theta) => outputsProblem({ ...drawn, theta }, { batch }));
    const both = new Float64Array(2 * first.theta.length);
    both.set(first.theta);
    both.set(second.theta, first.theta.length);
    const together = await withEngine(open, { ...first, theta: both, replicas: 2 }, async (engine) => {
      await engine.advance(6);
      return engine.theta();
    });
    await withEngine(open, second, async (engine) => {
      await engine.advance(6);
      expectSameBits('θ of the second', together.subarray(first.theta.length), await engine.theta());
    });
  },
};

export const BATCH_LAWS: readonly Law[] = [descends, resumes, wholes, shared];
