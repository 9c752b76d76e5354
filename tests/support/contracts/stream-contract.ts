/** What engine-contract.ts holds engines to where each step takes fresh samples. */
import { tabulate } from '../../../src/core/datasets.ts';
import { firstBatch, type Stream } from '../../../src/core/dynamics/streams.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { expectClose, expectEqual, expectRejection, expectSameBits, TRAJECTORY } from '../close.ts';
import type { Law } from './engine-contract.ts';
import { eachAlone, resumesAt7, streamOf } from './feed-laws.ts';
import { trajectoryError } from '../oracles/oracle.ts';
import { drawnFor, outputsProblem } from './outputs-contract.ts';
import { lossAt, trajectoryOf, type OutputsProblem } from '../oracles/outputs-oracle.ts';
import { withEngine } from './with-engine.ts';

const STEPS = 40;
const DIMENSION = 3;

interface Streamed {
  readonly drawn: OutputsProblem;
  readonly stream: Stream;
  /** Rows of the step that starts at θ_k. */
  readonly rows: (k: number) => Pick<OutputsProblem, 'x' | 'y'>;
  readonly problem: Problem;
}

/** A long table of the same data, of which batch b is the b-th piece. */
function streamed(stream: Stream, drawn: OutputsProblem, more: Partial<Problem> = {}): Streamed {
  const { size, reuse, source } = stream;
  const { x, y } = tabulate(source.dataset, size * (STEPS + 1), 0, source.seed, { dimension: DIMENSION });
  const rows: Streamed['rows'] = (k) => {
    const first = size * Math.floor(k / reuse);
    const numbers = Array.from({ length: size }, (_, i) => first + i);
    return {
      x: numbers.map((row) => [...x.subarray(row * DIMENSION, (row + 1) * DIMENSION), 1]),
      y: numbers.map((row) => [y[row]]),
    };
  };
  const own = { ...drawn, ...rows(0) };
  return { drawn: own, stream, rows, problem: outputsProblem(own, { stream, ...more }) };
}

const drawnAt = (n: number, size: number, seed: number): OutputsProblem => ({
  ...drawnFor('squared', { n, m: size, c: 1, d: DIMENSION + 1 }, seed),
  dt: 0.05,
});

const CASES: readonly (readonly [integrator: string, size: number, reuse: number])[] = [
  ['euler', 6, 1],
  ['heun', 1, 3],
  ['rk4', 70, 2],
];

const descends: Law = {
  title:
    'streams: θ is that of descent on batches that are used so often and never again, the loss of the next',
  async holds(open) {
    for (const [integrator, size, reuse] of CASES) {
      const { drawn, rows, problem } = streamed(streamOf(size, { reuse }), {
        ...drawnAt(65, size, 21),
        integrator,
      });
      const states = [drawn.theta];
      for (let k = 0; k < STEPS; k++) states.push(trajectoryOf({ ...drawn, ...rows(k), theta: states[k] }, 1));
      await withEngine(open, problem, async (engine) => {
        const limit = TRAJECTORY[engine.info.precision];
        const first = engine.loss;
        const records = await engine.advance(STEPS, { every: 7 });
        const error = trajectoryError(await engine.theta(), states[STEPS]);
        expectEqual(`${integrator}, size ${size}, ${reuse} times: ${error} ≤ ${limit}`, error <= limit, true);
        expectEqual('steps', String(records.map(({ step }) => step)), '7,14,21,28,35,40');
        for (const { step, loss } of [{ step: 0, loss: first }, ...records]) {
          const want = lossAt({ ...drawn, ...rows(step) }, states[step]);
          expectClose(`loss at step ${step}`, [loss], [want], 50 * limit * (1 + want));
        }
      });
    }
  },
};

const MOMENTUM = { momentum: { beta: 0.8, nesterov: false } } as const;

const resumes: Law = {
  title:
    'streams: bits do not depend on calls, and a run resumed has those of one that was not, with momentum, too',
  holds: (open) =>
    resumesAt7(open, streamed(streamOf(5, { reuse: 3 }), drawnAt(65, 5, 22), { terms: MOMENTUM }).problem),
};

const shared: Law = {
  title: 'streams: all replicas take the same samples, and each moves as it would alone',
  holds: (open) =>
    eachAlone(open, drawnAt(130, 4, 23), (half) => streamed(streamOf(4, { reuse: 2 }), half).problem),
};

const begins: Law = {
  title: 'streams: x and y of the problem are those of step 0, and f is that of the samples that come next',
  async holds(open) {
    const { problem, stream } = streamed(streamOf(5), drawnAt(65, 5, 24));
    const { x, y } = firstBatch(stream);
    expectSameBits(
      'x',
      Float64Array.from(problem.x).filter((_, at) => at % (DIMENSION + 1) < DIMENSION),
      x,
    );
    expectSameBits('y', problem.y, y);
    await withEngine(open, problem, async (engine) => {
      const limit = 100 * TRAJECTORY[engine.info.precision];
      expectClose('f', await engine.f(), Array.from(await engine.predict(problem.x)), limit);
      await expectRejection('paths', engine.advance(1, { drive: new Float64Array(5) }), 'RangeError');
    });
    const stream6 = { ...stream, size: 6 };
    await expectRejection('6 of 5', open({ ...problem, stream: stream6 }), 'RangeError');
    const batch = { size: 2, replacement: false, seed: 1 };
    await expectRejection('batches of a stream', open({ ...problem, batch }), 'RangeError');
  },
};

export const STREAM_LAWS: readonly Law[] = [descends, resumes, shared, begins];
