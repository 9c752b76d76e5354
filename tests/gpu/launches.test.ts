/** How many dispatches a step is: each costs a small step more than its sums do. And that fewer give the same bits. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { featureChoiceOf } from '../../src/core/features/features.ts';
import { shapeOf } from '../../src/core/shape.ts';
import type { MethodName } from '../../src/core/methods/methods.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import type { Tuning } from '../../src/engines/webgpu/tuning.ts';
import { lossPasses } from '../../src/engines/webgpu/steps.ts';
import { allocateState, resetStatus } from '../../src/engines/webgpu/state.ts';
import { Forward, allocatePoints } from '../../src/engines/webgpu/sums/forward.ts';
import { uploadSamples, uploadTheta } from '../../src/engines/webgpu/rows/pack.ts';
import { whole } from '../../src/engines/webgpu/rows/parts.ts';
import { Memory } from '../../src/gpu/memory.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { Scheduler, type Dispatch } from '../../src/gpu/schedule.ts';
import { expectSameBits } from '../support/close.ts';
import { cloud, samplesOf } from '../support/fast-sums.ts';
import { openGpu } from '../support/gpu.ts';
import { bitsOf } from '../support/engine-bits.ts';
import { draw, problemOf, termsOf } from '../support/problems.ts';

const gpu = await openGpu();

function problem(n: number, m: number, more: Partial<Problem> = {}): Problem {
  const { x, y } = samplesOf(m, 2, true, 1);
  const theta = cloud(n, 2, 1, 2);
  const flow = { loss: 'squared', integrator: 'euler', dt: 0.1, outer: 1 / n, speed: 1 } as const;
  return { n, m, d: 2, x, y, theta, activation: 'tanh', ...flow, ...more };
}

const withOutputs = (of: Problem): Problem => ({
  ...of,
  c: 3,
  loss: 'cross-entropy',
  y: Float64Array.from({ length: 3 * of.m }, (_, i) => Number(i % 3 === 1)),
  theta: Float64Array.from({ length: of.n * (3 + of.d) }, (_, i) => Math.sin(1 + i * i)),
});

/** Names of what each step dispatches. */
async function launches(of: Problem, method: MethodName = 'direct', tuning?: Tuning): Promise<string[]> {
  const steps = 4;
  const engine = await createWebGpuEngine(gpu, of, { method, ...(tuning && { tuning }) });
  onTestFinished(() => engine.destroy());
  await engine.advance(1);
  // what is asked for: of an adapter that is slow beside it each may go in parts
  const run = vi.spyOn(Scheduler.prototype, 'run');
  await engine.advance(steps);
  const names = run.mock.calls.flatMap(([some]) =>
    [...some].map(({ pipeline }) => pipeline.label.split(' ')[0]),
  );
  run.mockRestore();
  return names.slice(0, Math.ceil(names.length / steps));
}

describe('launches of a step', () => {
  it('are three where n is small: 10⁴ neurons and 96 samples', async () => {
    expect(await launches(problem(10_000, 96))).toEqual(['update', 'forward', 'ending']);
  });

  it('have a fold before the end where there are more partial sums than one workgroup should add', async () => {
    expect(await launches(problem(10_000, 200))).toEqual(['update', 'forward', 'fold', 'ending']);
  });

  it('are three a stage less the loss, of which only the last has one', async () => {
    const names = await launches(problem(500, 16, { integrator: 'heun' }));
    expect(names).toEqual(['update', 'forward', 'residual', 'update', 'forward', 'ending']);
  });
});

const STAGED = { p: 1, q: 4, staged: 64 } as const;
const marching = (of: Problem): Promise<string[]> => launches(of, 'direct', STAGED);

