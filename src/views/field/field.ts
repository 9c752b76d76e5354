/** Two inputs: f as a field of colours with the data as dots on the same scale, whoever paints the field. */
import { COLOUR_MAPS, THEMES } from '../palette.ts';
import type { ThemeName } from '../palette.ts';
import { BAR_ROOM, drawBar } from './colour-bar.ts';
import { pixelRatio } from '../pixel-ratio.ts';
import { Plot } from '../plots/plot.ts';
import type { FrameOptions, Range } from '../plots/frame.ts';

/**
 * Paints f on a k × k grid: value [i·k + j] belongs to the j-th x1 and the i-th x2, both ascending, ends
 * included.
 */
export interface FieldPainter<Grid> {
  /** Colours span `range`. `pixels` is the canvas' size in device pixels. */
  paint(grid: Grid, k: number, range: Range, theme: ThemeName, pixels: readonly [number, number]): void;
  destroy(): void;
}

export interface FieldOptions extends FrameOptions {
  /** Name and unit of the target, beside the colour bar. */
  readonly valueLabel: string;
}

/** Most of the field's area that the dots cover. */
const DOTTED = 0.2;

export class FieldView<Grid> extends Plot<FieldOptions> {
  private readonly canvas = document.createElement('canvas');
  private readonly painter: FieldPainter<Grid>;
  private grid: { values: Grid; k: number } | null = null;
  private data: { x1: ArrayLike<number>; x2: ArrayLike<number>; y: ArrayLike<number> } = {
    x1: [],
    x2: [],
    y: [],
  };
  private ranges: { x1: Range; x2: Range; f: Range; shown: Range } = {
    x1: [0, 1],
    x2: [0, 1],
    f: [0, 1],
    shown: [0, 1],
  };

  constructor(
    host: HTMLElement,
    options: FieldOptions,
    create: (canvas: HTMLCanvasElement) => FieldPainter<Grid>,
  ) {
    super(host, options, BAR_ROOM);
    this.canvas.style.position = 'absolute';
    this.painter = create(this.canvas);
    host.prepend(this.canvas); // under the frame's axes and dots
  }

  /**
   * Ranges of the grid's sides; of f in the grid's own units; and the same range as the colour bar and y count
   * it.
   */
  setRanges(x1: Range, x2: Range, f: Range, shown: Range = f): void {
    this.ranges = { x1, x2, f, shown };
    this.frame.requestDraw();
  }

  /** Data points; y in the colour bar's units. */
  setData(x1: ArrayLike<number>, x2: ArrayLike<number>, y: ArrayLike<number>): void {
    this.data = { x1, x2, y };
    this.frame.requestDraw();
  }

  /** New values of f (a GPU buffer may also just have new contents). */
  setGrid(values: Grid, k: number): void {
    this.grid = { values, k };
    this.frame.requestDraw();
  }

  override destroy(): void {
    super.destroy();
    this.painter.destroy();
    this.canvas.remove();
  }

  protected paint(): void {
    const { area } = this.frame;
    const dpr = pixelRatio();
    Object.assign(this.canvas.style, {
      left: `${area.left}px`,
      top: `${area.top}px`,
      width: `${area.width}px`,
      height: `${area.height}px`,
    });
    const pixels = [Math.round(area.width * dpr), Math.round(area.height * dpr)] as const;
    if (this.grid) this.painter.paint(this.grid.values, this.grid.k, this.ranges.f, this.options.theme, pixels);
    this.frame.draw(this.ranges.x1, this.ranges.x2, this.options, true, () => this.dots());
    drawBar(this.frame, 'viridis', this.ranges.shown, this.options.valueLabel, THEMES[this.options.theme]);
  }

  private colour(y: number): string {
    const [low, high] = this.ranges.shown;
    return COLOUR_MAPS.viridis(Math.min(1, Math.max(0, (y - low) / (high - low))));
  }

  private dots(): void {
    const { context, toX, toY, area } = this.frame;
    const { x1, x2, y } = this.data;
    // However many dots, the field stays visible between them.
    const radius = Math.min(
      4.5,
      Math.max(1, Math.sqrt((DOTTED * area.width * area.height) / (Math.PI * Math.max(1, y.length)))),
    );
    // Thin rims keep dots visible where the fit is perfect; on small dots they would hide the field.
    context.lineWidth = Math.min(0.8, 0.3 * radius);
    context.strokeStyle = radius < 2.5 ? 'rgba(0, 0, 0, 0.3)' : 'rgba(255, 255, 255, 0.85)';
    for (let i = 0; i < y.length; i++) {
      context.beginPath();
      context.arc(toX(x1[i]), toY(x2[i]), radius, 0, 2 * Math.PI);
      context.fillStyle = this.colour(y[i]);
      context.fill();
      context.stroke();
    }
  }
}
