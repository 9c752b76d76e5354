/** Paints f straight from a GPU buffer of k × k f32: nothing is read back. */
import { field, FieldFrame } from '../../../shaders/draw/field.ts';
import type { GpuContext } from '../../gpu/device.ts';
import { bindGroup, compilePaint, type PaintPipeline } from '../../gpu/pipeline.ts';
import type { FieldPainter } from './field.ts';
import type { ThemeName } from '../palette.ts';
import type { Range } from '../plots/frame.ts';
import { canvasFormat, createMap, openCanvas, paintOver, writeMap } from '../webgpu.ts';

/** What painters on a device paint with. */
export const prepareField = (gpu: GpuContext): Promise<PaintPipeline> =>
  compilePaint(gpu, field(), canvasFormat());

export class FieldWebGpu implements FieldPainter<GPUBuffer> {
  private readonly context: GPUCanvasContext;
  private readonly frame: GPUBuffer;
  private readonly map: GPUTexture;
  private bound: { grid: GPUBuffer; group: GPUBindGroup } | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly device: GPUDevice,
    private readonly pipeline: PaintPipeline,
  ) {
    this.context = openCanvas(canvas, device);
    this.frame = device.createBuffer({
      label: 'field frame',
      size: FieldFrame.size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.map = createMap(device);
    writeMap(device, this.map);
  }

  paint(
    grid: GPUBuffer,
    k: number,
    [low, high]: Range,
    _theme: ThemeName,
    [width, height]: readonly [number, number],
  ): void {
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    const frame = FieldFrame.pack({ size: [width, height], low, per: 1 / (high - low), k });
    this.device.queue.writeBuffer(this.frame, 0, frame);
    if (this.bound?.grid !== grid) this.bound = { grid, group: this.bind(grid) };
    const encoder = this.device.createCommandEncoder({ label: 'field' });
    paintOver(encoder, this.context, this.pipeline, this.bound.group);
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.frame.destroy();
    this.map.destroy();
    this.bound = null;
    this.context.unconfigure();
  }

  private bind(f: GPUBuffer): GPUBindGroup {
    return bindGroup(this.device, this.pipeline, { frame: this.frame, f, map: this.map.createView() });
  }
}
