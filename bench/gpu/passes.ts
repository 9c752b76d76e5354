/** The kernels of a step by themselves: each repeated in one submit until the clock tells its time. */
import { extentOf } from '../../src/core/mesh/grid.ts';
import { FIRST_SPACING, gridFor, type MethodName } from '../../src/core/methods/methods.ts';
import { shapeOf } from '../../src/core/shape.ts';
import { RING } from '../../shaders/loss.ts';
import { isNarrow } from '../../shaders/particle.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { uploadSamples, uploadTheta } from '../../src/engines/webgpu/rows/pack.ts';
import { whole } from '../../src/engines/webgpu/rows/parts.ts';
import type { Tuning } from '../../src/engines/webgpu/tuning.ts';
import { allocateState } from '../../src/engines/webgpu/state.ts';
import { LISTED, prepareSteps } from '../../src/engines/webgpu/steps.ts';
import { directSums } from '../../src/engines/webgpu/sums/direct.ts';
import { meshSums } from '../../src/engines/webgpu/sums/mesh.ts';
import { sectorSums } from '../../src/engines/webgpu/sums/sector.ts';
import type { OpenSums } from '../../src/engines/webgpu/sums/sums.ts';
import { allocatePoints } from '../../src/engines/webgpu/sums/forward.ts';
import { Timetable } from '../../src/engines/webgpu/rows/timetable.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import { Memory } from '../../src/gpu/memory.ts';
import { Scheduler, type Dispatch } from '../../src/gpu/schedule.ts';
import { median } from '../race/measure.ts';

/** What changes no bit, and the form of φ, which does. */
export interface Variant extends Tuning {
  readonly fast: boolean;
}

const NARROW: readonly Variant[] = [
  { fast: false, p: 4, q: 4, staged: 0 },
  { fast: false, p: 4, q: 4, staged: 64 },
  ...[
    [4, 4, 0],
    [4, 4, 64],
    [8, 4, 64],
    [4, 8, 64],
    [4, 4, 128],
    [8, 4, 128],
    [8, 8, 128],
  ].map(([p, q, staged]) => ({ fast: true, p, q, staged })),
];
const WIDE: readonly Variant[] = [
  { fast: false, p: 2, q: 8, staged: 0 },
  { fast: false, p: 1, q: 8, staged: 256 },
  ...[0, 64, 256].map((staged) => ({ fast: true, p: staged > 0 ? 1 : 2, q: 8, staged })),
];

/** Of a method that counts deposits: one by one, or gathered by workgroups. */
const DEPOSITED: readonly Variant[] = [0, 64].map((staged) => ({ fast: false, p: 1, q: 4, staged }));

export const variantsOf = (problem: Problem, method: MethodName = 'direct'): readonly Variant[] =>
  method !== 'direct' ? DEPOSITED : isNarrow(problem) ? NARROW : WIDE;

export const variantText = ({ fast, p, q, staged }: Variant): string =>
  `${fast ? 'fast' : 'careful'}, p ${p}, q ${q}, ${staged > 0 ? `staged ${staged}` : 'plain'}`;

export interface VariantTime {
  readonly variant: Variant;
  /** Launches of a step. */
  readonly launches: number;
  /** Milliseconds of a whole step, and of its kernels by the first word or two of their names. */
  readonly step: number;
  readonly kernels: Readonly<Record<string, number>>;
}

const ROUNDS = 5;

/** Milliseconds of the dispatches, from a batch that takes `batch` or so. */
async function timeOf(gpu: GpuContext, dispatches: readonly Dispatch[], batch: number): Promise<number> {
  const done = (): Promise<undefined> => gpu.guard(gpu.device.queue.onSubmittedWorkDone());
  const run = async (repeats: number): Promise<number> => {
    await done();
    const started = performance.now();
    const scheduler = new Scheduler(gpu, { first: Infinity, target: Infinity });
    await scheduler.run(Array.from({ length: repeats }, () => dispatches).flat());
    await scheduler.submit();
    await done();
    return performance.now() - started;
  };
  await run(1); // drivers go on compiling when a pipeline is first used
  const once = await run(1);
  const repeats = Math.max(1, Math.min(200, Math.round(batch / once)));
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round++) alone.push((await run(repeats)) / repeats);
  return median(alone);
}

/** Sums by a method; a mesh is the first grid that a run would try. */
const sumsOf: Readonly<Record<MethodName, OpenSums>> = {
  direct: directSums,
  sector: sectorSums,
  mesh: (memory, problem, state, points, limits) => {
    const grid = gridFor(problem, FIRST_SPACING, extentOf(problem.theta, problem));
    return meshSums(memory, problem, state, points, grid, limits);
  },
};

/** Times every variant of one problem, which lies on the device once. */
export async function timeVariants(
  gpu: GpuContext,
  problem: Problem,
  batch: number,
  method: MethodName = 'direct',
): Promise<VariantTime[]> {
  const memory = new Memory(gpu);
  try {
    const state = await allocateState(memory, problem, false, whole(problem.n));
    const points = await allocatePoints(memory, { points: problem.m, ...shapeOf(problem) });
    uploadTheta(gpu, state.theta[0], problem.theta, problem.n, problem);
    uploadSamples(gpu, points, problem);
    const timetable = await Timetable.create(memory, problem);
    timetable.write(0, RING, 1e-3, 1);
    const times: VariantTime[] = [];
    for (const variant of variantsOf(problem, method)) {
      const own = new Memory(gpu);
      const limits = { most: Infinity, overhead: 1, ...variant };
      const ground = { problem, state, points, timetable, feed: null, batches: null, limits };
      const sums = await sumsOf[method](own, problem, state, points, limits);
      const { lists, step } = await prepareSteps(own, ground, sums);
      const kernels: Record<string, number> = {};
      if (lists.length > 0) kernels[`lists (every ${LISTED} steps)`] = await timeOf(gpu, lists, batch);
      for (const [name, dispatches] of byName(step)) kernels[name] = await timeOf(gpu, dispatches, batch);
      times.push({ variant, launches: step.length, step: await timeOf(gpu, step, batch), kernels });
      own.destroy();
    }
    return times;
  } finally {
    memory.destroy();
  }
}

function byName(dispatches: readonly Dispatch[]): Map<string, Dispatch[]> {
  const named = new Map<string, Dispatch[]>();
  for (const dispatch of dispatches) {
    const [first, second] = dispatch.pipeline.label.split(' ');
    const name = /^(filter|place|sector|node)$/.test(first) ? `${first} ${second}` : first;
    named.set(name, [...(named.get(name) ?? []), dispatch]);
  }
  return named;
}
