/** The one place that names the engines: which one a wish, a problem and a machine come to, and why. */
import { MOST_WIDTH } from '../../shaders/particle.ts';
import { featuresText } from '../core/features/features.ts';
import { COSTS, type MachineCosts } from '../core/methods/costs.ts';
import { fastest, pairsOf, refusalOf, type Chosen } from '../core/methods/methods.ts';
import { shapeOf } from '../core/shape.ts';
import type { GpuContext } from '../gpu/device.ts';
import { createCpuDensity, openWorkerDensity } from './cpu/density.ts';
import { createCpuEngine } from './cpu/engine.ts';
import { openKernel } from './cpu/kernel.ts';
import { compiledKernels } from './cpu/simd/module.ts';
import { float32Kernels } from './cpu/simd/sums.ts';
import type { CpuOptions } from './cpu/threads.ts';
import { createCpuReplicas } from './cpu/replicas.ts';
import type { Density, DensityProblem, PatientDensity } from './density.ts';
import { isCpu, replicasOf, type Engine, type EngineName, type Method, type Problem } from './engine.ts';
import { adapterCosts } from './adapter-costs.ts';
import { beyondFloat32 } from './float32.ts';
import type { Kernel, KernelSetup } from './kernel.ts';
import type { Store } from './store.ts';
import { UnavailableError } from './unavailable.ts';
import type { Port } from './workers/remote.ts';

export { drawTogether } from './cpu/draws.ts';
export { UnavailableError } from './unavailable.ts';
export { pooled, type Restful } from './workers/pool.ts';
export { isAlive, watchLife } from './workers/life.ts';
export { watched } from './workers/watch.ts';
export type { Port } from './workers/remote.ts';

export interface Wish {
  readonly engine: EngineName | 'auto';
  readonly method: Method | 'auto';
  /** Steps that will be asked for: a long run is worth a trial of how the adapter is best used. Default 0. */
  readonly steps?: number;
}

/** What the page or Node has to offer. */
export interface Platform {
  /**
   * WebGPU's entry point, the same at each call, since its device is shared; or null and the reason in one
   * clause. `noAdapter`: one clause for where it has none. `others`: all that share a run's particles, if several do.
   */
  gpu(): Promise<{ gpu: GPU | null; reason: string; noAdapter?: string; others?: readonly GPU[] }>;
  /** One run on several adapters; absent where there is one alone. */
  share?(method: Wish['method'], problem: Problem, gpus: readonly GPU[]): Promise<Choice>;
  readonly cpu: CpuOptions;
  /** Whether `auto` takes a software adapter; if not, only a real GPU beats the float64 engine there. */
  readonly autoTakesSoftware: boolean;
  /** Whether `auto` takes float32 on the CPU for direct sums; default: float64 alone. */
  readonly autoTakesFloat32?: boolean;
  /** Whether the cloud will be coloured by speed. */
  readonly recordSpeed?: boolean;
  /** Where trials of adapters are remembered; nowhere: no trials. */
  readonly tunings?: Store;
  /** Where the costs of adapters are remembered that were measured. */
  readonly costs?: Store;
}

/** Whether the CPU was asked for by name. */
export const wantsCpu = (engine: Wish['engine']): boolean => engine !== 'auto' && isCpu(engine);

export interface Choice {
  readonly engine: Engine;
  /** One clause for people: why this engine and this method. */
  readonly why: string;
  /** The same of the engine alone. */
  readonly reason: string;
}

export async function openEngine(wish: Wish, problem: Problem, platform: Platform): Promise<Choice> {
  checkMethod(wish, problem);
  const found = wantsCpu(wish.engine)
    ? { why: 'asked for' }
    : (withoutGpu(wish, problem) ?? (await openGpu(wish, platform)));
  if ('why' in found) return onCpu(wish, problem, platform, found.why);
  if (found.others.length > 0) return platform.share!(wish.method, problem, found.others);
  const { method, why } = await chooseMethod(wish, problem, platform, found.context);
  const [{ createWebGpuEngine }, { tuningFor }, { capacityFault }] = await Promise.all([
    import('./webgpu/opening/open.ts'),
    import('./webgpu/opening/tune.ts'),
    import('./webgpu/capacity.ts'),
  ]); // a third of the program: loaded where it is used
  const fault = wish.engine === 'auto' ? capacityFault(problem, found.context.device.limits) : null;
  if (fault !== null) return onCpu(wish, problem, platform, fault);
  const tuning =
    method === 'direct' ? await tuningFor(found.context, problem, platform.tunings, wish.steps ?? 0) : null;
  const engine = await createWebGpuEngine(found.context, problem, {
    method,
    recordSpeed: platform.recordSpeed ?? false,
    ...(tuning && { tuning }),
  });
  const reason = wish.engine === 'webgpu' ? 'asked for' : `WebGPU adapter ${engine.info.adapter}`;
  return { engine, why: `${reason}; ${method} sums: ${why}`, reason };
}

/** Float32 is taken where it is asked for, and by `auto` where that may be and nothing but pairs is summed. */
async function onCpu(wish: Wish, problem: Problem, platform: Platform, because: string): Promise<Choice> {
  const wanted = wish.engine === 'cpu32';
  const { method, why } = wanted ? chooseFor32(wish) : await chooseMethod(wish, problem, platform);
  const words = `${because}; ${method} sums: ${why}`;
  const may = wish.engine === 'auto' && (platform.autoTakesFloat32 ?? false) && method === 'direct';
  const beyond = wanted || may ? beyondFloat32(problem) : null;
  if (wanted && beyond !== null) throw new UnavailableError(`${beyond}: use the cpu engine`);
  const kernels = (wanted || may) && beyond === null ? await float32Kernels(problem) : null;
  if (wanted && !kernels)
    throw new UnavailableError(
      `engine = "cpu32" cannot be used: this machine has no vector kernels for ${featuresText(problem)}; choose "cpu"`,
    );
  const options = { ...platform.cpu, method, ...(kernels && { kernels }) };
  return {
    engine: await (replicasOf(problem) > 1 ? createCpuReplicas : createCpuEngine)(problem, options),
    why: may && kernels ? `${words}; in float32, which is faster` : words,
    reason: because,
  };
}

