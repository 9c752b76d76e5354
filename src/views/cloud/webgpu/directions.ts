/** Axes that are directions, as the weights of each number of a particle: three at a time, x, y and z. */
import type { Axes, Axis } from '../cloud.ts';

/** Whether they are more than components. */
export const areTurned = (axes: Axes): boolean => axes.some((axis) => typeof axis !== 'number');

/** Of the number at `k` in a row. */
const weightOf = (axis: Axis, k: number): number =>
  typeof axis === 'number' ? Number(axis === k) : (axis.weights[k] ?? 0);

export class Directions {
  readonly buffer: GPUBuffer;
  private written: Axes | null = null;

  /** Of particles of `width` numbers, those behind the last of a row included. */
  constructor(
    private readonly device: GPUDevice,
    private readonly width: number,
  ) {
    this.buffer = device.createBuffer({
      label: 'cloud directions',
      size: 3 * Float32Array.BYTES_PER_ELEMENT * width,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  write(axes: Axes): void {
    if (axes === this.written) return;
    this.written = axes;
    const weights = Float32Array.from({ length: 3 * this.width }, (_, i) =>
      weightOf(axes[i % 3], Math.floor(i / 3)),
    );
    this.device.queue.writeBuffer(this.buffer, 0, weights);
  }
}
