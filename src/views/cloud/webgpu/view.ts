/**
 * The cloud straight from the engine's storage buffers: nothing of size n is copied or read back. Passes of a
 * picture: shaders/draw, from `project` to `tone`.
 */
import { Frame, TILE } from '../../../../shaders/draw/bindings.ts';
import type { ProjectOptions } from '../../../../shaders/draw/project.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import { ShaderError, type Pipeline } from '../../../gpu/pipeline.ts';
import type { Camera } from '../camera.ts';
import { footprint, type CloudOptions, type CloudView, type GpuSource } from '../cloud.ts';
import { areTurned, Directions, stretchOption } from './directions.ts';
import { CloudExposure } from './exposure.ts';
import { frameOf } from './frame.ts';
import { groupsOf, type Groups } from './groups.ts';
import { pipelinesOf, prepare, type PicturePipelines } from './pipelines.ts';
import { drawnOf, isSame, type Drawn } from './portions.ts';
import { mostPixels, Targets } from './targets.ts';
import { THEMES, type ThemeName } from '../../palette.ts';
import { createMap, openCanvas, paintOver, writeMap } from '../../webgpu.ts';

export interface CloudWebGpuOptions {
  /** A software adapter: fewer pixels, smaller footprints, at most 2^19 particles drawn (every k-th). */
  readonly software?: boolean;
}

/** Pixel updates a frame, and pixels of the picture, that a software adapter manages at a lively rate. */
const BUDGET = { hardware: 2.4e7, software: 1.6e6 };
const SOFTWARE_PIXELS = 360_000;
const SOFTWARE_PARTICLES = 2 ** 19;

