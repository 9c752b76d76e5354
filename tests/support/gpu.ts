/**
 * The GPU of the tests in Node: Dawn on whatever adapter there is. Without one the tests fail; they are never
 * skipped.
 */
import { openDawn } from '../../src/cli/machine/dawn.ts';
import { openDevice } from '../../src/gpu/device.ts';
import type { GpuContext } from '../../src/gpu/device.ts';

export async function openGpu(limits: Record<string, number> = {}): Promise<GpuContext> {
  const { gpu, reason } = await openDawn();
  const context = gpu && (await openDevice(gpu, limits));
  if (!context) throw new Error(`the GPU engine cannot be tested here: ${reason}`);
  return context;
}
