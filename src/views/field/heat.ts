/** Numbers on a grid as cells of colour with a bar that tells their values; more may be drawn over them. */
import { BAR_ROOM, drawBar } from './colour-bar.ts';
import { lookupTable, THEMES, type Theme } from '../palette.ts';
import { Plot } from '../plots/plot.ts';
import type { FrameOptions, PlotFrame, Range } from '../plots/frame.ts';

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

const MAP = 'cividis';

export class Heat extends Plot<HeatOptions> {
  private readonly image = document.createElement('canvas');
  private cells: Cells | null = null;

  /** `over` draws over the cells, within the plot area. */
  constructor(
    host: HTMLElement,
    options: HeatOptions,
    private readonly over: (frame: PlotFrame, theme: Theme) => void = () => undefined,
  ) {
    super(host, options, BAR_ROOM);
  }

  show(cells: Cells): void {
    this.cells = cells;
    this.fill(cells);
    this.frame.requestDraw();
  }

  /** A pixel for each cell. */
  private fill({ values, across, range: [low, high] }: Cells): void {
    const down = values.length / across;
    const map = lookupTable(MAP);
    const image = new ImageData(across, down);
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      const level = Math.round(255 * Math.min(1, Math.max(0, (values[i] - low) / (high - low || 1))));
      const at = (down - 1 - Math.floor(i / across)) * across + (i % across);
      image.data.set(map.subarray(4 * level, 4 * level + 4), 4 * at);
    }
    Object.assign(this.image, { width: across, height: down });
    this.image.getContext('2d')!.putImageData(image, 0, 0);
  }

  protected paint(): void {
    const { frame, cells, options } = this;
    frame.draw(cells?.x ?? [0, 1], cells?.y ?? [0, 1], options, true, (theme) => {
      if (!cells) return;
      const { left, top, width, height } = frame.area;
      frame.context.imageSmoothingEnabled = cells.smooth;
      frame.context.drawImage(this.image, left, top, width, height);
      this.over(frame, theme);
    });
    if (cells) drawBar(frame, MAP, cells.range, options.valueLabel, THEMES[options.theme]);
  }
}
