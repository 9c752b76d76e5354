/** Opens an engine on a GPU: what it allocates and compiles, for this adapter and this problem. */
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { rowsTaken } from '../../../core/dynamics/feed.ts';
import { shapeOf } from '../../../core/shape.ts';
import { Memory } from '../../../gpu/memory.ts';
import { Readback } from '../../../gpu/readback.ts';
import { Scheduler } from '../../../gpu/schedule.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import { checkProblem } from '../../check.ts';
import { replicasOf, type Method, type Problem } from '../../engine.ts';
import { BatchRows } from '../rows/batch-rows.ts';
import { WebGpuEngine } from '../engine.ts';
import { engineError } from '../errors.ts';
import { allocatePoints } from '../sums/forward.ts';
import { GPU_METHODS } from '../sums/methods.ts';
import { Feed } from '../rows/feed.ts';
import { phiFormOf } from './forms.ts';
import { uploadSamples } from '../rows/pack.ts';
import { partsOf } from '../rows/parts.ts';
import { checkCapacity, largestBuffer } from '../capacity.ts';
import { usualTuning, type Cut, type Tuning } from '../tuning.ts';
import type { Rig } from '../rig.ts';
import { allocateState } from '../state.ts';
import { prepareSteps } from '../steps.ts';
import { Timetable } from '../rows/timetable.ts';

export type { WebGpuEngine } from '../engine.ts';

export interface WebGpuOptions {
  /** Default: direct. */
  readonly method?: Method;
  /** Keep |b| of every particle in a buffer, for colouring. */
  readonly recordSpeed?: boolean;
  /** Most pairs in one dispatch; the default suits the adapter. */
  readonly dispatchPairs?: number;
  /** Most bytes of particles in one buffer; the default is what the adapter allows. Changes no bit. */
  readonly mostBytes?: number;
  /** Most numbers of each kind that wide sums leave on the way; the default suits a card's cache. Changes no bit. */
  readonly mostNumbers?: number;
  /** What a trial on this adapter has found best; default a rule. */
  readonly tuning?: Tuning;
  /** Whether direct sums take the fast form of φ, where the adapter is good enough at it; default: a GPU does. */
  readonly fast?: boolean;
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
  let engine: WebGpuEngine | null = null;
  try {
    const rig = await openRig(memory, problem, options);
    const sums = GPU_METHODS[method];
    const ground = { ...rig, problem: ofStep(problem, method) };
    const steps =
      sums === 'grid'
        ? null
        : await prepareSteps(
            memory,
            ground,
            await sums(memory, ground.problem, rig.state, rig.points, rig.limits),
          );
    engine = new WebGpuEngine(rig, method, steps);
    await start(engine);
    return engine;
  } catch (error) {
    engine?.destroy();
    memory.destroy();
    throw engineError(error);
  }
}

/** The problem as steps have it: with as many samples as one takes. */
const ofStep = (problem: Problem, method: Method): Problem =>
  method === 'direct' ? { ...problem, m: rowsTaken(problem) } : problem;

async function openRig(memory: Memory, problem: Problem, options: WebGpuOptions): Promise<Rig> {
  const gpu = memory.context;
  const { method = 'direct' } = options;
  const parts = partsOf(problem, options.mostBytes ?? largestBuffer(gpu.device.limits));
  checkProblem(problem, method);
  const own = ofStep(problem, method);
  const state = await allocateState(memory, problem, options.recordSpeed ?? false, parts);
  const points = await allocatePoints(memory, {
    points: own.m,
    ...shapeOf(problem),
    replicas: replicasOf(problem),
  });
  const timetable = await Timetable.create(memory, own);
  const direct = method === 'direct';
  const form = direct ? await phiFormOf(gpu, problem, options.fast) : null;
  const limits = { ...limitsOf(gpu, own, options), fast: form?.fast ?? false };
  const ground = { problem: own, state, points, timetable, limits };
  const feed = direct ? await Feed.create(memory, problem, ground) : null;
  if (!feed) uploadSamples(gpu, points, problem);
  return {
    ...ground,
    gpu,
    form: form?.words ?? '',
    memory,
    problem,
    feed,
    batches: direct ? null : await BatchRows.create(memory, problem),
    scheduler: new Scheduler(gpu, { first: supposedOf(gpu).pairs, target: SUBMIT_MS }),
    readback: new Readback(gpu),
  };
}

const supposedOf = ({ software }: GpuContext): { readonly pairs: number; readonly overhead: number } =>
  SUPPOSED[software ? 'software' : 'hardware'];

function limitsOf(
  gpu: GpuContext,
  problem: Problem,
  { tuning, dispatchPairs, mostNumbers }: WebGpuOptions,
): Cut {
  const { pairs, overhead } = supposedOf(gpu);
  const { p, q, staged } = tuning ?? usualTuning(problem, gpu.software);
  const affordable = pairs / (2 * WORKGROUP * problem.m); // of a workgroup's, which cannot be cut
  return {
    most: dispatchPairs ?? Infinity,
    grain: pairs / GRAINS,
    overhead,
    p: Math.max(1, Math.min(p, affordable)),
    q,
    staged,
    numbers: mostNumbers,
  };
}
