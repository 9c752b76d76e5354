/** The cloud straight from the engine's storage buffers: nothing of size n is copied or read back. */
import type { Camera } from './camera.ts';
import { footprint, haloShare, knee } from './cloud.ts';
import type { CloudOptions, CloudView, GpuSource } from './cloud.ts';
import { CloudPipelines } from './pipelines.ts';
import type { Projection } from './pipelines.ts';
import { CELL, FRAME_BYTES, LINE, STATS_BYTES, TILE } from './wgsl.ts';
import { lookupTable, parseRgb, THEMES } from '../palette.ts';
import type { ThemeName } from '../palette.ts';

export interface CloudWebGpuOptions {
  /** A software adapter: fewer pixels, smaller footprints, at most 2^19 particles drawn (every k-th). */
  readonly software?: boolean;
}

/** Everything whose size follows the canvas. */
interface Targets {
  readonly width: number;
  readonly height: number;
  readonly pixels: GPUBuffer;
  readonly cells: GPUBuffer;
  readonly halo: GPUTexture;
}

const MAX_WORKGROUPS = 65535;
/** Pixel updates a frame, and pixels of the picture, that a software adapter manages at a lively rate. */
const BUDGET = { hardware: 2.4e7, software: 1.6e6 };
const SOFTWARE_PIXELS = 360_000;
const SOFTWARE_PARTICLES = 2 ** 19;
/** Share of the newest frame in the running white point: the exposure follows, and does not flicker. */
const BLEND = 0.15;
const MEASURE_EVERY_MS = 500;

