/** Opens an engine on a GPU: what it allocates and compiles, for this adapter and this problem. */
import { WORKGROUP } from '../../../shaders/particle.ts';
import { shapeOf } from '../../core/shape.ts';
import { Memory } from '../../gpu/memory.ts';
import { Readback } from '../../gpu/readback.ts';
import { Scheduler } from '../../gpu/schedule.ts';
import type { GpuContext } from '../../gpu/device.ts';
import { checkProblem, replicasOf, type Method, type Problem } from '../engine.ts';
import { BatchRows } from './batch-rows.ts';
import { engineError, WebGpuEngine } from './engine.ts';
import { allocatePoints } from './sums/forward.ts';
import { GPU_METHODS } from './sums/methods.ts';
import { repeat, uploadInputs } from './pack.ts';
import { partsOf } from './parts.ts';
import { checkCapacity, largestBuffer, usualTuning, type Cut, type Tuning } from './plan.ts';
import type { Rig } from './rig.ts';
import { allocateState } from './state.ts';
import { prepareSteps } from './steps.ts';
import { Timetable } from './timetable.ts';

export type { WebGpuEngine } from './engine.ts';

export interface WebGpuOptions {
  /** Default: direct. */
  readonly method?: Method;
  /** Keep |b| of every particle in a buffer, for colouring. */
  readonly recordSpeed?: boolean;
  /** Most pairs in one dispatch; the default suits the adapter. */
  readonly dispatchPairs?: number;
  /** Most bytes of particles in one buffer; the default is what the adapter allows. Changes no bit. */
  readonly mostBytes?: number;
  /** What a trial on this adapter has found best; default a rule. */
  readonly tuning?: Tuning;
}

/** A driver's patience is longer by far; a page's is not: two submits are in the queue. */
const SUBMIT_MS = 50;
/**
 * Pairs of a first submit, and what a dispatch costs beside its pairs, until times are known: some 10 to 50 ms,
 * some microseconds.
 */
const SUPPOSED = {
  software: { pairs: 2 ** 22, overhead: 2 ** 13 },
  hardware: { pairs: 2 ** 26, overhead: 2 ** 18 },
} as const;
/** An adapter may be so many times slower than that, and yet a dispatch takes no longer than a submit should. */
const GRAINS = 8;

/** Replicas are moved by direct sums alone. */
export function createWebGpuEngine(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions = {},
): Promise<WebGpuEngine> {
  return assemble(gpu, problem, options, (engine) => engine.open());
}

/** Neurons that stand for all where only their shaders are wanted: no fewer than any shader takes together. */
const STAND_INS = 64;

/**
 * Compiles what an engine of such a problem needs, whatever its n and θ, on this device: later engines there
 * start at once.
 */
export async function compileAhead(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions = {},
): Promise<void> {
  const n = STAND_INS;
  const theta = new Float32Array(replicasOf(problem) * n * shapeOf(problem).width);
  (await assemble(gpu, { ...problem, n, theta }, options, (engine) => engine.compile())).destroy();
}

async function assemble(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions,
  start: (engine: WebGpuEngine) => Promise<void>,
): Promise<WebGpuEngine> {
  const { method = 'direct' } = options;
  const replicas = replicasOf(problem);
  if (replicas > 1 && method !== 'direct')
    throw new RangeError(`method = "${method}" is for one system, not for R = ${replicas}: choose "direct"`);
  checkCapacity(problem, gpu.device.limits);
  const memory = new Memory(gpu);
  try {
    const rig = await openRig(memory, problem, options);
    const sums = GPU_METHODS[method];
    const steps =
      sums === 'grid'
        ? null
        : await prepareSteps(memory, rig, await sums(memory, problem, rig.state, rig.points, rig.limits));
    const engine = new WebGpuEngine(rig, method, steps);
    await start(engine);
    return engine;
  } catch (error) {
    memory.destroy();
    throw engineError(error);
  }
}

async function openRig(memory: Memory, problem: Problem, options: WebGpuOptions): Promise<Rig> {
  const gpu = memory.context;
  const parts = partsOf(problem, options.mostBytes ?? largestBuffer(gpu.device.limits));
  checkProblem(problem);
  const state = await allocateState(memory, problem, options.recordSpeed ?? false, parts);
  const replicas = replicasOf(problem);
  const shape = shapeOf(problem);
  const points = await allocatePoints(memory, { points: problem.m, ...shape, replicas });
  uploadInputs(gpu, points.x, problem.x, problem);
  gpu.device.queue.writeBuffer(
    points.y,
    0,
    repeat(problem.y, new Float32Array(replicas * problem.m * shape.c)),
  );
  return {
    gpu,
    memory,
    problem,
    state,
    points,
    timetable: await Timetable.create(memory, problem),
    batches: await BatchRows.create(memory, problem),
    limits: limitsOf(gpu, problem, options),
    scheduler: new Scheduler(gpu, { first: supposedOf(gpu).pairs, target: SUBMIT_MS }),
    readback: new Readback(gpu),
  };
}

const supposedOf = ({ software }: GpuContext): { readonly pairs: number; readonly overhead: number } =>
  SUPPOSED[software ? 'software' : 'hardware'];

function limitsOf(gpu: GpuContext, problem: Problem, { tuning, dispatchPairs }: WebGpuOptions): Cut {
  const { pairs, overhead } = supposedOf(gpu);
  const { p, q } = tuning ?? usualTuning(problem, gpu.software);
  const affordable = pairs / (2 * WORKGROUP * problem.m); // of a workgroup's, which cannot be cut
  return {
    most: dispatchPairs ?? Infinity,
    grain: pairs / GRAINS,
    overhead,
    p: Math.max(1, Math.min(p, affordable)),
    q,
  };
}
