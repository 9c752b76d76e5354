/** The pipelines of the cloud's picture: compiled without blocking when one is first needed, for all views of a device. */
import { blur } from '../../../../shaders/draw/blur.ts';
import { expose } from '../../../../shaders/draw/expose.ts';
import { project, type ProjectOptions } from '../../../../shaders/draw/project.ts';
import { reduce } from '../../../../shaders/draw/reduce.ts';
import { tone } from '../../../../shaders/draw/tone.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import { compile, compilePaint, type PaintPipeline, type Pipeline } from '../../../gpu/pipeline.ts';
import { canvasFormat } from '../../webgpu.ts';

/** In the order in which they make a picture. */
export interface PicturePipelines {
  readonly project: Pipeline;
  readonly reduce: Pipeline;
  readonly blur: Pipeline;
  readonly expose: Pipeline;
  readonly tone: PaintPipeline;
}

/** By device and the projection's name. */
const made = new WeakMap<GPUDevice, Map<string, PicturePipelines>>();
const nameOf = ({ discs, bySpeed, turned, stretch }: ProjectOptions): string =>
  `${discs} ${bySpeed} ${turned} ${stretch}`;

/** Null until `prepare` is done. */
export function pipelinesOf({ device }: GpuContext, options: ProjectOptions): PicturePipelines | null {
  return made.get(device)?.get(nameOf(options)) ?? null;
}

/** Compiles what a picture takes. */
export async function prepare(gpu: GpuContext, options: ProjectOptions): Promise<void> {
  if (pipelinesOf(gpu, options)) return;
  const shaders = [project(options), reduce(), blur(), expose()];
  const [painting, ...computing] = await Promise.all([
    compilePaint(gpu, tone(), canvasFormat()),
    ...shaders.map((shader) => compile(gpu, shader)),
  ]);
  const [projecting, reducing, blurring, exposing] = computing;
  const ours = made.get(gpu.device) ?? new Map<string, PicturePipelines>();
  made.set(gpu.device, ours);
  if (ours.has(nameOf(options))) return; // who prepared it at the same time was first
  ours.set(nameOf(options), {
    project: projecting,
    reduce: reducing,
    blur: blurring,
    expose: exposing,
    tone: painting,
  });
}
