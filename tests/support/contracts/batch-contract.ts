/** What engine-contract.ts holds engines to where a step takes some of the rows. */
import { philox, STREAMS } from '../../../src/core/random.ts';
import type { Batch } from '../../../src/core/dynamics/batches.ts';
import type { LossName } from '../../../src/core/objective/losses.ts';
import { expectClose, expectEqual, expectRejection, expectSameBits, TRAJECTORY } from '../close.ts';
import type { Law } from './engine-contract.ts';
import { eachAlone, resumesAt7 } from './feed-laws.ts';
import { withEngine } from './with-engine.ts';
import { trajectoryError } from '../oracles/oracle.ts';
import { drawnFor, outputsProblem } from './outputs-contract.ts';
import { lossAt, outputsAt, trajectoryOf, type OutputsProblem } from '../oracles/outputs-oracle.ts';

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

/** Every θ of plain descent on the rows of each step. */
function descent(problem: OutputsProblem, batch: Batch, steps: number): number[][][] {
  const states = [problem.theta];
  for (let k = 0; k < steps; k++) {
    const rows = rowsOf(batch, problem.x.length, k);
    const part = { x: rows.map((row) => problem.x[row]), y: rows.map((row) => problem.y[row]) };
    states.push(trajectoryOf({ ...problem, ...part, theta: states[k] }, 1));
  }
  return states;
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
      const states = descent(drawn, batch, STEPS);
      await withEngine(open, outputsProblem(drawn, { batch }), async (engine) => {
        const records = await engine.advance(STEPS, { every: 7 });
        const limit = TRAJECTORY[engine.info.precision];
        const error = trajectoryError(await engine.theta(), states[STEPS]);
        expectEqual(
          `${loss}, ${integrator}, size ${batch.size}: error ${error} ≤ ${limit}`,
          error <= limit,
          true,
        );
        expectEqual('steps', String(records.map(({ step }) => step)), '7,14,21,28,35,40');
        for (const { step, loss: found } of [...records, { step: STEPS, loss: engine.loss }]) {
          const whole = lossAt(drawn, states[step]);
          expectClose(`loss at step ${step}`, [found], [whole], 20 * limit * (1 + whole));
        }
        const f = outputsAt(drawn, states[STEPS], drawn.x).flat();
        expectClose('f', await engine.f(), f, 100 * limit);
      });
    }
  },
};

const resumes: Law = {
  title: 'batches: the bits of θ do not depend on calls, and a run resumed has those of one that was not',
  holds: (open) =>
    resumesAt7(
      open,
      outputsProblem(drawnFor('squared', { n: 65, m: 30, c: 1, d: 2 }, 12), {
        batch: { size: 7, replacement: false, seed: 2 },
      }),
    ),
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
    const batch: Batch = { size: 4, replacement: true, seed: 9 };
    await eachAlone(open, drawnFor('squared', { n: 130, m: 30, c: 1, d: 2 }, 14), (half) =>
      outputsProblem(half, { batch }),
    );
  },
};

export const BATCH_LAWS: readonly Law[] = [descends, resumes, wholes, shared];