function chooseFor32({ method }: Wish): Chosen {
  if (method === 'auto') return { method: 'direct', why: 'float32 has these alone' };
  if (method === 'direct') return { method, why: 'asked for' };
  throw new UnavailableError(
    `engine = "cpu32" sums directly: choose method "direct" instead of "${method}", or engine "cpu"`,
  );
}

/**
 * Compiles ahead of time what a WebGPU engine of such a problem needs; θ may be a sample of its n neurons. A
 * page does so while it draws a million.
 */
export async function compileAhead(wish: Wish, problem: Problem, platform: Platform): Promise<void> {
  if (wantsCpu(wish.engine) || withoutGpu(wish, problem)) return;
  const [found, webgpu] = await Promise.all([openGpu(wish, platform), import('./webgpu/opening/open.ts')]);
  if ('why' in found) return;
  await webgpu.compileAhead(found.context, problem, {
    method: (await chooseMethod(wish, problem, platform, found.context)).method,
    recordSpeed: platform.recordSpeed ?? false,
  });
}

/** The mean-field PDE where `engine` computes: on WebGPU if that is asked for, else in float64. */
export async function openDensity(
  engine: Wish['engine'],
  problem: DensityProblem,
  platform: Platform,
): Promise<Density> {
  const found = engine === 'webgpu' ? await openGpu({ engine, method: 'direct' }, platform) : null;
  if (!found || 'why' in found) return createCpuDensity(problem);
  const { createWebGpuDensity } = await import('./webgpu/density.ts');
  return createWebGpuDensity(found.context, problem);
}

/** The same in float64 in a worker of its own. */
export const densityInWorker = (problem: DensityProblem, platform: Platform): PatientDensity =>
  openWorkerDensity(workersOf(platform), problem);

/** The tangent kernel, in a worker of its own. */
export const kernelInWorker = (setup: KernelSetup, platform: Platform): Kernel =>
  openKernel(workersOf(platform), setup);

function workersOf({ cpu: { spawn } }: Platform): () => Port {
  if (!spawn) throw new UnavailableError('there are no workers here: open a page that has them');
  return spawn;
}

function checkMethod({ method }: Wish, problem: Problem): void {
  const refusal = method === 'auto' ? null : refusalOf(method, pairsOf(problem));
  if (refusal)
    throw new UnavailableError(`method = "${method}" does not apply: ${refusal}; choose "direct" or "auto"`);
}

/** The reason why WebGPU cannot do what is wished, if there is one. */
function withoutGpu({ engine, method }: Wish, problem: Problem): { why: string } | null {
  const refuse = (why: string, remedy: string): { why: string } => {
    if (engine === 'webgpu') throw new UnavailableError(`${why}: ${remedy}`);
    return { why };
  };
  const beyond = beyondFloat32(problem);
  if (beyond !== null) return refuse(beyond, 'use the cpu engine');
  const { d, width } = shapeOf(problem);
  if (width > MOST_WIDTH)
    return refuse(
      `a neuron has ${width} numbers for d = ${d} inputs, and a shader of WebGPU holds ${MOST_WIDTH}`,
      'use the cpu engine, or leave columns out',
    );
  const replicas = replicasOf(problem);
  if (replicas === 1 || method === 'auto' || method === 'direct') return null;
  return refuse(
    `on WebGPU method = "${method}" is for one system, not for R = ${replicas} replicas`,
    'choose "direct", or engine "cpu"',
  );
}

/** What the sums cost there. */
async function costsOf(problem: Problem, { costs }: Platform, gpu?: GpuContext): Promise<MachineCosts> {
  if (gpu) return adapterCosts(gpu, costs);
  return COSTS[(await compiledKernels(problem.activation, 'f64')) ? 'cpu' : 'scalar'];
}

async function chooseMethod(
  { method }: Wish,
  problem: Problem,
  platform: Platform,
  gpu?: GpuContext,
): Promise<Chosen> {
  if (method !== 'auto') return { method, why: 'asked for' };
  if (gpu && replicasOf(problem) > 1)
    return { method: 'direct', why: 'replicas are moved together by these alone on WebGPU' };
  // replicas take turns, and the first stands for all
  const first = problem.theta.subarray(0, problem.n * shapeOf(problem).width);
  return fastest(pairsOf(problem), first, await costsOf(problem, platform, gpu), problem.n);
}

async function openGpu(
  { engine }: Wish,
  platform: Platform,
): Promise<{ context: GpuContext; others: readonly GPU[] } | { why: string }> {
  const { gpu, reason, noAdapter = 'WebGPU has no adapter here', others = [] } = await platform.gpu();
  const refuse = (why: string): { why: string } => {
    if (engine === 'webgpu')
      throw new UnavailableError(`engine = "webgpu" cannot be used: ${why}; choose "cpu" or "auto"`);
    return { why };
  };
  if (!gpu) return refuse(reason);
  const { keptDevice } = await import('../gpu/kept-device.ts');
  const context = (await keptDevice(gpu).catch((error: Error) => error)) ?? new Error(noAdapter);
  if (context instanceof Error) return refuse(context.message);
  if (engine === 'auto' && context.software && !platform.autoTakesSoftware) {
    return {
      why: `the only WebGPU adapter is a software one (${context.adapter}), which is no faster than the CPU engine`,
    };
  }
  return { context, others };
}
