/** Live curves of the loss over steps, on logarithmic y, by uPlot. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { LossRecord } from '../engines/engine.ts';
import { decimate, united } from './decimate.ts';
import type { Curve } from './decimate.ts';
import { logRange } from './log-range.ts';
import { THEMES } from './palette.ts';
import type { ThemeName } from './palette.ts';
import { tickText } from './ticks.ts';

export interface LossChartOptions {
  readonly theme: ThemeName;
  readonly logX: boolean;
  /** Without `test` there is no second curve. */
  readonly labels: { readonly step: string; readonly train: string; readonly test?: string };
}

export type LossSeries = 'train' | 'test';

/** Points drawn of each curve, two a pixel of a wide chart; twice as many are kept. */
const SHOWN = 2000;
/** Milliseconds between two pictures: ten a second look live, and each costs a layout of the page. */
const PAUSE = 100;
const FONT = '11px system-ui, sans-serif';

export class LossChart {
  private readonly curves: Record<LossSeries, { x: number[]; y: number[] }> = { train: { x: [], y: [] }, test: { x: [], y: [] } };
  private readonly observer: ResizeObserver;
  private plot: uPlot;
  private frame = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private drawn = -Infinity;

  constructor(
    private readonly host: HTMLElement,
    private options: LossChartOptions,
  ) {
    this.plot = this.create();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(host);
  }

  /** Appends losses in step order. */
  push(records: readonly LossRecord[], series: LossSeries = 'train'): void {
    const curve = this.curves[series];
    for (const { step, loss } of records) {
      curve.x.push(step);
      curve.y.push(loss);
    }
    if (curve.x.length > 2 * SHOWN) this.curves[series] = copy(this.thin(curve));
    this.requestDraw();
  }

  clear(): void {
    this.curves.train = { x: [], y: [] };
    this.curves.test = { x: [], y: [] };
    this.requestDraw();
  }

  setOptions(change: Partial<LossChartOptions>): void {
    this.options = { ...this.options, ...change };
    this.plot.destroy();
    this.plot = this.create();
  }

  /** What is kept of the curves, for a table or a CSV file. */
  data(series: LossSeries): Curve {
    return this.curves[series];
  }

  destroy(): void {
    clearTimeout(this.waiting ?? undefined);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.plot.destroy();
  }

  private requestDraw(): void {
    this.waiting ??= setTimeout(() => (this.frame = requestAnimationFrame((now) => this.draw(now))), this.drawn + PAUSE - performance.now());
  }

  private draw(now: number): void {
    this.waiting = null;
    this.drawn = now;
    this.plot.setData(this.aligned());
  }

  private thin(curve: Curve): Curve {
    return decimate(curve, SHOWN, this.options.logX ? (x) => Math.log(Math.max(1, x)) : undefined);
  }

  /** Both curves over one list of steps, as uPlot wants them; what a log axis cannot show is a gap. */
  private aligned(): uPlot.AlignedData {
    const lowest = this.options.logX ? 1 : -Infinity;
    const shown = this.options.labels.test === undefined ? [this.curves.train] : [this.curves.train, this.curves.test];
    return united(shown.map((curve) => this.thin(curve)), lowest);
  }

  private size(): { width: number; height: number } {
    const legend = this.host.querySelector('.u-legend')?.clientHeight ?? 28;
    return { width: Math.max(120, this.host.clientWidth), height: Math.max(80, this.host.clientHeight - legend) };
  }

  private fit(): void {
    this.plot.setSize(this.size());
  }

  private create(): uPlot {
    const theme = THEMES[this.options.theme];
    const { labels, logX } = this.options;
    this.host.style.color = theme.ink;
    const line = (label: string, stroke: string): uPlot.Series => ({
      label,
      stroke,
      width: 1.6,
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
    const decades: uPlot.Axis = { splits: (_, __, min, max) => wholeDecades(min, max), filter: (_, splits) => splits, values: (_, splits) => splits.map(decade) };
    const plot = new uPlot(
      {
        ...this.size(),
        // Zooming by drag could ask a log axis for a range that uPlot cannot finish.
        cursor: { drag: { x: false, y: false, setScale: false }, points: { size: 6 } },
        scales: {
          x: logX ? { time: false, distr: 3, range: (_, min, max) => logRange(min, max) } : { time: false, range: linearRange },
          y: { distr: 3, range: (_, min, max) => logRange(min, max) },
        },
        axes: [
          axis({ label: labels.step, labelSize: 16, size: 26, ...(logX ? decades : { values: (_, splits) => splits.map(tickText) }) }),
          axis({ size: 46, ...decades }),
        ],
        series: [
          { label: labels.step, value: valueAt(String) },
          line(labels.train, theme.learned),
          ...(labels.test === undefined ? [] : [{ ...line(labels.test, theme.test), dash: [5, 3] }]),
        ],
      },
      this.aligned(),
      this.host,
    );
    const legend = plot.root.querySelector<HTMLElement>('.u-legend');
    if (legend) Object.assign(legend.style, { fontSize: '12px', fontWeight: 'normal', textAlign: 'left' });
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
const valueAt = (text: (value: number) => string): uPlot.Series.Value => (plot, value, series, index) => {
  const shown = index === null ? (plot.data[series] as readonly (number | null | undefined)[]).findLast((other) => typeof other === 'number') : value;
  return typeof shown === 'number' ? text(shown) : '–';
};

/** The powers of ten in [min, max], every second or third where they are many. */
function wholeDecades(min: number, max: number): number[] {
  const [low, high] = [min, max].map((value) => Math.round(Math.log10(value)));
  const every = Math.ceil((high - low + 1) / 7);
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => Number(`1e${low + i * every}`));
}

function decade(value: number): string {
  return `10${String(Math.round(Math.log10(value))).replace('-', '⁻').replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)])}`;
}
