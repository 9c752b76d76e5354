/** The cloud through WebGL, for browsers without WebGPU. The only file that knows regl. */
import createREGL from 'regl';
import type { DefaultContext, DrawCommand, DynamicVariable, Framebuffer2D, Regl, Texture2D, Uniform } from 'regl';
import type { Buffer as VertexBuffer } from 'regl';
import type { Camera } from './camera.ts';
import { footprint, haloShare, knee } from './cloud.ts';
import type { ArraySource, CloudOptions, CloudView } from './cloud.ts';
import { Density } from './cloud-density.ts';
import { blurFragment, CELL, coverVertex, reduceFragment, splatFragment, splatVertex, toneFragment } from './cloud-glsl.ts';
import { Packer } from './cloud-particles.ts';
import type { Particles } from './cloud-particles.ts';
import { lookupTable, parseRgb, THEMES } from './palette.ts';
import type { ThemeName } from './palette.ts';

/** Pixels of the picture and pixel updates a frame. */
const LIMITS = {
  hardware: { pixels: 1_500_000, budget: 8e6 },
  software: { pixels: 220_000, budget: 5e5 },
} as const;
/** Particles and pixels along x from which the exposure is estimated. */
const SAMPLE = 16_384;
const SAMPLE_WIDTH = 320;
/** Milliseconds for which the exposure holds while the view stands still. */
const EXPOSURE = 500;

/** What changes from draw to draw. */
type Props = Record<string, number | number[] | Float32Array>;
type Command = DrawCommand<DefaultContext, Props>;
type Uniforms = Record<string, Framebuffer2D | Texture2D | DynamicVariable<Uniform>>;

/** What lives on the GPU and dies with its context. */
interface Scene {
  readonly regl: Regl;
  readonly vertices: VertexBuffer;
  readonly map: Texture2D;
  readonly pixels: Framebuffer2D;
  readonly cells: Framebuffer2D;
  readonly halo: Framebuffer2D;
  readonly splat: Command;
  readonly reduce: Command;
  readonly blur: Command;
  readonly tone: Command;
  /** Weight of one particle in a pixel: 1 in floating point, less where 8 bits must hold the sum. */
  readonly unit: number;
  readonly software: boolean;
}

export class CloudRegl implements CloudView<ArraySource> {
  private readonly packer = new Packer();
  private readonly events = new AbortController();
  private scene: Scene | null;
  private particles: Particles | null = null;
  private uploaded: Particles | null = null;
  private mapTheme: ThemeName | null = null;
  private dpr = 1;
  private sample: Density | null = null;
  private exposure = { white: 1, view: '', until: -Infinity };

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.scene = createScene(canvas);
    const { signal } = this.events;
    canvas.addEventListener('webglcontextlost', (event) => this.lose(event), { signal });
    canvas.addEventListener('webglcontextrestored', () => this.restore(), { signal });
  }

  /** True when no real GPU draws: the picture is coarser then, and the 2-D canvas may be the faster view. */
  get software(): boolean {
    return this.scene?.software ?? false;
  }

  get drawn(): number {
    return this.particles?.n ?? 0;
  }

  get speedRange(): readonly [number, number] | null {
    return this.particles?.speedRange ?? null;
  }

  setSource(source: ArraySource): void {
    this.packer.setSource(source);
  }

  resize(width: number, height: number, dpr: number): void {
    this.dpr = dpr * Math.min(1, Math.sqrt(this.limits.pixels / Math.max(1, width * height * dpr * dpr)));
    this.canvas.width = Math.max(1, Math.floor(width * this.dpr));
    this.canvas.height = Math.max(1, Math.floor(height * this.dpr));
    if (this.scene) fit(this.scene, this.canvas);
  }

  draw(camera: Camera, options: CloudOptions): void {
    const { particles, changed } = this.packer.pack(options);
    this.particles = particles;
    if (!particles || !this.scene) return;
    const scene = this.scene;
    if (changed || this.uploaded !== particles) scene.vertices({ data: particles.packed, usage: 'dynamic' });
    this.uploaded = particles;
    if (this.mapTheme !== options.theme) {
      this.mapTheme = options.theme;
      scene.map({ ...MAP, data: lookupTable('viridis', THEMES[options.theme].mapRange) });
    }
    const { width, height } = this.canvas;
    const matrix = camera.matrix(width / height);
    const radius = footprint(particles.n, this.dpr, this.limits.budget);
    const cells = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
    const bend = knee(particles.n, radius);
    const shared = { unit: scene.unit, bySpeed: particles.bySpeed ? 1 : 0 };
    scene.regl.poll();
    scene.regl.clear({ framebuffer: scene.pixels, color: [0, 0, 0, 0] });
    scene.splat({ ...shared, matrix, radius, count: particles.n });
    scene.reduce({ size: [width, height] });
    scene.blur({ size: cells });
    const white = Math.max(12 * bend, this.white(particles, camera, radius, `${matrix.join()} ${options.axes.join()} ${options.colour} ${width} ${height} ${particles.n}`));
    scene.tone({ ...shared, ...hues(options.theme), cells, bend, white, haloPart: haloShare(particles.n), gain: options.gain ?? 1 });
  }

  destroy(): void {
    this.events.abort();
    this.scene?.regl.destroy();
    this.scene = null;
  }

  /** White point from a sample of the particles on a coarse grid: reading pixels back would stall the GPU. */
  private white(particles: Particles, camera: Camera, radius: number, view: string): number {
    const now = performance.now();
    if (view === this.exposure.view && now < this.exposure.until) return this.exposure.white;
    const white = this.measureWhite(particles, camera, radius);
    this.exposure = { white, view, until: now + EXPOSURE };
    return white;
  }

  private measureWhite(particles: Particles, camera: Camera, radius: number): number {
    const shrink = Math.min(1, SAMPLE_WIDTH / this.canvas.width);
    const [width, height] = [this.canvas.width * shrink, this.canvas.height * shrink].map((side) => Math.max(1, Math.round(side)));
    this.sample = this.sample?.width === width && this.sample.height === height ? this.sample : new Density(width, height);
    const every = Math.ceil(particles.n / SAMPLE);
    this.sample.fill(particles, camera.matrix(width / height), Math.max(1, radius * shrink), every);
    return this.sample.white(particles.bySpeed) * every * shrink * shrink;
  }

  private get limits(): { readonly pixels: number; readonly budget: number } {
    return LIMITS[this.software ? 'software' : 'hardware'];
  }

  private lose(event: Event): void {
    // Without this the browser never gives the context back.
    event.preventDefault();
    this.scene?.regl.destroy();
    this.scene = null;
  }

  private restore(): void {
    this.scene = createScene(this.canvas);
    this.uploaded = null;
    this.mapTheme = null;
  }
}

