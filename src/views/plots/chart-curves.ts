/** Curves of a result in one panel, on linear or logarithmic axes: lines for theory, dots for what was seen, bars. */
import { COLOUR_MAPS, type Theme } from '../palette.ts';
import { LOG_TICKS } from './log-ticks.ts';
import { axisIn, dots, ResultChart } from './result-chart.ts';
import { tickText } from './ticks.ts';
import uPlot from './uplot.ts';

export interface Panel {
  readonly title: string;
  readonly x: { readonly title: string; readonly log?: true };
  readonly y: { readonly title: string; readonly log?: true };
  readonly curves: readonly {
    readonly name: string;
    readonly mark: 'line' | 'dots' | 'bars';
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
}

const LEGEND = 28;
/** Room beside the outermost points on a logarithmic axis, as a factor. */
const MARGIN = 1.15;

export class CurveChart extends ResultChart<Panel> {
  constructor(host: HTMLElement) {
    super(host, LEGEND);
  }

  protected data(panel: Panel): uPlot.AlignedData {
    return aligned(panel);
  }

  protected options({ x, y, curves }: Panel, theme: Theme): Omit<uPlot.Options, 'width' | 'height'> {
    const axis = ({ title, log }: Panel['x'], size: number): uPlot.Axis =>
      axisIn(theme, {
        label: title,
        labelSize: 16,
        size,
        ...(log ? LOG_TICKS : { values: (_, splits) => splits.map(tickText) }),
      });
    const scale = ({ log }: Panel['x']): uPlot.Scale =>
      log ? { time: false, distr: 3, range: (_, min, max) => [min / MARGIN, max * MARGIN] } : { time: false };
    return {
      legend: { show: true, live: false },
      scales: { x: scale(x), y: scale(y) },
      axes: [axis(x, 26), axis(y, 56)],
      series: [{}, ...curves.map((curve, k) => look(curve, colourOf(theme, k, curves.length)))],
    };
  }
}

/** One of a family of colours; one alone is what is learned. */
function colourOf({ learned, test, mapRange: [low, high] }: Theme, k: number, count: number): string {
  if (count <= 2) return [test, learned][count === 1 ? 1 : k];
  return COLOUR_MAPS.viridis(low + ((high - low) * k) / (count - 1));
}

function look({ name, mark }: Panel['curves'][number], colour: string): uPlot.Series {
  const series = { label: name, stroke: colour, spanGaps: true };
  if (mark === 'dots') return { ...series, ...dots(colour) };
  const bars = mark === 'bars' ? { paths: uPlot.paths.stepped!({ align: 0 as 1 }) } : {};
  return { ...series, ...bars, width: 1.7, points: { show: false } };
}

/** All curves over one ascending list of x; what a logarithmic axis cannot show is left out. */
function aligned({ x, y, curves }: Panel): uPlot.AlignedData {
  const tables = curves.map(({ points }): uPlot.AlignedData => {
    const shown = points
      .filter((point) => (!x.log || point.x > 0) && (!y.log || point.y > 0))
      .sort((p, q) => p.x - q.x);
    return [shown.map((point) => point.x), shown.map((point) => point.y)];
  });
  return uPlot.join(tables);
}
