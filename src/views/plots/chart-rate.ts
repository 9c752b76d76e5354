/**
 * A fitted rate: points with their 95 % intervals on logarithmic axes, the fitted line and the expected one.
 * Knows uPlot, as chart-loss.ts does.
 */
import type { Theme } from '../palette.ts';
import { LOG_TICKS } from './log-ticks.ts';
import { axisIn, dots, ResultChart } from './result-chart.ts';
import { tickText } from './ticks.ts';
import type uPlot from './uplot.ts';

export interface Rate {
  /** What x is: n, dt, t. */
  readonly abscissa: string;
  readonly points: readonly {
    readonly x: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Slopes of log value against log x. */
  readonly slope: number;
  /** Null where nothing is known of it. */
  readonly expected: number | null;
  /** Text at a point's x where that is not x itself. */
  readonly mark?: (x: number) => string;
}

/** Room beside the outermost points, as a factor. */
const MARGIN = 1.25;

/** A line of that slope through the points' middle, at each x. */
function lineThrough(points: Rate['points'], slope: number): number[] {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const u = mean(points.map(({ x }) => Math.log(x)));
  const v = mean(points.map(({ value }) => Math.log(Math.abs(value))));
  return points.map(({ x }) => Math.exp(v + slope * (Math.log(x) - u)));
}

export class RateChart extends ResultChart<Rate> {
  protected data({ points, slope, expected }: Rate): uPlot.AlignedData {
    const sizes = points.map(({ value }) => Math.abs(value));
    const lines = [slope, ...(expected === null ? [] : [expected])].map((one) => lineThrough(points, one));
    return [points.map(({ x }) => x), sizes, ...lines];
  }

  protected options(rate: Rate, theme: Theme): Omit<uPlot.Options, 'width' | 'height'> {
    const range = (_: uPlot, min: number, max: number): [number, number] => [min / MARGIN, max * MARGIN];
    const { points } = rate;
    const low = Math.min(...points.map(lowest));
    const high = Math.max(...points.map(({ high: top, value }) => Math.max(Math.abs(top), Math.abs(value))));
    const line = (stroke: string, dash: number[] = []): uPlot.Series => ({
      stroke,
      width: 1.5,
      dash,
      points: { show: false },
    });
    return {
      legend: { show: false },
      scales: {
        x: { time: false, distr: 3, range },
        y: { distr: 3, range: () => [low / MARGIN, high * MARGIN] },
      },
      axes: [
        axisIn(theme, {
          label: rate.abscissa,
          labelSize: 16,
          size: 26,
          splits: () => points.map(({ x }) => x),
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(rate.mark ?? tickText),
        }),
        axisIn(theme, { size: 56, ...LOG_TICKS }),
      ],
      series: [
        {},
        dots(theme.learned),
        line(theme.learned),
        ...(rate.expected === null ? [] : [line(theme.test, [5, 4])]),
      ],
      hooks: { draw: [(plot) => this.bars(plot, points, theme.learned)] },
    };
  }

  /** The intervals, which uPlot has no series for. */
  private bars({ ctx, valToPos }: uPlot, points: Rate['points'], colour: string): void {
    const plot = this.plot;
    if (!plot) return;
    ctx.save();
    ctx.setLineDash([]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (const point of points) {
      const x = valToPos.call(plot, point.x, 'x', true);
      ctx.moveTo(x, valToPos.call(plot, lowest(point), 'y', true));
      ctx.lineTo(x, valToPos.call(plot, Math.max(Math.abs(point.high), Math.abs(point.low)), 'y', true));
    }
    ctx.stroke();
    ctx.restore();
  }
}

/** The interval's end next to 0; where it holds 0, which has no logarithm, the value. */
function lowest({ low, high, value }: Rate['points'][number]): number {
  return low * high > 0 ? Math.min(Math.abs(low), Math.abs(high)) : Math.abs(value);
}
