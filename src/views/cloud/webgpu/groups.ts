/** What the pipelines of a picture are bound to. */
import { bindGroup } from '../../../gpu/pipeline.ts';
import type { Resources } from '../../../gpu/layout.ts';
import type { PicturePipelines } from './pipelines.ts';
import type { Drawn } from './portions.ts';

export interface Groups {
  readonly of: PicturePipelines;
  /** One of each buffer of particles. */
  readonly project: readonly GPUBindGroup[];
  readonly reduce: GPUBindGroup;
  readonly blur: GPUBindGroup;
  readonly expose: GPUBindGroup;
  readonly tone: GPUBindGroup;
}

/** `shared` are all resources beside the particles, by the names of the shaders' bindings. */
export function groupsOf(
  device: GPUDevice,
  of: PicturePipelines,
  shared: Resources,
  drawn: readonly Drawn[],
): Groups {
  const { project, reduce, blur, expose, tone } = of;
  return {
    of,
    project: drawn.map(({ theta, speed, portion }) =>
      bindGroup(device, project, { ...shared, theta, portion, ...(speed ? { speed } : {}) }),
    ),
    reduce: bindGroup(device, reduce, shared),
    blur: bindGroup(device, blur, shared),
    expose: bindGroup(device, expose, shared),
    tone: bindGroup(device, tone, shared),
  };
}