export class CloudWebGpu implements CloudView<GpuSource> {
  onReady: () => void = () => undefined;
  isSeen = false;
  private readonly device: GPUDevice;
  private readonly context: GPUCanvasContext;
  private readonly frame: GPUBuffer;
  private readonly exposure: CloudExposure;
  private readonly map: GPUTexture;
  private readonly linear: GPUSampler;
  private mapTheme: ThemeName | null = null;
  private source: GpuSource | null = null;
  private particles: readonly Drawn[] = [];
  private directions: Directions | null = null;
  private targets: Targets | null = null;
  private groups: Groups | null = null;
  private dpr = 1;
  private every = 1;
  private destroyed = false;
  private preparing = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly gpu: GpuContext,
    private readonly options: CloudWebGpuOptions = {},
  ) {
    const { device } = gpu;
    this.device = device;
    this.context = openCanvas(canvas, device);
    this.frame = device.createBuffer({
      label: 'cloud frame',
      size: Frame.size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.exposure = new CloudExposure(device);
    this.map = createMap(device);
    this.linear = device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
  }

  setSource(source: GpuSource): void {
    if (this.destroyed || isSame(source, this.source)) return;
    this.source = source;
    this.every = this.options.software ? Math.ceil(source.n / SOFTWARE_PARTICLES) : 1;
    this.freeParticles();
    this.particles = drawnOf(this.device, source, this.every);
    this.directions = new Directions(this.device, 4 * source.stride);
    this.restart();
  }

  get drawn(): number {
    return this.source ? this.source.parts.reduce((sum, { n }) => sum + Math.ceil(n / this.every), 0) : 0;
  }

  get speedRange(): readonly [number, number] | null {
    return this.exposure.speedRange;
  }

  resize(width: number, height: number, dpr: number): void {
    const wanted = Math.max(1, width * dpr * height * dpr);
    const limit = this.options.software ? SOFTWARE_PIXELS : mostPixels(this.device);
    this.dpr = dpr * Math.min(1, Math.sqrt(limit / wanted));
    const side = (css: number): number =>
      Math.min(this.device.limits.maxTextureDimension2D, Math.max(1, Math.floor(css * this.dpr)));
    this.canvas.width = side(width);
    this.canvas.height = side(height);
    this.freeTargets();
    this.restart();
  }

  async ready(options: CloudOptions): Promise<void> {
    await prepare(this.gpu, this.projection(options));
  }

  draw(camera: Camera, options: CloudOptions): void {
    if (!this.source || this.destroyed) return;
    const projection = this.projection(options);
    const pipelines = pipelinesOf(this.gpu, projection);
    if (!pipelines) return this.drawLater(options);
    const { bySpeed } = projection;
    const { drawn } = this;
    this.targets ??= new Targets(this.device, this.canvas.width, this.canvas.height);
    const groups = this.groupsFor(pipelines, this.targets);
    const frame = frameOf({ camera, options, bySpeed, drawn, radius: this.radius() }, this.targets);
    this.device.queue.writeBuffer(this.frame, 0, frame);
    if (projection.turned) this.directions?.write(options.axes);
    this.writeMap(options.theme);
    const encoder = this.device.createCommandEncoder({ label: 'cloud' });
    this.encode(encoder, groups, this.targets);
    // colours come of the range of speeds that the picture before has measured
    if (options.still && bySpeed) this.encode(encoder, groups, this.targets);
    const measured = bySpeed ? this.exposure.measure(encoder) : null;
    this.device.queue.submit([encoder.finish()]);
    this.isSeen = true;
    measured?.();
  }

  destroy(): void {
    this.destroyed = true;
    this.freeTargets();
    this.freeParticles();
    for (const resource of [this.frame, this.exposure, this.map]) resource.destroy();
    this.context.unconfigure();
  }

  private encode(encoder: GPUCommandEncoder, groups: Groups, { pixels, across, down }: Targets): void {
    const { project, reduce, blur, expose, tone } = groups.of;
    encoder.clearBuffer(pixels);
    const compute = encoder.beginComputePass();
    const dispatch = ({ pipeline }: Pipeline, group: GPUBindGroup, x: number, y = 1): void => {
      compute.setPipeline(pipeline);
      compute.setBindGroup(0, group);
      compute.dispatchWorkgroups(x, y);
    };
    for (const [k, { workgroups }] of this.particles.entries())
      dispatch(project, groups.project[k], ...workgroups);
    const [x, y] = [across, down].map((cells) => Math.ceil(cells / TILE));
    dispatch(reduce, groups.reduce, x, y);
    dispatch(blur, groups.blur, x, y);
    dispatch(expose, groups.expose, 1);
    compute.end();
    paintOver(encoder, this.context, tone, groups.tone);
  }

  /** Of a particle, in pixels; 0: a point. */
  private radius(): number {
    return footprint(this.drawn, this.dpr, this.options.software ? BUDGET.software : BUDGET.hardware);
  }

  private projection({ colour, axes }: CloudOptions): ProjectOptions {
    return {
      turned: areTurned(axes),
      stretch: stretchOption(axes),
      discs: this.radius() > 0,
      bySpeed: colour === 'speed' && (this.source?.parts[0].speed ?? null) !== null,
    };
  }

  private drawLater(options: CloudOptions): void {
    if (this.preparing) return;
    this.preparing = true;
    const done = (): void => {
      this.preparing = false;
      if (!this.destroyed) this.onReady();
    };
    // Of a lost device the engine tells; anything else is a mistake in a shader.
    this.ready(options).then(
      done,
      (error: unknown) => void (error instanceof ShaderError && reportError(error)),
    );
  }

  private groupsFor(pipelines: PicturePipelines, { pixels, cells, halo }: Targets): Groups {
    if (this.groups?.of === pipelines) return this.groups;
    const { exposure, densities, speeds } = this.exposure;
    const { frame, linear } = this;
    const [haloView, map] = [halo, this.map].map((texture) => texture.createView());
    const directions = this.directions!.buffer;
    const shared = {
      frame,
      pixels,
      cells,
      halo: haloView,
      exposure,
      densities,
      speeds,
      map,
      linear,
      directions,
    };
    this.groups = groupsOf(this.device, pipelines, shared, this.particles);
    return this.groups;
  }

  private writeMap(theme: ThemeName): void {
    if (this.mapTheme === theme) return;
    this.mapTheme = theme;
    writeMap(this.device, this.map, THEMES[theme].mapRange);
  }

  /** New bindings, and an exposure of another picture. */
  private restart(): void {
    this.groups = null;
    if (!this.destroyed) this.exposure.restart();
  }

  private freeParticles(): void {
    for (const { portion } of this.particles) portion.destroy();
    this.directions?.buffer.destroy();
    this.particles = [];
  }

  private freeTargets(): void {
    this.targets?.destroy();
    this.targets = null;
    this.groups = null;
  }
}
