/**
 * A fitted rate: points with their 95 % intervals on logarithmic axes, the fitted line and the expected one.
 * Knows uPlot, as chart-loss.ts does.
 */
import { THEMES, type ThemeName } from '../palette.ts';
import { tickText } from './ticks.ts';
import uPlot from './uplot.ts';

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

const FONT = '11px system-ui, sans-serif';
/** Room beside the outermost points, as a factor. */
const MARGIN = 1.25;
/** Decades beyond which only powers of ten are marked. */
const MANY = 4;

/** A line of that slope through the points' middle, at each x. */
function lineThrough(points: Rate['points'], slope: number): number[] {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const u = mean(points.map(({ x }) => Math.log(x)));
  const v = mean(points.map(({ value }) => Math.log(Math.abs(value))));
  return points.map(({ x }) => Math.exp(v + slope * (Math.log(x) - u)));
}

export class RateChart {
  private plot: uPlot | null = null;
  private readonly observer: ResizeObserver;
  private shown: { rate: Rate; theme: ThemeName } | null = null;

  constructor(private readonly host: HTMLElement) {
    this.observer = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.observer.observe(host);
  }

  show(rate: Rate, theme: ThemeName): void {
    this.shown = { rate, theme };
    this.plot?.destroy();
    const sizes = rate.points.map(({ value }) => Math.abs(value));
    const fitted = lineThrough(rate.points, rate.slope);
    const expected = rate.expected === null ? [] : [lineThrough(rate.points, rate.expected)];
    this.plot = new uPlot(
      this.options(rate, theme),
      [rate.points.map(({ x }) => x), sizes, fitted, ...expected],
      this.host,
    );
  }

  setTheme(theme: ThemeName): void {
    if (this.shown) this.show(this.shown.rate, theme);
  }

  clear(): void {
    this.plot?.destroy();
    this.plot = this.shown = null;
  }

  destroy(): void {
    this.observer.disconnect();
    this.clear();
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(120, this.host.clientWidth), height: Math.max(120, this.host.clientHeight) };
  }

  private options(rate: Rate, name: ThemeName): uPlot.Options {
    const theme = THEMES[name];
    const axis = (more: uPlot.Axis): uPlot.Axis => ({
      stroke: theme.soft,
      font: FONT,
      labelFont: FONT,
      grid: { stroke: theme.faint, width: 1 },
      ticks: { stroke: theme.faint, width: 1, size: 4 },
      ...more,
    });
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
      ...this.size(),
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, distr: 3, range },
        y: { distr: 3, range: () => [low / MARGIN, high * MARGIN] },
      },
      axes: [
        axis({
          label: rate.abscissa,
          labelSize: 16,
          size: 26,
          splits: () => points.map(({ x }) => x),
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(rate.mark ?? tickText),
        }),
        // uPlot's own ticks never end on ranges such as [0.99e-3, 10].
        axis({
          size: 56,
          splits: (_, __, min, max) => logTicks(min, max),
          filter: (_, splits) => splits,
          values: (_, splits) => marked(splits),
        }),
      ],
      series: [
        {},
        {
          stroke: theme.learned,
          width: 0,
          paths: () => null,
          points: { show: true, size: 7, fill: theme.learned },
        },
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

/**
 * The numbers of one digit and zeros in [min, max], 0 < min < max; the powers of ten alone where there are
 * many.
 */
export function logTicks(min: number, max: number): number[] {
  const low = Math.floor(Math.log10(min));
  const decades = Math.max(1, Math.floor(Math.log10(max)) - low + 1);
  const digits = decades > MANY ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  return Array.from({ length: decades }, (_, i) => digits.map((digit) => Number(`${digit}e${low + i}`)))
    .flat()
    .filter((value) => value >= min && value <= max);
}

/** Powers of ten have a text; 2 and 5 as well where there are not two of them. */
function marked(ticks: readonly number[]): string[] {
  const digit = (value: number): number => Number(value.toExponential(0)[0]);
  const few = ticks.filter((value) => digit(value) === 1).length < 2;
  return ticks.map((value) => ((few ? [1, 2, 5] : [1]).includes(digit(value)) ? tickText(value) : ''));
}

/** The interval's end next to 0; where it holds 0, which has no logarithm, the value. */
function lowest({ low, high, value }: Rate['points'][number]): number {
  return low * high > 0 ? Math.min(Math.abs(low), Math.abs(high)) : Math.abs(value);
}
