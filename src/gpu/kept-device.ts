/**
 * One device for all who compute: the first who asks opens it, the others get the same, with the pipelines that
 * are compiled for it. A driver grants a process some 64 devices, and each would compile everything anew.
 */
import { GpuHung, openDevice, type GpuContext } from './device.ts';
import { LateError } from './watchdog.ts';

/** By WebGPU's entry point. Each call waits for the one before it: who asks at the same time gets the same. */
const kept = new WeakMap<GPU, Promise<GpuContext | null>>();

/** Of those that did not answer: whoever asks again would wait again. */
const silent = new WeakMap<GPU, Error>();

/**
 * The device of everyone, or null where there is no adapter. It is nobody's to destroy; one that has failed is
 * replaced, unless it no longer answers: that is the end of it, until the page or the process begins anew.
 */
export function keptDevice(gpu: GPU): Promise<GpuContext | null> {
  const before = kept.get(gpu) ?? Promise.resolve(null);
  const now = before.catch(() => null).then((found) => (found && !found.failed ? found : replaced(gpu, found)));
  kept.set(gpu, now);
  return now;
}

async function replaced(gpu: GPU, failed: GpuContext | null): Promise<GpuContext | null> {
  if (failed?.failed instanceof GpuHung) silent.set(gpu, failed.failed);
  const refusal = silent.get(gpu);
  if (refusal) throw refusal;
  failed?.device.destroy(); // a faulty one is not gone: its memory, and its place with the driver
  return openDevice(gpu).catch((error: unknown) => {
    if (error instanceof LateError) silent.set(gpu, error);
    throw error;
  });
}
