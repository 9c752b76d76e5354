/** The one place that names the engines: which one a wish, a problem and a machine come to, and why. */
import { openDevice, type GpuContext } from '../gpu/device.ts';
import { createCpuEngine, type CpuOptions } from './cpu.ts';
import type { Engine, EngineName, Problem } from './engine.ts';
import { createWebGpuEngine } from './webgpu.ts';

export interface Wish {
  readonly engine: EngineName | 'auto';
  readonly method: 'auto' | 'direct' | 'mesh' | 'sector';
}

/** What the page or Node has to offer. */
export interface Platform {
  /** WebGPU's entry point, or null and the reason in one clause. */
  gpu(): Promise<{ gpu: GPU | null; reason: string }>;
  readonly cpu: CpuOptions;
  /** Whether `auto` takes a software adapter; if not, only a real GPU beats the float64 engine there. */
  readonly autoTakesSoftware: boolean;
  /** Whether the cloud will be coloured by speed. */
  readonly recordSpeed?: boolean;
}

export interface Choice {
  readonly engine: Engine;
  /** One clause for people: why this engine. */
  readonly why: string;
}

/** The wish cannot be met here: one sentence. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

export async function openEngine(wish: Wish, problem: Problem, platform: Platform): Promise<Choice> {
  if (wish.method !== 'auto' && wish.method !== 'direct') {
    throw new UnavailableError(`method = "${wish.method}" is not available in this version: choose "direct" or "auto"`);
  }
  if (wish.engine === 'cpu') return { engine: await createCpuEngine(problem, platform.cpu), why: 'asked for' };
  const found = await openGpu(wish, platform);
  if ('why' in found) return { engine: await createCpuEngine(problem, platform.cpu), why: found.why };
  const engine = await createWebGpuEngine(found.context, problem, { recordSpeed: platform.recordSpeed ?? false });
  return { engine, why: wish.engine === 'webgpu' ? 'asked for' : `WebGPU adapter ${engine.info.adapter}` };
}

async function openGpu({ engine }: Wish, platform: Platform): Promise<{ context: GpuContext } | { why: string }> {
  const { gpu, reason } = await platform.gpu();
  const refuse = (why: string): { why: string } => {
    if (engine === 'webgpu') throw new UnavailableError(`engine = "webgpu" cannot be used: ${why}; choose "cpu" or "auto"`);
    return { why };
  };
  if (!gpu) return refuse(reason);
  const context = (await openDevice(gpu).catch((error: Error) => error)) ?? new Error('WebGPU has no adapter here');
  if (context instanceof Error) return refuse(context.message);
  if (engine === 'auto' && context.software && !platform.autoTakesSoftware) {
    context.device.destroy();
    return { why: `the only WebGPU adapter is a software one (${context.adapter}), which is no faster than the CPU engine` };
  }
  return { context };
}
