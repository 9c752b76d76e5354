/** What charts of results have in common: uPlot in a host, as large as that, drawn anew for another theme. */
import { THEMES, type Theme, type ThemeName } from '../palette.ts';
import uPlot from './uplot.ts';

const FONT = '11px system-ui, sans-serif';
/** Pixels of the least chart. */
const LEAST = 120;

export abstract class ResultChart<Shown> {
  protected plot: uPlot | null = null;
  private readonly observer: ResizeObserver;
  private shown: { readonly what: Shown; readonly theme: ThemeName } | null = null;

  /** `below`: pixels kept free for a legend. */
  constructor(
    private readonly host: HTMLElement,
    private readonly below = 0,
  ) {
    this.observer = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.observer.observe(host);
  }

  show(what: Shown, theme: ThemeName): void {
    this.clear();
    this.shown = { what, theme };
    const options = { ...this.size(), cursor: { show: false }, ...this.options(what, THEMES[theme]) };
    this.plot = new uPlot(options, this.data(what), this.host);
  }

  setTheme(theme: ThemeName): void {
    if (this.shown) this.show(this.shown.what, theme);
  }

  clear(): void {
    this.plot?.destroy();
    this.plot = this.shown = null;
  }

  destroy(): void {
    this.observer.disconnect();
    this.clear();
  }

  protected abstract data(what: Shown): uPlot.AlignedData;
  protected abstract options(what: Shown, theme: Theme): Omit<uPlot.Options, 'width' | 'height'>;

  private size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.host;
    return { width: Math.max(LEAST, clientWidth), height: Math.max(LEAST, clientHeight - this.below) };
  }
}

/** An axis in a theme's colours. */
export const axisIn = (theme: Theme, more: uPlot.Axis): uPlot.Axis => ({
  stroke: theme.soft,
  font: FONT,
  labelFont: FONT,
  grid: { stroke: theme.faint, width: 1 },
  ticks: { stroke: theme.faint, width: 1, size: 4 },
  ...more,
});

/** Points without a line through them. */
export const dots = (colour: string): uPlot.Series => ({
  stroke: colour,
  width: 0,
  paths: () => null,
  points: { show: true, size: 7, fill: colour },
});
