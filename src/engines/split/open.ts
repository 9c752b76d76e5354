/** One run on several adapters: the particles in shards, dealt out like cards. */
import type { GpuContext } from '../../gpu/device.ts';
import { keptDevice } from '../../gpu/kept-device.ts';
import type { Method, Problem } from '../engine.ts';
import type { Choice } from '../select.ts';
import { UnavailableError } from '../unavailable.ts';
import { createWebGpuEngine } from '../webgpu/opening/open.ts';
import { openSplit, splitFault } from './engine.ts';

/** Rejects with an UnavailableError where one has no adapter, or they cannot share it. */
export async function openShared(
  method: Method | 'auto',
  problem: Problem,
  gpus: readonly GPU[],
): Promise<Choice> {
  const contexts: GpuContext[] = [];
  for (const gpu of gpus) {
    const context = await keptDevice(gpu);
    if (!context) throw new UnavailableError('one of the adapters is gone: give those of mckean doctor');
    contexts.push(context);
  }
  return openOn(contexts, method, problem);
}

/** The same on devices that are open. */
export async function openOn(
  contexts: readonly GpuContext[],
  method: Method | 'auto',
  problem: Problem,
): Promise<Choice> {
  const direct = method === 'auto' || method === 'direct';
  const fault = direct ? splitFault(problem) : `method = "${method}" has one grid or circle for all particles`;
  if (fault !== null)
    throw new UnavailableError(`${contexts.length} adapters cannot share this run, ${fault}: give one adapter`);
  const engine = await openSplit(
    problem,
    (shard, k) =>
      createWebGpuEngine(contexts[k % contexts.length], shard, { method: 'direct', recordSpeed: false }),
    ` on ${contexts.length} adapters`,
  );
  const reason = `${contexts.length} adapters share the particles`;
  return { engine, why: `${reason}; direct sums`, reason };
}