describe('the update and the sum after it, as a GPU takes them', () => {
  it('are one launch of the two that a small step is', async () => {
    expect(await marching(problem(10_000, 96))).toEqual(['march', 'ending']);
    expect(await marching(problem(500, 16, { integrator: 'heun' }))).not.toContain('march');
    expect(await marching(problem(301, 16, { batch: { size: 7, replacement: false, seed: 1 } }))).not.toContain(
      'march',
    );
    expect(await marching(problem(70, 257))).toEqual(['update', 'forward', 'ending']); // too many points for its threads
  });

  const terms = termsOf({ temperature: 0.1, decay: 0.1, rates: [0.5, 2] });
  it.each([
    ['odd numbers of everything', problem(2999, 67)],
    ['one of each', problemOf(draw({ n: 1, m: 1, d: 1 }, 1))],
    ['as many points as threads have room for', problem(997, 128, { activation: 'relu' })],
    ['two vec4f, noise and decay', problemOf(draw({ n: 97, m: 33, d: 7 }, 5), 'mean-field', { terms })],
    ['several outputs', withOutputs(problem(97, 21))],
  ])('change no bit: %s', async (_, of) => {
    expect(await marching(of)).toContain('march');
    const [want, got] = await Promise.all(
      [{ ...STAGED, staged: 0 }, STAGED].map((tuning) => bitsOf(gpu, of, { tuning }, { steps: 3 })),
    );
    expectSameBits('θ, f, losses, |b|', got, want);
  });
});

describe('launches of a step of deposits', () => {
  const toEnd = ['update', 'extent', 'cover'];
  it('are eight by sectors', async () => {
    const names = await launches(problem(500, 33, { activation: 'relu' }), 'sector');
    expect(names).toEqual(['sector', ...toEnd, 'sector', 'sector', 'sector', 'ending']);
  });

  it('are eleven on a mesh whose nodes are few', async () => {
    const names = await launches(problem(500, 33), 'mesh');
    const [before, after] = [
      ['node', 'filter', 'filter'],
      ['scatter', 'filter', 'place', 'forward', 'ending'],
    ];
    expect(names).toEqual([...before, ...toEnd, ...after]);
  });
});

/** f, r and the loss, bit by bit. */
async function found(of: Problem, way: 'ended' | 'in passes'): Promise<number[]> {
  const memory = new Memory(gpu);
  const readback = new Readback(gpu);
  try {
    const limits = { most: Infinity, overhead: 1 };
    const state = await allocateState(memory, of, false, whole(of.n));
    const points = await allocatePoints(memory, { points: of.m, ...shapeOf(of) });
    uploadTheta(gpu, state.theta[0], of.theta, of.n, of);
    uploadSamples(gpu, points, of);
    resetStatus(gpu.device, state.status, -1);
    const { n, outer, loss, m } = of;
    const spec = { n, ...shapeOf(of), ...featureChoiceOf(of), points: m, outer, limits, loss };
    const forward = await Forward.create(memory, spec, points);
    const passes = async (): Promise<Dispatch[]> => [
      ...(await forward.dispatches(state.theta)),
      ...(await lossPasses(memory, { problem: of, state, points, limits })),
    ];
    const dispatches = way === 'ended' ? await forward.ended(state.theta, state)! : await passes();
    const scheduler = new Scheduler(gpu, { first: Infinity, target: Infinity });
    await scheduler.run(dispatches);
    await scheduler.submit();
    const size = 4 * of.m * shapeOf(of).c;
    const spans = [points.f, points.r, state.ring, state.status].map((buffer, k) => ({
      buffer,
      offset: 0,
      size: [size, size, 4, 16][k],
    }));
    return [...new Uint32Array(await readback.read(spans))];
  } finally {
    readback.destroy();
    memory.destroy();
  }
}

describe('the end of a step in one launch', () => {
  it.each([
    ['one of each', problemOf(draw({ n: 1, m: 1, d: 1 }, 1))],
    ['rows that no fold has to add', problem(700, 65)],
    ['a fold of many', problem(4099, 131, { loss: 'huber' })],
    ['several outputs', withOutputs(problem(97, 21))],
    ['several outputs after a fold', withOutputs(problem(2500, 33))],
  ])('has the bits of passes of their own: %s', async (_, of) => {
    const want = await found(of, 'in passes');
    expect(want.some((word) => word !== 0)).toBe(true);
    expectSameBits('f, r, loss, status', await found(of, 'ended'), want);
  });
});
