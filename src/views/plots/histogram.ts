/** A histogram as bars, and another one as an outline over it. */
import { Plot } from './plot.ts';
import type { Range } from './frame.ts';

export interface Bars {
  readonly range: Range;
  /** Heights of equal bins that fill the range. */
  readonly now: ArrayLike<number>;
  readonly start: ArrayLike<number>;
}

const ROOM = 1.08;

export class HistogramPlot extends Plot {
  private bars: Bars = { range: [0, 1], now: [], start: [] };

  show(bars: Bars): void {
    this.bars = bars;
    this.frame.requestDraw();
  }

  protected paint(): void {
    const { range, now, start } = this.bars;
    const top = ROOM * Math.max(...Array.from(now), ...Array.from(start), Number.MIN_VALUE);
    this.frame.draw(range, [0, top], this.options, false, (theme) => {
      const { context } = this.frame;
      this.outline(now, range);
      context.fillStyle = theme.learned;
      context.globalAlpha = 0.75;
      context.fill();
      context.globalAlpha = 1;
      this.outline(start, range);
      context.strokeStyle = theme.ink;
      context.lineWidth = 1.4;
      context.stroke();
    });
  }

  private outline(heights: ArrayLike<number>, [low, high]: Range): void {
    const { context, toX, toY } = this.frame;
    const width = (high - low) / Math.max(1, heights.length);
    context.beginPath();
    context.moveTo(toX(low), toY(0));
    for (let i = 0; i < heights.length; i++) {
      context.lineTo(toX(low + i * width), toY(heights[i]));
      context.lineTo(toX(low + (i + 1) * width), toY(heights[i]));
    }
    context.lineTo(toX(high), toY(0));
  }
}
