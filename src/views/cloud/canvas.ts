/** The cloud on a plain 2-D canvas, for machines without WebGPU and WebGL. */
import { CELL, TONE } from '../../../shaders/draw/look.ts';
import type { Camera } from './camera.ts';
import { footprint, haloShare, knee, leastWhite } from './cloud.ts';
import type { ArraySource, CloudOptions, CloudView } from './cloud.ts';
import { PixelDensity } from './density.ts';
import { Packer } from './particles.ts';
import type { DrawnParticles } from './particles.ts';
import { lookupTable, parseRgb, THEMES } from '../palette.ts';
import type { Rgb, ThemeName } from '../palette.ts';

/**
 * Pixels, particles and pixel updates a frame on the page; and of a picture that is kept, whatever it takes.
 */
const LIMITS = {
  page: { pixels: 240_000, particles: 60_000, budget: 6e5 },
  whole: { pixels: 2 ** 26, particles: 2 ** 20, budget: 2.4e7 },
} as const;
/** Steps of brightness and of hue in the table that turns a density into a colour. */
const LEVELS = 256;
const HUES = 64;

const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const smoothstep = (low: number, high: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/**
 * Colours [HUES, LEVELS] as the bytes of ImageData; levels span [0, TONE.top], hue 0 is all second channel or
 * slowest.
 */
function colourTable(theme: ThemeName, bySpeed: boolean): Uint32Array<ArrayBuffer> {
  const { ground, positive, positivePeak, negative, negativePeak, mixed, mapRange } = THEMES[theme];
  const [base, pos, posPeak, neg, negPeak, both] = [
    ground,
    positive,
    positivePeak,
    negative,
    negativePeak,
    mixed,
  ].map(parseRgb);
  const map = lookupTable('viridis', mapRange);
  const bytes = new Uint8ClampedArray(HUES * LEVELS * 4);
  for (let h = 0; h < HUES; h++) {
    const t = h / (HUES - 1);
    const m = 4 * Math.round(255 * t);
    const bias = 2 * t - 1;
    const hue = bySpeed
      ? ([map[m] / 255, map[m + 1] / 255, map[m + 2] / 255] as const)
      : mix(both, bias > 0 ? pos : neg, Math.abs(bias));
    const peak = bySpeed ? mix(hue, posPeak, TONE.lift) : mix(negPeak, posPeak, t);
    for (let l = 0; l < LEVELS; l++) {
      const level = (TONE.top * l) / (LEVELS - 1);
      const body = mix(base, hue, Math.min(1, level / TONE.body));
      const colour = mix(body, peak, TONE.peak * smoothstep(TONE.rise, TONE.top, level));
      bytes.set([...colour.map((c) => 255 * c), 255], 4 * (h * LEVELS + l));
    }
  }
  return new Uint32Array(bytes.buffer);
}

export class CloudCanvas implements CloudView<ArraySource> {
  private readonly context: CanvasRenderingContext2D;
  private readonly limits: (typeof LIMITS)[keyof typeof LIMITS];
  private readonly packer = new Packer();
  private image: ImageData;
  private density: PixelDensity;
  private particles: DrawnParticles | null = null;
  private table: { key: string; colours: Uint32Array<ArrayBuffer> } = { key: '', colours: new Uint32Array(0) };
  private dpr = 1;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    { whole = false }: { readonly whole?: boolean } = {},
  ) {
    this.limits = LIMITS[whole ? 'whole' : 'page'];
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this canvas gives no 2-D context');
    this.context = context;
    this.image = new ImageData(1, 1);
    this.density = new PixelDensity(1, 1);
  }

  get isSeen(): boolean {
    return this.particles !== null;
  }

  get drawn(): number {
    return this.particles ? Math.ceil(this.particles.n / this.every) : 0;
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
    this.image = new ImageData(this.canvas.width, this.canvas.height);
    this.density = new PixelDensity(this.canvas.width, this.canvas.height);
  }

  draw(camera: Camera, options: CloudOptions): void {
    this.particles = this.packer.pack(options).particles;
    if (!this.particles) return;
    const { density, particles, drawn } = this;
    const radius = footprint(drawn, this.dpr, this.limits.budget);
    density.fill(particles, camera.matrix(density.width / density.height), radius, this.every);
    density.spread();
    const bend = knee(drawn, radius);
    const white = Math.max(leastWhite(bend), density.white(particles.bySpeed));
    this.tone(this.colours(options.theme, particles.bySpeed), bend, white, haloShare(drawn), options.gain ?? 1);
    this.context.putImageData(this.image, 0, 0);
  }

  destroy(): void {
    this.resize(1, 1, 1);
    this.particles = null;
  }

  private get every(): number {
    return this.particles ? Math.ceil(this.particles.n / this.limits.particles) : 1;
  }

  private colours(theme: ThemeName, bySpeed: boolean): Uint32Array<ArrayBuffer> {
    const key = `${theme} ${bySpeed}`;
    if (this.table.key !== key) this.table = { key, colours: colourTable(theme, bySpeed) };
    return this.table.colours;
  }

  private tone(colours: Uint32Array, bend: number, white: number, haloPart: number, gain: number): void {
    const { width, height, across, down, pixels, halo } = this.density;
    const out = new Uint32Array(this.image.data.buffer);
    const bySpeed = this.particles?.bySpeed ?? false;
    const scale = (LEVELS - 1) / TONE.top / Math.log1p(white / bend);
    for (let y = 0; y < height; y++) {
      const v = Math.max(0, (y + 0.5) / CELL - 0.5);
      const [row, fy] = [Math.min(down - 1, v | 0), v % 1];
      const next = Math.min(down - 1, row + 1);
      for (let x = 0; x < width; x++) {
        const u = Math.max(0, (x + 0.5) / CELL - 0.5);
        const [column, fx] = [Math.min(across - 1, u | 0), u % 1];
        const right = Math.min(across - 1, column + 1);
        const [a, b] = [2 * (row * across + column), 2 * (row * across + right)];
        const [c, d] = [2 * (next * across + column), 2 * (next * across + right)];
        const i = 2 * (y * width + x);
        const soft0 = (halo[a] * (1 - fx) + halo[b] * fx) * (1 - fy) + (halo[c] * (1 - fx) + halo[d] * fx) * fy;
        const soft1 =
          (halo[a + 1] * (1 - fx) + halo[b + 1] * fx) * (1 - fy) +
          (halo[c + 1] * (1 - fx) + halo[d + 1] * fx) * fy;
        const first = pixels[i] * (1 - haloPart) + soft0 * haloPart;
        const second = pixels[i + 1] * (1 - haloPart) + soft1 * haloPart;
        const total = bySpeed ? first : first + second;
        if (total < 1e-6) {
          out[y * width + x] = colours[0];
          continue;
        }
        const share = bySpeed ? second / total : first / total;
        const level = Math.min(LEVELS - 1, (Math.log1p((gain * total) / bend) * scale) | 0);
        out[y * width + x] = colours[((share * (HUES - 1) + 0.5) | 0) * LEVELS + level];
      }
    }
  }
}
