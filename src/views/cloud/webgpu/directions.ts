/** Axes that are directions, as the weights of each number of a particle: x, y, z, and 1 where its square counts for the stretch. */
import type { ProjectOptions } from '../../../../shaders/draw/project.ts';
import type { Axes, Axis, Stretch } from '../cloud.ts';

/** Whether they are more than components. */
export const areTurned = (axes: Axes): boolean => axes.some((axis) => typeof axis !== 'number');

/** That of all of them. */
const stretchOf = (axes: Axes): Stretch | null =>
  axes.map((axis) => (typeof axis === 'number' ? null : axis.stretch)).find((stretch) => stretch) ?? null;

/** As the shader has it. */
export function stretchOption(axes: Axes): ProjectOptions['stretch'] {
  const stretch = stretchOf(axes);
  return stretch && (stretch.within.length === 0 ? 'times' : 'to');
}

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
      size: 4 * Float32Array.BYTES_PER_ELEMENT * width,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  write(axes: Axes): void {
    if (axes === this.written) return;
    this.written = axes;
    const of = stretchOf(axes)?.of ?? [];
    const weights = Array.from({ length: this.width }, (_, k) => [
      ...axes.map((axis) => weightOf(axis, k)),
      Number(of.includes(k)),
    ]);
    this.device.queue.writeBuffer(this.buffer, 0, Float32Array.from(weights.flat()));
  }
}