const MAP = { width: 256, height: 1, format: 'rgba', type: 'uint8', mag: 'linear', min: 'linear' } as const;

function hues(theme: ThemeName): Record<string, number[]> {
  const { ground, positive, positivePeak, negative, negativePeak, mixed } = THEMES[theme];
  const colours = Object.entries({ ground, positive, positivePeak, negative, negativePeak, mixed });
  return Object.fromEntries(colours.map(([name, css]) => [name, [...parseRgb(css)]]));
}

function fit(scene: Scene, { width, height }: HTMLCanvasElement): void {
  scene.pixels.resize(width, height);
  for (const target of [scene.cells, scene.halo]) target.resize(Math.ceil(width / CELL), Math.ceil(height / CELL));
}

function createScene(canvas: HTMLCanvasElement): Scene {
  const attributes = { alpha: false, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: true };
  const gl = canvas.getContext('webgl', attributes);
  if (!(gl instanceof WebGLRenderingContext)) throw new Error('this browser gives no WebGL context');
  const optionalExtensions = ['OES_texture_half_float', 'OES_texture_half_float_linear', 'EXT_color_buffer_half_float'];
  const regl = createREGL({ gl, optionalExtensions });
  const half = optionalExtensions.every((name) => regl.hasExtension(name));
  const target = (): Framebuffer2D => {
    const color = regl.texture({ width: 1, height: 1, type: half ? 'half float' : 'uint8', mag: 'linear', min: 'linear' });
    return regl.framebuffer({ color, depth: false, stencil: false });
  };
  const scene = { regl, vertices: regl.buffer(0), map: regl.texture(MAP), pixels: target(), cells: target(), halo: target() };
  const full: Scene = { ...scene, ...commands(scene), unit: half ? 1 : 1 / 24, software: isSoftware(gl) };
  fit(full, canvas);
  return full;
}

function isSoftware(gl: WebGLRenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|software|basic render/i.test(String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)));
}

type Resources = Pick<Scene, 'regl' | 'vertices' | 'map' | 'pixels' | 'cells' | 'halo'>;

function commands(scene: Resources): Pick<Scene, 'splat' | 'reduce' | 'blur' | 'tone'> {
  const { regl, vertices, map, pixels, cells, halo } = scene;
  const props = (...names: readonly string[]): Uniforms =>
    Object.fromEntries(names.map((name) => [name, regl.prop<Record<string, Uniform>, string>(name)]));
  const cover = (frag: string, framebuffer: Framebuffer2D | null, uniforms: Uniforms): Command =>
    regl<Uniforms, Record<string, number[]>, Props>({
      vert: coverVertex,
      frag,
      framebuffer,
      uniforms,
      attributes: { corner: [-1, -1, 3, -1, -1, 3] },
      count: 3,
      depth: { enable: false },
    });
  const colours = ['ground', 'positive', 'positivePeak', 'negative', 'negativePeak', 'mixed'];
  return {
    splat: regl<Uniforms, Record<string, VertexBuffer>, Props>({
      vert: splatVertex,
      frag: splatFragment,
      framebuffer: pixels,
      attributes: { particle: vertices },
      uniforms: props('matrix', 'radius', 'unit', 'bySpeed'),
      primitive: 'points',
      count: regl.prop<Record<string, number>, string>('count'),
      depth: { enable: false },
      blend: { enable: true, func: { src: 'one', dst: 'one' } },
    }),
    reduce: cover(reduceFragment, cells, { image: pixels, ...props('size') }),
    blur: cover(blurFragment, halo, { image: cells, ...props('size') }),
    tone: cover(toneFragment, null, {
      ...{ pixels, halo, map },
      ...props('cells', 'unit', 'bend', 'white', 'haloPart', 'gain', 'bySpeed', ...colours),
    }),
  };
}