export class CloudWebGpu implements CloudView<GpuSource> {
  onReady: () => void = () => undefined;
  speedRange: readonly [number, number] | null = null;
  private readonly context: GPUCanvasContext;
  private readonly pipelines: CloudPipelines;
  /** The frame, once a part of the source. */
  private readonly uniforms: GPUBuffer[] = [];
  private readonly stats: GPUBuffer;
  private readonly reading: GPUBuffer;
  private readonly noSpeed: GPUBuffer;
  private readonly map: GPUTexture;
  private readonly linear: GPUSampler;
  private readonly frame = new ArrayBuffer(FRAME_BYTES);
  private mapTheme: ThemeName | null = null;
  private hued: { readonly theme: ThemeName | null; readonly hues: readonly number[] } = {
    theme: null,
    hues: [],
  };
  private source: GpuSource | null = null;
  private targets: Targets | null = null;
  private groups: { compute: GPUBindGroup[]; tone: GPUBindGroup } | null = null;
  private dpr = 1;
  private every = 1;
  private measured = -Infinity;
  private destroyed = false;
  private preparing = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly device: GPUDevice,
    private readonly options: CloudWebGpuOptions = {},
  ) {
    const context = canvas.getContext('webgpu');
    if (!context) throw new Error('this canvas gives no WebGPU context');
    const format = navigator.gpu.getPreferredCanvasFormat();
    context.configure({ device, format, alphaMode: 'opaque' });
    this.context = context;
    this.pipelines = CloudPipelines.of(device);
    const buffer = (label: string, size: number, usage: number): GPUBuffer =>
      device.createBuffer({ label: `cloud ${label}`, size, usage });
    this.stats = buffer(
      'stats',
      STATS_BYTES,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    );
    this.reading = buffer('reading', 16, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    this.noSpeed = buffer('no speed', 16, GPUBufferUsage.STORAGE);
    this.map = device.createTexture({
      label: 'cloud colour map',
      size: [256, 1],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.linear = device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
  }

  setSource(source: GpuSource): void {
    const old = this.source?.parts ?? [];
    const same =
      source.parts.length === old.length &&
      source.parts.every(
        ({ theta, speed, n }, k) => theta === old[k].theta && speed === old[k].speed && n === old[k].n,
      );
    this.source = source;
    this.every = this.options.software ? Math.ceil(source.n / SOFTWARE_PARTICLES) : 1;
    if (!same) this.restart();
  }

  get drawn(): number {
    return this.source ? this.source.parts.reduce((sum, { n }) => sum + Math.ceil(n / this.every), 0) : 0;
  }

  resize(width: number, height: number, dpr: number): void {
    const wanted = Math.max(1, width * dpr * height * dpr);
    const limit = this.options.software ? SOFTWARE_PIXELS : this.device.limits.maxStorageBufferBindingSize / 8;
    this.dpr = dpr * Math.min(1, Math.sqrt(limit / wanted));
    const side = (css: number): number =>
      Math.min(this.device.limits.maxTextureDimension2D, Math.max(1, Math.floor(css * this.dpr)));
    this.canvas.width = side(width);
    this.canvas.height = side(height);
    this.freeTargets();
    this.restart();
  }

  async ready(options: CloudOptions): Promise<void> {
    await this.pipelines.prepare(this.projection(options));
  }

  draw(camera: Camera, options: CloudOptions): void {
    if (!this.source || this.destroyed) return;
    const projection = this.projection(options);
    const pipelines = this.pipelines.get(projection);
    if (!pipelines) return this.drawLater(options);
    this.targets ??= this.createTargets(this.canvas.width, this.canvas.height);
    const targets = this.targets;
    this.groups ??= this.createGroups(this.source, targets);
    this.writeUniforms(this.source, targets, this.radius(), projection.bySpeed, camera, options);
    this.writeMap(options.theme);

    const encoder = this.device.createCommandEncoder({ label: 'cloud' });
    encoder.clearBuffer(targets.pixels);
    const compute = encoder.beginComputePass();
    const dispatch = (pipeline: GPUComputePipeline, x: number, y = 1): void => {
      compute.setPipeline(pipeline);
      compute.dispatchWorkgroups(x, y);
    };
    for (const [k, { n }] of this.source.parts.entries()) {
      const lines = Math.ceil(n / this.every / LINE);
      const rows = Math.ceil(lines / MAX_WORKGROUPS);
      compute.setBindGroup(0, this.groups.compute[k]);
      dispatch(pipelines.project, Math.ceil(lines / rows), rows);
    }
    const tiles = [targets.width, targets.height].map((side) => Math.ceil(side / (CELL * TILE)));
    dispatch(pipelines.reduce, tiles[0], tiles[1]);
    dispatch(pipelines.blur, tiles[0], tiles[1]);
    dispatch(pipelines.expose, 1);
    compute.end();

    const view = this.context.getCurrentTexture().createView();
    const render = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
    render.setPipeline(pipelines.tone);
    render.setBindGroup(0, this.groups.tone);
    render.draw(3);
    render.end();
    const measure = projection.bySpeed && this.reading.mapState === 'unmapped' && this.measureIsDue();
    if (measure) encoder.copyBufferToBuffer(this.stats, 0, this.reading, 0, 16);
    this.device.queue.submit([encoder.finish()]);
    if (measure) void this.readSpeedRange();
  }

  destroy(): void {
    this.destroyed = true;
    this.freeTargets();
    for (const resource of [...this.uniforms, this.stats, this.reading, this.noSpeed, this.map])
      resource.destroy();
    this.context.unconfigure();
  }

  /** Of a particle, in pixels; 0: a point. */
  private radius(): number {
    return footprint(this.drawn, this.dpr, this.options.software ? BUDGET.software : BUDGET.hardware);
  }

  private projection({ colour }: CloudOptions): Projection {
    return {
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
      (error: unknown) =>
        void (error instanceof GPUPipelineError && error.reason === 'validation' && reportError(error)),
    );
  }

  private createTargets(width: number, height: number): Targets {
    const [across, down] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    return {
      width,
      height,
      pixels: this.device.createBuffer({ label: 'cloud pixels', size: width * height * 8, usage }),
      cells: this.device.createBuffer({ label: 'cloud cells', size: across * down * 8, usage }),
      halo: this.device.createTexture({
        label: 'cloud halo',
        size: [across, down],
        format: 'rgba16float',
        usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING,
      }),
    };
  }

  private createGroups(source: GpuSource, targets: Targets): { compute: GPUBindGroup[]; tone: GPUBindGroup } {
    const bind = (layout: GPUBindGroupLayout, resources: readonly GPUBindingResource[]): GPUBindGroup =>
      this.device.createBindGroup({
        layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
    const whole = (buffer: GPUBuffer): GPUBufferBinding => ({ buffer });
    const { uniforms, stats, noSpeed, map, linear } = this;
    const halo = targets.halo.createView();
    while (uniforms.length < source.parts.length) {
      uniforms.push(
        this.device.createBuffer({
          label: 'cloud uniforms',
          size: FRAME_BYTES,
          usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
        }),
      );
    }
    return {
      compute: source.parts.map(({ theta, speed }, k) =>
        bind(this.pipelines.computeLayout, [
          ...[uniforms[k], theta, speed ?? noSpeed, targets.pixels, targets.cells, stats].map(whole),
          halo,
        ]),
      ),
      tone: bind(this.pipelines.toneLayout, [
        ...[uniforms[0], targets.pixels, stats].map(whole),
        halo,
        map.createView(),
        linear,
      ]),
    };
  }

  private writeUniforms(
    source: GpuSource,
    targets: Targets,
    radius: number,
    bySpeed: boolean,
    camera: Camera,
    options: CloudOptions,
  ): void {
    // All particles in one pixel, each up to 1.8² times as bright, must still fit in a u32.
    const unit = Math.min(256, Math.max(1, Math.floor(2 ** 32 / (3.3 * this.drawn))));
    const bend = knee(this.drawn, radius);
    const floats = [
      ...camera.matrix(targets.width / targets.height),
      ...[targets.width, targets.height, Math.ceil(targets.width / CELL), Math.ceil(targets.height / CELL)],
      ...[radius, unit, haloShare(this.drawn), options.gain ?? 1],
      ...[bend, bend * 12, BLEND, 0],
      ...this.hues(options.theme),
    ];
    new Float32Array(this.frame).set(floats);
    for (const [k, { n }] of source.parts.entries()) {
      new Int32Array(this.frame, floats.length * 4).set([
        ...options.axes,
        bySpeed ? 1 : 0,
        Math.ceil(n / this.every),
        source.stride * 4,
        this.every,
      ]);
      this.device.queue.writeBuffer(this.uniforms[k], 0, this.frame);
    }
  }

  private hues(theme: ThemeName): readonly number[] {
    if (this.hued.theme === theme) return this.hued.hues;
    const { ground, positive, positivePeak, negative, negativePeak, mixed } = THEMES[theme];
    this.hued = {
      theme,
      hues: [ground, positive, positivePeak, negative, negativePeak, mixed].flatMap((colour) => [
        ...parseRgb(colour),
        1,
      ]),
    };
    return this.hued.hues;
  }

  private writeMap(theme: ThemeName): void {
    if (this.mapTheme === theme) return;
    this.mapTheme = theme;
    this.device.queue.writeTexture(
      { texture: this.map },
      lookupTable('viridis', THEMES[theme].mapRange),
      {},
      [256, 1],
    );
  }

  private measureIsDue(): boolean {
    const now = performance.now();
    if (now - this.measured < MEASURE_EVERY_MS) return false;
    this.measured = now;
    return true;
  }

  private async readSpeedRange(): Promise<void> {
    try {
      await this.reading.mapAsync(GPUMapMode.READ);
      const [, low, high] = new Float32Array(this.reading.getMappedRange());
      this.reading.unmap();
      if (high > 0) this.speedRange = [low, high];
    } catch {
      // The device went away or the view was destroyed: the legend keeps its last numbers.
    }
  }

  /** New bindings, and an exposure that starts afresh instead of fading over from another picture. */
  private restart(): void {
    this.groups = null;
    if (!this.destroyed) this.device.queue.writeBuffer(this.stats, 0, new Uint32Array(STATS_BYTES / 4));
  }

  private freeTargets(): void {
    this.targets?.pixels.destroy();
    this.targets?.cells.destroy();
    this.targets?.halo.destroy();
    this.targets = null;
    this.groups = null;
  }
}
