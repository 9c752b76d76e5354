/**
 * The density of a cloud on a grid of pixels, on the CPU: the same picture as shaders/draw makes, and its exposure.
 */
import { BINS, CELL, DENSITIES, MAGNIFIED, NEAR, WHITE_SHARE } from '../../../shaders/draw/look.ts';
import type { Matrix } from './camera.ts';
import type { DrawnParticles } from './particles.ts';

export class PixelDensity {
  /** Two channels per pixel: w1 > 0 and w1 < 0, or everything and everything weighted by speed. */
  readonly pixels: Float32Array;
  /** The same per cell of CELL × CELL pixels, as a mean over pixels, blurred. */
  readonly halo: Float32Array;
  readonly across: number;
  readonly down: number;
  private readonly cells: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.across = Math.ceil(width / CELL);
    this.down = Math.ceil(height / CELL);
    this.pixels = new Float32Array(2 * width * height);
    this.cells = new Float32Array(2 * this.across * this.down);
    this.halo = new Float32Array(2 * this.across * this.down);
  }

  /** Counts particles 0, every, 2·every, …; radius in pixels, 0 for the nearest pixel. */
  fill(particles: DrawnParticles, m: Matrix, radius: number, every = 1): void {
    this.pixels.fill(0);
    const { packed, n, bySpeed } = particles;
    for (let at = 0; at < 4 * n; at += 4 * every) {
      const [x, y, z, colour] = [packed[at], packed[at + 1], packed[at + 2], packed[at + 3]];
      const w = m[3] * x + m[7] * y + m[11] * z + m[15];
      const px = (m[0] * x + m[4] * y + m[8] * z + m[12]) / w;
      const py = (m[1] * x + m[5] * y + m[9] * z + m[13]) / w;
      if (!(w > NEAR && px > -1 && px < 1 && py > -1 && py < 1)) continue;
      const near = Math.min(1 / w, MAGNIFIED);
      this.splat(
        (px + 1) * 0.5 * this.width,
        (1 - py) * 0.5 * this.height,
        radius * near,
        near * near,
        colour,
        bySpeed,
      );
    }
  }

  /** Averages pixels to cells and blurs the cells. */
  spread(): void {
    const { width, height, across, pixels, cells } = this;
    cells.fill(0);
    for (let y = 0; y < height; y++) {
      let cell = 2 * Math.floor(y / CELL) * across;
      let pixel = 2 * y * width;
      for (let left = width; left > 0; left -= CELL, cell += 2) {
        let first = 0;
        let second = 0;
        for (const end = pixel + 2 * Math.min(CELL, left); pixel < end; pixel += 2) {
          first += pixels[pixel];
          second += pixels[pixel + 1];
        }
        cells[cell] += first / (CELL * CELL);
        cells[cell + 1] += second / (CELL * CELL);
      }
    }
    blur(cells, this.halo, across, this.down);
  }

  /** The density below which WHITE_SHARE of the particles lie. */
  white(bySpeed: boolean): number {
    const bins = new Float64Array(BINS);
    let total = 0;
    for (let i = 0; i < this.pixels.length; i += 2) {
      const density = this.pixels[i] + (bySpeed ? 0 : this.pixels[i + 1]);
      if (density <= 0) continue;
      const bin = Math.floor(DENSITIES.octave * Math.log2(density) + DENSITIES.one);
      bins[Math.min(BINS - 1, Math.max(0, bin))] += density;
      total += density;
    }
    let below = 0;
    const bin = bins.findIndex((mass) => (below += mass) >= WHITE_SHARE * total);
    return 2 ** ((bin + 1 - DENSITIES.one) / DENSITIES.octave);
  }

  private splat(x: number, y: number, radius: number, light: number, colour: number, bySpeed: boolean): void {
    if (radius === 0) return this.add(Math.floor(x), Math.floor(y), light, colour, bySpeed);
    const r = Math.max(1, radius);
    const scale = (light * 3) / (Math.PI * r * r);
    const right = Math.min(this.width - 1, Math.floor(x + r - 0.5));
    const bottom = Math.min(this.height - 1, Math.floor(y + r - 0.5));
    for (let row = Math.max(0, Math.ceil(y - r - 0.5)); row <= bottom; row++) {
      for (let column = Math.max(0, Math.ceil(x - r - 0.5)); column <= right; column++) {
        const falloff = 1 - ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2) / (r * r);
        if (falloff > 0) this.add(column, row, scale * falloff * falloff, colour, bySpeed);
      }
    }
  }

  private add(x: number, y: number, weight: number, colour: number, bySpeed: boolean): void {
    const index = 2 * (y * this.width + x);
    if (bySpeed) {
      this.pixels[index] += weight;
      this.pixels[index + 1] += weight * colour;
    } else {
      this.pixels[index + colour] += weight;
    }
  }
}

/** [1 4 6 4 1]/16 along x, then along y, two channels, edges repeated. */
function blur(from: Float32Array, to: Float32Array, width: number, height: number): void {
  const middle = new Float32Array(from.length);
  blurLines(from, middle, { length: width, lines: height, step: 2, jump: 2 * width });
  blurLines(middle, to, { length: height, lines: width, step: 2 * width, jump: 2 });
}

interface Lines {
  readonly length: number;
  readonly lines: number;
  /** From a place to the next, and from a line to the next. */
  readonly step: number;
  readonly jump: number;
}

function blurLines(from: Float32Array, to: Float32Array, { length, lines, step, jump }: Lines): void {
  for (let line = 0; line < lines; line++) {
    const start = line * jump;
    const last = start + (length - 1) * step;
    for (let c = start; c <= last; c += step) {
      const a = Math.max(start, c - 2 * step);
      const b = Math.max(start, c - step);
      const d = Math.min(last, c + step);
      const e = Math.min(last, c + 2 * step);
      to[c] = (from[a] + from[e] + 4 * (from[b] + from[d]) + 6 * from[c]) / 16;
      to[c + 1] = (from[a + 1] + from[e + 1] + 4 * (from[b + 1] + from[d + 1]) + 6 * from[c + 1]) / 16;
    }
  }
}
