/** Which particles are drawn, a buffer of them at a time. */
import { Portion } from '../../../../shaders/draw/bindings.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import type { GpuSource } from '../cloud.ts';

const MAX_WORKGROUPS = 65535;

/** Of one buffer. */
export interface Drawn {
  readonly theta: GPUBuffer;
  readonly speed: GPUBuffer | null;
  readonly portion: GPUBuffer;
  /** Workgroups that project it, in two dimensions: one dimension does not hold them all. */
  readonly workgroups: readonly [number, number];
}

/** Each one of `every` particles. */
export const drawnOf = (device: GPUDevice, source: GpuSource, every: number): Drawn[] =>
  source.parts.map(({ theta, speed, n }) => {
    const drawn = Math.ceil(n / every);
    const lines = Math.ceil(drawn / WORKGROUP);
    const rows = Math.ceil(lines / MAX_WORKGROUPS);
    const portion = device.createBuffer({
      label: 'cloud portion',
      size: Portion.size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(portion, 0, Portion.pack({ drawn, every, width: source.stride * 4 }));
    return { theta, speed, portion, workgroups: [Math.ceil(lines / rows), rows] };
  });

export function isSame(a: GpuSource, b: GpuSource | null): boolean {
  return (
    a.n === b?.n &&
    a.stride === b.stride &&
    a.parts.length === b.parts.length &&
    a.parts.every(({ theta, speed, n }, k) => {
      const other = b.parts[k];
      return theta === other.theta && speed === other.speed && n === other.n;
    })
  );
}
