/** Live curves of losses over t, on logarithmic y, by uPlot. */
import { sameJson } from '../../core/words/json.ts';
import { decimate, united } from './decimate.ts';
import type { Curve } from './decimate.ts';
import { logRange } from './log-range.ts';
import { COLOUR_MAPS, THEMES } from '../palette.ts';
import type { Theme, ThemeName } from '../palette.ts';
import { tickText } from './ticks.ts';
import uPlot from './uplot.ts';

/** How a curve looks, and its name in the legend. */
export interface Line {
  readonly name: string;
  readonly colour: (theme: Theme) => string;
  /** CSS pixels. */
  readonly width?: number;
  readonly dash?: readonly number[];
}

export interface LossChartOptions {
  readonly theme: ThemeName;
  readonly logX: boolean;
  /** What x is. */
  readonly abscissa: string;
}

export const LOOKS = {
  present: { colour: ({ learned }: Theme) => learned },
  test: { colour: ({ test }: Theme) => test, dash: [5, 3] },
  twin: { colour: ({ twin }: Theme) => twin },
  objective: { colour: ({ learned }: Theme) => learned, dash: [2, 4] },
} as const satisfies Record<string, Omit<Line, 'name'>>;

/** One of a family of curves: `share` in [0, 1] of the way along a sequential map. */
export const shade = (share: number, width = 1.6): Omit<Line, 'name'> => ({
  width,
  colour: ({ mapRange: [low, high] }) => COLOUR_MAPS.viridis(low + (high - low) * share),
});

/** Points drawn of each curve, two a pixel of a wide chart; twice as many are kept. */
const SHOWN = 2000;
/** Milliseconds between two pictures: ten a second look live, and each costs a layout of the page. */
const PAUSE = 100;
const FONT = '11px system-ui, sans-serif';
const NOTHING: Curve = { x: [], y: [] };

export class LossChart {
  private lines: Readonly<Record<string, Line>> = {};
  private readonly curves = new Map<string, { x: number[]; y: number[] }>();
  private readonly observer: ResizeObserver;
  private plot: uPlot;
  private frame = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private drawn = -Infinity;

  constructor(
    private readonly host: HTMLElement,
    private options: LossChartOptions,
  ) {
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(host);
    this.plot = this.create();
  }

  /** The curves that are shown, by key, in the order of the legend; those that stay keep their points. */
  setLines(lines: Readonly<Record<string, Line>>): void {
    for (const key of this.curves.keys()) if (!(key in lines)) this.curves.delete(key);
    const names = (of: Readonly<Record<string, Line>>): string[][] =>
      Object.entries(of).map(([key, { name }]) => [key, name]);
    const unlike = !sameJson(names(lines), names(this.lines));
    this.lines = lines;
    if (unlike) this.setOptions({});
  }

  /** Appends points with ascending x. */
  push(key: string, { x, y }: Curve): void {
    const curve = this.curves.get(key) ?? { x: [], y: [] };
    for (let i = 0; i < x.length; i++) {
      curve.x.push(x[i]);
      curve.y.push(y[i]);
    }
    this.curves.set(key, curve.x.length > 2 * SHOWN ? copy(this.thin(curve)) : curve);
    this.requestDraw();
  }

  /** A curve as a whole. */
  put(key: string, curve: Curve): void {
    this.curves.set(key, copy(curve));
    this.requestDraw();
  }

  setOptions(change: Partial<LossChartOptions>): void {
    this.options = { ...this.options, ...change };
    this.plot.destroy();
    this.plot = this.create();
  }

  /** What is kept of a curve, for a table or a CSV file. */
  data(key: string): Curve {
    return this.curves.get(key) ?? NOTHING;
  }

  destroy(): void {
    clearTimeout(this.waiting ?? undefined);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.plot.destroy();
  }

  private requestDraw(): void {
    this.waiting ??= setTimeout(
      () => (this.frame = requestAnimationFrame((now) => this.draw(now))),
      this.drawn + PAUSE - performance.now(),
    );
  }

  private draw(now: number): void {
    this.waiting = null;
    this.drawn = now;
    this.plot.setData(this.aligned());
  }

