/** The cloud through WebGL, for browsers without WebGPU; in a worker, on its canvas. */
import { CELL } from '../../../shaders/draw/look.ts';
import type { Matrix } from './camera.ts';
import { footprint, haloShare, keyOfAxes, knee, leastWhite } from './cloud.ts';
import type { ArraySource, CloudOptions } from './cloud.ts';
import { PixelDensity } from './density.ts';
import { Packer } from './particles.ts';
import type { DrawnParticles } from './particles.ts';
import { COUNTS, createScene, fit, MAP, type Counted, type Scene } from './regl.ts';
import { lookupTable, parseRgb, THEMES } from '../palette.ts';
import type { ThemeName } from '../palette.ts';

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

/** CSS pixels, and device pixels per CSS pixel. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

/** A camera, as seen from here, and what else a picture depends on. */
export interface Look {
  readonly matrix: Matrix;
  readonly options: CloudOptions;
}

export class CloudPainter {
  private readonly packer = new Packer();
  private scene: Scene | null;
  private dpr = 1;
  private particles: DrawnParticles | null = null;
  private uploaded: DrawnParticles | null = null;
  private mapTheme: ThemeName | null = null;
  private density: PixelDensity | null = null;
  private exposure = { white: 1, view: '', until: -Infinity };

  /** `software`: whether no real GPU draws, where the context does not say it. */
  constructor(
    private readonly canvas: OffscreenCanvas,
    private readonly software?: boolean,
  ) {
    this.scene = createScene(canvas, software);
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

  resize({ width, height, dpr }: Size): void {
    this.dpr = dpr * Math.min(1, Math.sqrt(this.limits.pixels / Math.max(1, width * height * dpr * dpr)));
    this.canvas.width = Math.max(1, Math.floor(width * this.dpr));
    this.canvas.height = Math.max(1, Math.floor(height * this.dpr));
    if (this.scene) fit(this.scene, this.canvas);
  }

  draw({ matrix, options }: Look): void {
    const { particles } = this.packer.pack(options);
    const { scene } = this;
    this.particles = particles;
    if (!particles || !scene) return;
    if (this.mapTheme !== options.theme) {
      this.mapTheme = options.theme;
      scene.map({ ...MAP, data: lookupTable('viridis', THEMES[options.theme].mapRange) });
    }
    const { width, height } = this.canvas;
    const radius = footprint(particles.n, this.dpr, this.limits.budget);
    const bend = knee(particles.n, radius);
    scene.regl.poll();
    const measure = scene.counted
      ? this.count(scene.counted, particles, matrix, radius)
      : this.splat(scene, particles, matrix, radius);
    const white = this.white(
      measure,
      `${matrix.join()} ${keyOfAxes(options.axes)} ${options.colour} ${width} ${height} ${particles.n}`,
      options.still,
    );
    const [command, unit] = scene.counted ? [scene.counted.tone, 1] : [scene.tone, scene.unit];
    const cells = cellsOf(this.canvas);
    command({
      ...hues(options.theme),
      unit,
      cells,
      bend,
      scale: 1 / Math.log1p(Math.max(leastWhite(bend), white) / bend),
      bySpeed: Number(particles.bySpeed),
      haloPart: haloShare(particles.n),
      gain: options.gain ?? 1,
    });
  }

  /** Density of the particles, by the GPU; how its white point is measured. */
  private splat(scene: Scene, particles: DrawnParticles, matrix: Matrix, radius: number): () => number {
    if (this.uploaded !== particles) scene.vertices({ data: particles.packed, usage: 'dynamic' });
    this.uploaded = particles;
    scene.regl.clear({ framebuffer: scene.pixels, color: [0, 0, 0, 0] });
    scene.splat({ matrix, radius, count: particles.n, unit: scene.unit, bySpeed: Number(particles.bySpeed) });
    scene.reduce({ size: [this.canvas.width, this.canvas.height] });
    scene.blur({ size: cellsOf(this.canvas) });
    return () => this.measureWhite(particles, matrix, radius);
  }

  /** The same, by this thread. */
  private count(
    { pixels, halo }: Counted,
    particles: DrawnParticles,
    matrix: Matrix,
    radius: number,
  ): () => number {
    const { width, height } = this.canvas;
    const density = this.densityOf(width, height);
    density.fill(particles, upsideDown(matrix), radius);
    density.spread();
    pixels({ ...COUNTS, width, height, data: density.pixels });
    halo({
      ...COUNTS,
      width: density.across,
      height: density.down,
      data: density.halo,
      mag: 'linear',
      min: 'linear',
    });
    return () => density.white(particles.bySpeed);
  }

  /** The context is lost: pictures are left out until it is back. */
  lose(): void {
    this.scene?.regl.destroy();
    this.scene = null;
  }

  restore(): void {
    this.scene = createScene(this.canvas, this.software);
    this.uploaded = null;
    this.mapTheme = null;
  }

  private white(measure: () => number, view: string, still = false): number {
    const now = performance.now();
    if (still || view !== this.exposure.view || now >= this.exposure.until)
      this.exposure = { white: measure(), view, until: now + EXPOSURE };
    return this.exposure.white;
  }

  /** White point from a sample of the particles on a coarse grid: reading pixels back would stall the GPU. */
  private measureWhite(particles: DrawnParticles, matrix: Matrix, radius: number): number {
    const shrink = Math.min(1, SAMPLE_WIDTH / this.canvas.width);
    const [width, height] = [this.canvas.width * shrink, this.canvas.height * shrink].map((side) =>
      Math.max(1, Math.round(side)),
    );
    const sample = this.densityOf(width, height);
    const every = Math.ceil(particles.n / SAMPLE);
    sample.fill(particles, matrix, Math.max(1, radius * shrink), every);
    return sample.white(particles.bySpeed) * every * shrink * shrink;
  }

  private densityOf(width: number, height: number): PixelDensity {
    if (this.density?.width !== width || this.density.height !== height)
      this.density = new PixelDensity(width, height);
    return this.density;
  }

  private get limits(): { readonly pixels: number; readonly budget: number } {
    return LIMITS[this.scene?.software ? 'software' : 'hardware'];
  }
}

/** WebGL's first row is the lowest. */
const upsideDown = (matrix: Matrix): Matrix => matrix.map((value, i) => (i % 4 === 1 ? -value : value));
const cellsOf = ({ width, height }: OffscreenCanvas): number[] => [
  Math.ceil(width / CELL),
  Math.ceil(height / CELL),
];

function hues(theme: ThemeName): Record<string, number[]> {
  const { ground, positive, positivePeak, negative, negativePeak, mixed } = THEMES[theme];
  const colours = Object.entries({ ground, positive, positivePeak, negative, negativePeak, mixed });
  return Object.fromEntries(colours.map(([name, css]) => [name, [...parseRgb(css)]]));
}
