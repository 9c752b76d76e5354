import { GpuHung, GpuLost, type GpuContext } from '../../gpu/device.ts';
import { GpuMemoryError } from '../../gpu/memory.ts';
import { CapacityError, DeviceLostError } from '../engine.ts';

/** The plumbing's errors in the words of the engines' contract. */
export function engineError(error: unknown): unknown {
  if (error instanceof GpuLost) return new DeviceLostError(error.message, 'GPU', error instanceof GpuHung);
  if (error instanceof GpuMemoryError)
    return new CapacityError(`the GPU's memory is too small: ${error.message}; choose a smaller n`);
  return error;
}

/** Why the device is gone, once it is. */
export async function lossOf(gpu: GpuContext): Promise<DeviceLostError> {
  await gpu.device.lost;
  const reason = engineError(gpu.failed);
  return reason instanceof DeviceLostError ? reason : new DeviceLostError(String(reason));
}
