/** Paints f from an array on a 2-D canvas. */
import { CONTOURS, LINE_SHADE } from '../../../shaders/draw/look.ts';
import type { FieldPainter } from './field.ts';
import { lookupTable } from '../palette.ts';
import type { ThemeName } from '../palette.ts';
import type { Range } from '../plots/frame.ts';

/** Pixels along a side: more would only cost time, the browser scales the rest smoothly. */
const MAX_SIDE = 420;

export class FieldCanvas implements FieldPainter<Float64Array | Float32Array> {
  private readonly context: CanvasRenderingContext2D;
  private readonly map = lookupTable('viridis');

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this canvas gives no 2-D context');
    this.context = context;
  }

  paint(
    grid: Float64Array | Float32Array,
    k: number,
    range: Range,
    _theme: ThemeName,
    pixels: readonly [number, number],
  ): void {
    const [width, height] = pixels.map((side) => Math.max(1, Math.min(MAX_SIDE, side)));
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    const image = this.context.createImageData(width, height);
    const levels = this.levels(grid, k, range, width, height);
    for (let i = 0; i < width * height; i++) {
      const level = Math.min(1, Math.max(0, levels[i]));
      const band = Math.floor(levels[i] * CONTOURS);
      const right = i % width === width - 1 ? i : i + 1;
      const below = i + width < width * height ? i + width : i;
      const line =
        band !== Math.floor(levels[right] * CONTOURS) || band !== Math.floor(levels[below] * CONTOURS);
      const at = 4 * Math.round(255 * level);
      const shade = line ? LINE_SHADE : 1;
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = shade * this.map[at + c];
      image.data[4 * i + 3] = 255;
    }
    this.context.putImageData(image, 0, 0);
  }

  destroy(): void {
    Object.assign(this.canvas, { width: 1, height: 1 });
  }

  /** f on [0, 1] of the range at each pixel, bilinear; row 0 is the top, the largest x2. */
  private levels(
    grid: ArrayLike<number>,
    k: number,
    [low, high]: Range,
    width: number,
    height: number,
  ): Float32Array {
    const levels = new Float32Array(width * height);
    const scale = 1 / (high - low);
    for (let y = 0; y < height; y++) {
      const v = (1 - (y + 0.5) / height) * (k - 1);
      const i = Math.min(Math.max(0, k - 2), Math.floor(v));
      for (let x = 0; x < width; x++) {
        const u = ((x + 0.5) / width) * (k - 1);
        const j = Math.min(Math.max(0, k - 2), Math.floor(u));
        const [a, b] = [i * k + j, Math.min(k - 1, i + 1) * k + j];
        const next = j + 1 < k ? 1 : 0;
        const under = grid[a] + (grid[a + next] - grid[a]) * (u - j);
        const over = grid[b] + (grid[b + next] - grid[b]) * (u - j);
        levels[y * width + x] = (under + (over - under) * (v - i) - low) * scale;
      }
    }
    return levels;
  }
}
