/** figure.svg: what a result shows, drawn by Vega from a plain specification; nothing of it is in the page. */
import { Error as ERRORS, parse, View, type Mark, type Spec } from 'vega';
import type { Fit, FitPoint, Verdict } from './judge.ts';
import type { Measurement } from './measurement.ts';
import { phases } from './figure-phases.ts';

export interface Shown extends Verdict {
  readonly name: string;
}

export async function drawFigure(result: Shown, { figure, law }: Measurement): Promise<string> {
  const spec = figure === 'phases' ? phases(result) : result.fits ? rates(result, result.fits) : deviations(result);
  return new View(parse({ ...spec, title: { text: result.name, subtitle: law, anchor: 'start' }, background: 'white', padding: 10 }), { renderer: 'none', logLevel: ERRORS }).toSVG();
}

const COLUMNS = 4;
const GREY = '#888', BLUE = '#1f5fa8', RED = '#c0392b';
const short = (value: number): string => String(+value.toPrecision(3));

/** Every rate in a panel of its own: the points with their intervals, and a line of the expected slope through their middle. */
function rates({ points }: Shown, fits: readonly Fit[]): Spec {
  const shown = fits.flatMap((fit) => {
    const size = (value: number): number => Math.abs(value) ** (1 / fit.root), own = points.filter((point): point is FitPoint => point.fit === fit.name);
    const u = average(own.map(({ x }) => Math.log(x))), v = average(own.map(({ value }) => Math.log(size(value))));
    return own.map(({ x, value, low, high }) => {
      const [near, far] = [low, high].map(size).sort((p, q) => p - q);
      return { fit: fit.name, x, value: size(value), low: low * high > 0 ? near : size(value), high: far, line: Math.exp(v + fit.expected * (Math.log(x) - u)) };
    });
  });
  const titles = fits.map((fit) => ({ fit: fit.name, abscissa: fit.abscissa, passed: fit.passed, title: `${fit.name}: ${short(fit.slope)} (${short(fit.expected)})` }));
  return {
    data: [
      { name: 'titles', values: titles },
      { name: 'shown', values: shown.filter(({ value }) => value > 0), transform: [{ type: 'lookup', from: 'titles', key: 'fit', fields: ['fit'], values: ['title', 'passed', 'abscissa'] }] },
    ],
    layout: { columns: COLUMNS, padding: { row: 70, column: 80 }, bounds: 'flush', align: 'all' },
    marks: [panel],
  };
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const panel: Mark = {
  type: 'group',
  from: { facet: { name: 'one', data: 'shown', groupby: ['fit', 'title', 'passed', 'abscissa'] } },
  title: { text: { signal: 'parent.title' }, fontSize: 10, color: { signal: `parent.passed ? 'black' : '${RED}'` } },
  encode: { update: { width: { value: 180 }, height: { value: 120 } } },
  scales: [
    { name: 'x', type: 'log', domain: { data: 'one', field: 'x' }, range: [0, 180], nice: false, padding: 8 },
    { name: 'y', type: 'log', domain: { fields: [{ data: 'one', field: 'low' }, { data: 'one', field: 'high' }, { data: 'one', field: 'line' }] }, range: [120, 0], padding: 8 },
  ],
  axes: [
    { orient: 'bottom', scale: 'x', tickCount: 4, format: '~g', title: { signal: 'parent.abscissa' }, titleFontSize: 9, labelFontSize: 8 },
    { orient: 'left', scale: 'y', tickCount: 4, format: '.3~g', labelFontSize: 8 },
  ],
  marks: [
    { type: 'line', from: { data: 'one' }, encode: { update: { x: { scale: 'x', field: 'x' }, y: { scale: 'y', field: 'line' }, stroke: { value: GREY }, strokeDash: { value: [4, 3] } } } },
    { type: 'rule', from: { data: 'one' }, encode: { update: { x: { scale: 'x', field: 'x' }, y: { scale: 'y', field: 'low' }, y2: { scale: 'y', field: 'high' }, stroke: { value: BLUE } } } },
    { type: 'symbol', from: { data: 'one' }, encode: { update: { x: { scale: 'x', field: 'x' }, y: { scale: 'y', field: 'value' }, fill: { value: BLUE }, size: { value: 25 } } } },
  ],
};

/** Checks: how far each number is from what is expected, in units of its tolerance. */
function deviations({ checks = [] }: Shown): Spec {
  const values = checks.map(({ name, value, expected, tolerance, passed }) => ({ name, passed, strain: Math.min(2, tolerance > 0 ? Math.abs(value - expected) / tolerance : passed ? 0 : 2) }));
  return {
    width: 420, height: { signal: `${18 * values.length}` },
    data: [{ name: 'checks', values }],
    scales: [
      { name: 'x', type: 'linear', domain: [0, 2], range: 'width' },
      { name: 'y', type: 'band', domain: { data: 'checks', field: 'name' }, range: 'height', padding: 0.3 },
    ],
    axes: [{ orient: 'bottom', scale: 'x', title: 'deviation over tolerance (2 stands for more)' }, { orient: 'left', scale: 'y', labelLimit: 0 }],
    marks: [
      { type: 'rect', from: { data: 'checks' }, encode: { update: { x: { scale: 'x', value: 0 }, x2: { scale: 'x', field: 'strain' }, y: { scale: 'y', field: 'name' }, height: { scale: 'y', band: 1 }, fill: { signal: `datum.passed ? '${BLUE}' : '${RED}'` } } } },
      { type: 'rule', encode: { update: { x: { scale: 'x', value: 1 }, y: { value: 0 }, y2: { signal: 'height' }, stroke: { value: GREY } } } },
    ],
  } as Spec;
}
