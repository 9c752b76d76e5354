/** Numbers on a grid as cells of colour with a bar that tells their values; more may be drawn over them. */
import { COLOUR_MAPS, lookupTable, THEMES, type Theme } from './palette.ts';
import { PlotFrame, type FrameOptions, type Range } from './plot-frame.ts';
import { ticks, tickText } from './ticks.ts';

export interface HeatOptions extends FrameOptions {
  /** Name and unit of the values, under the bar. */
  readonly valueLabel: string;
}

export interface Cells {
  /** Row-major [down, across], the first row at the bottom. NaN is a hole. */
  readonly values: ArrayLike<number>;
  readonly across: number;
  readonly x: Range;
  readonly y: Range;
  /** What the ends of the colour map stand for. */
  readonly range: Range;
  /** Neighbouring colours flow into each other. */
  readonly smooth: boolean;
}

const BAR = { width: 12, room: 66 };
const MAP = 'cividis';

export class Heat {
  private readonly frame: PlotFrame;
  private readonly image = document.createElement('canvas');
  private cells: Cells | null = null;

  /** `over` draws over the cells, within the plot area. */
  constructor(host: HTMLElement, private options: HeatOptions, private readonly over: (frame: PlotFrame, theme: Theme) => void = () => undefined) {
    this.frame = new PlotFrame(host, () => this.paint(), BAR.room);
  }

  show(cells: Cells): void {
    this.cells = cells;
    this.fill(cells);
    this.frame.requestDraw();
  }

  setOptions(change: Partial<HeatOptions>): void {
    this.options = { ...this.options, ...change };
    this.frame.requestDraw();
  }

  describe(text: string): void {
    this.frame.describe(text);
  }

  destroy(): void {
    this.frame.destroy();
  }

  /** A pixel for each cell. */
  private fill({ values, across, range: [low, high] }: Cells): void {
    const down = values.length / across, map = lookupTable(MAP), image = new ImageData(across, down);
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      const level = Math.round(255 * Math.min(1, Math.max(0, (values[i] - low) / (high - low || 1))));
      const at = (down - 1 - Math.floor(i / across)) * across + (i % across);
      image.data.set(map.subarray(4 * level, 4 * level + 4), 4 * at);
    }
    Object.assign(this.image, { width: across, height: down });
    this.image.getContext('2d')!.putImageData(image, 0, 0);
  }

  private paint(): void {
    const { frame, cells, options } = this;
    frame.draw(cells?.x ?? [0, 1], cells?.y ?? [0, 1], options, true, (theme) => {
      if (!cells) return;
      const { left, top, width, height } = frame.area;
      frame.context.imageSmoothingEnabled = cells.smooth;
      frame.context.drawImage(this.image, left, top, width, height);
      this.over(frame, theme);
    });
    if (cells) this.bar(cells.range, THEMES[options.theme]);
  }

  private bar([low, high]: Range, theme: Theme): void {
    const { context, area } = this.frame, left = area.left + area.width + 12, bottom = area.top + area.height;
    const gradient = context.createLinearGradient(0, bottom, 0, area.top);
    for (let i = 0; i <= 16; i++) gradient.addColorStop(i / 16, COLOUR_MAPS[MAP](i / 16));
    context.fillStyle = gradient;
    context.fillRect(left, area.top, BAR.width, area.height);
    context.fillStyle = theme.soft;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    for (const value of ticks(low, high, Math.max(2, area.height / 42))) {
      context.fillText(tickText(value), left + BAR.width + 4, bottom - ((value - low) / (high - low)) * area.height);
    }
    context.fillStyle = theme.ink;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.fillText(this.options.valueLabel, area.left + area.width + BAR.room + 12, bottom + 34, BAR.room + 60);
  }
}