  private thin(curve: Curve): Curve {
    return decimate(curve, SHOWN, this.options.logX ? (x) => Math.log(x) : undefined);
  }

  /** All curves over one list of x, as uPlot wants them; what a log axis cannot show is a gap. */
  private aligned(): uPlot.AlignedData {
    const lowest = this.options.logX ? Number.MIN_VALUE : -Infinity;
    return united(
      Object.keys(this.lines).map((key) => this.thin(this.data(key))),
      lowest,
    );
  }

  private size(): { width: number; height: number } {
    const legend = this.host.querySelector('.u-legend')?.clientHeight ?? 28;
    return {
      width: Math.max(120, this.host.clientWidth),
      height: Math.max(80, this.host.clientHeight - legend),
    };
  }

  private fit(): void {
    this.plot.setSize(this.size());
  }

  private create(): uPlot {
    const theme = THEMES[this.options.theme];
    const { abscissa, logX } = this.options;
    this.host.style.color = theme.ink;
    const line = ({ name, colour, width = 1.6, dash = [] }: Line): uPlot.Series => ({
      label: name,
      stroke: colour(theme),
      width,
      dash: [...dash],
      spanGaps: true,
      points: { show: false },
      value: valueAt((loss) => loss.toPrecision(4)),
    });
    const axis = (more: uPlot.Axis): uPlot.Axis => ({
      stroke: theme.soft,
      font: FONT,
      labelFont: FONT,
      grid: { stroke: theme.faint, width: 1 },
      ticks: { stroke: theme.faint, width: 1, size: 4 },
      ...more,
    });
    const decades: uPlot.Axis = {
      splits: (_, __, min, max) => wholeDecades(min, max),
      filter: (_, splits) => splits,
      values: (_, splits) => splits.map(decade),
    };
    const plot = new uPlot(
      {
        ...this.size(),
        // Zooming by drag could ask a log axis for a range that uPlot cannot finish.
        cursor: { drag: { x: false, y: false, setScale: false }, points: { size: 6 } },
        scales: {
          x: logX
            ? { time: false, distr: 3, range: (_, min, max) => logRange(min, max) }
            : { time: false, range: linearRange },
          y: { distr: 3, range: (_, min, max) => logRange(min, max) },
        },
        axes: [
          axis({
            label: abscissa,
            labelSize: 16,
            size: 26,
            ...(logX ? decades : { values: (_, splits) => splits.map(tickText) }),
          }),
          axis({ size: 46, ...decades }),
        ],
        series: [{ label: abscissa, value: valueAt(tickText) }, ...Object.values(this.lines).map(line)],
      },
      this.aligned(),
      this.host,
    );
    const legend = plot.root.querySelector<HTMLElement>('.u-legend');
    if (legend) Object.assign(legend.style, { fontSize: '12px', fontWeight: 'normal', textAlign: 'left' });
    if (legend) this.observer.observe(legend); // its lines are more where its values are longer
    queueMicrotask(() => plot.root.isConnected && this.fit());
    return plot;
  }
}

const copy = (curve: Curve): { x: number[]; y: number[] } => ({ x: [...curve.x], y: [...curve.y] });
const linearRange = (_: uPlot, min: number | null, max: number | null): [number, number] => {
  const [low, high] = [min ?? 0, max ?? 1];
  return [low, high > low ? high : low + 1];
};
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** The figure under the pointer; without a pointer, the last one. */
const valueAt =
  (text: (value: number) => string): uPlot.Series.Value =>
  (plot, value, series, index) => {
    const shown =
      index === null
        ? (plot.data[series] as readonly (number | null | undefined)[]).findLast(
            (other) => typeof other === 'number',
          )
        : value;
    return typeof shown === 'number' ? text(shown) : '–';
  };

/** The powers of ten in [min, max], every second or third where they are many. */
function wholeDecades(min: number, max: number): number[] {
  const [low, high] = [min, max].map((value) => Math.round(Math.log10(value)));
  const every = Math.ceil((high - low + 1) / 7);
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => Number(`1e${low + i * every}`));
}

function decade(value: number): string {
  return `10${String(Math.round(Math.log10(value)))
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)])}`;
}
