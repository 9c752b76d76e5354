/** The buffers of one owner: allocated together, all of them or none, and freed together. */
import { roundUp } from './layout.ts';
import type { GpuContext } from './device.ts';

export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';
}

export interface BufferSpec {
  /** Bytes; rounded up to a multiple of 16, at least 16. */
  readonly size: number;
  readonly usage: GPUBufferUsageFlags;
}

export class Memory {
  private readonly buffers: GPUBuffer[] = [];

  constructor(readonly context: GpuContext) {}

  async allocate<K extends string>(specs: Readonly<Record<K, BufferSpec>>): Promise<Record<K, GPUBuffer>> {
    const { device } = this.context;
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const made = {} as Record<K, GPUBuffer>;
    for (const label of Object.keys(specs) as K[]) {
      const { size, usage } = specs[label];
      made[label] = this.context.createBuffer({ label, size: roundUp(Math.max(size, 1), 16), usage });
      this.buffers.push(made[label]);
    }
    const scopes = [device.popErrorScope(), device.popErrorScope()];
    const error = (await this.context.guard(Promise.all(scopes))).find((found) => found !== null);
    if (error) throw new GpuMemoryError(error.message);
    return made;
  }

  /** A uniform buffer that holds these bytes until the host writes others. */
  constant(label: string, bytes: GPUAllowSharedBufferSource): GPUBuffer {
    const { device } = this.context;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = this.context.createBuffer({ label, size: roundUp(bytes.byteLength, 16), usage });
    this.buffers.push(buffer);
    device.queue.writeBuffer(buffer, 0, bytes);
    return buffer;
  }

  destroy(): void {
    for (const buffer of this.buffers.splice(0)) buffer.destroy();
  }
}
