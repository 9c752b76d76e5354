/** Bytes from the GPU to the host, through a pool of staging buffers, each read counted. */
import type { GpuContext } from './device.ts';

export interface Span {
  readonly buffer: GPUBuffer;
  /** Bytes, multiples of 4. */
  readonly offset: number;
  readonly size: number;
}

const SMALLEST = 256;
/** Larger staging buffers are freed after use. */
const LARGEST_KEPT = 2 ** 20;
/** Of each size so many wait for the next read: a burst of reads leaves no more behind. */
const KEPT = 2;

export class Readback {
  /** Bytes read back so far. */
  bytes = 0;
  private readonly idle = new Map<number, GPUBuffer[]>();

  constructor(private readonly context: GpuContext) {}

  /** The spans' bytes one after the other, as they are once everything submitted so far is done. */
  async read(spans: readonly Span[]): Promise<ArrayBuffer> {
    const size = spans.reduce((sum, span) => sum + span.size, 0);
    const staging = this.take(size);
    const encoder = this.context.device.createCommandEncoder();
    let end = 0;
    for (const { buffer, offset, size: length } of spans) {
      encoder.copyBufferToBuffer(buffer, offset, staging, end, length);
      end += length;
    }
    this.context.device.queue.submit([encoder.finish()]);
    try {
      await this.context.guard(staging.mapAsync(GPUMapMode.READ, 0, size));
    } catch (error) {
      staging.destroy();
      throw error;
    }
    const copy = staging.getMappedRange(0, size).slice(0);
    staging.unmap();
    this.bytes += size;
    this.put(staging);
    return copy;
  }

  destroy(): void {
    for (const buffer of [...this.idle.values()].flat()) buffer.destroy();
    this.idle.clear();
  }

  private take(size: number): GPUBuffer {
    const capacity = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(size)));
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const exact = capacity > LARGEST_KEPT ? Math.ceil(size / 4) * 4 : capacity;
    return (
      this.idle.get(capacity)?.pop() ?? this.context.createBuffer({ label: 'staging', size: exact, usage })
    );
  }

  private put(buffer: GPUBuffer): void {
    const idle = this.idle.get(buffer.size) ?? [];
    if (buffer.size > LARGEST_KEPT || idle.length === KEPT) return buffer.destroy();
    this.idle.set(buffer.size, [...idle, buffer]);
  }
}
