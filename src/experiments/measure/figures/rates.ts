/** Rates on logarithmic axes. */
import type { Mark, Spec } from 'vega';
import type { Fit, FitPoint } from '../judge.ts';
import { listed } from './checks.ts';
import type { Shown } from './figure.ts';
import { COLOURS, coloursOf, dotsOf, layoutOf, LEGEND, short } from './style.ts';

const COLUMNS = 3;
const WIDTH = 290;
const HEIGHT = 190;
/** Width of the list of checks. */
const LIST = 520;

/**
 * Rates that differ after the first comma of their names share a panel: points with their intervals, and dashed
 * lines of the expected slopes.
 */
export function rates(result: Shown, fits: readonly Fit[]): { spec: Spec; columns: number } {
  const marks = ratePanels(result, fits);
  const { checks = [] } = result;
  const columns = marks.length <= 4 ? 2 : COLUMNS;
  const lines = Math.max(...[...ratesByPanel(fits).values()].map((own) => own.length));
  return {
    spec: {
      layout: layoutOf(columns, lines),
      marks: [...marks, ...(checks.length > 0 ? [listed(checks, LIST)] : [])],
    } as Spec,
    columns,
  };
}

export const ratePanels = ({ points }: Pick<Shown, 'points'>, fits: readonly Fit[]): Mark[] =>
  [...ratesByPanel(fits)].map(([title, own]) =>
    panel(
      title,
      own,
      points.filter((point): point is FitPoint => own.some(({ name }) => name === point.fit)),
    ),
  );

function ratesByPanel(fits: readonly Fit[]): Map<string, Fit[]> {
  const panels = new Map<string, Fit[]>();
  for (const fit of fits) panels.set(partsOf(fit.name)[0], [...(panels.get(partsOf(fit.name)[0]) ?? []), fit]);
  return panels;
}

/** "Δh at t = 1, ntk": what is fitted, and of which system. A comma in parentheses parts nothing. */
function partsOf(name: string): [string, string] {
  let depth = 0;
  const at = [...name].findIndex((letter) => {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    return letter === ',' && depth === 0;
  });
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 2)];
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function panel(title: string, fits: readonly Fit[], points: readonly FitPoint[]): Mark {
  const label = ({ name, slope, expected }: Fit): string =>
    `${partsOf(name)[1]}: slope ${short(slope)}, expected ${short(expected)}`.replace(/^: /, '');
  const values = fits
    .flatMap((fit) =>
      rowsOf(
        fit,
        points.filter((point) => point.fit === fit.name),
      ).map((row) => ({ ...row, line: label(fit) })),
    )
    .filter(({ value }) => value > 0);
  const x = { scale: 'x', field: 'x' };
  const stroke = { scale: 'colour', field: 'line' };
  const y = (field: string) => ({ scale: 'y', field });
  return {
    type: 'group',
    title: { text: title, fontSize: 13, color: fits.every(({ passed }) => passed) ? 'black' : COLOURS.failed },
    encode: { update: { width: { value: WIDTH }, height: { value: HEIGHT } } },
    data: [{ name: 'rows', values }],
    scales: [
      {
        name: 'x',
        type: 'log',
        domain: { data: 'rows', field: 'x' },
        range: [0, WIDTH],
        nice: false,
        padding: 10,
      },
      {
        name: 'y',
        type: 'log',
        domain: { fields: ['low', 'high', 'expected'].map((field) => ({ data: 'rows', field })) },
        range: [HEIGHT, 0],
        padding: 10,
      },
      coloursOf(fits.map(label)),
    ],
    axes: [
      {
        orient: 'bottom',
        scale: 'x',
        tickCount: 5,
        format: '~g',
        title: fits[0].abscissa,
        titleFontSize: 12,
        labelFontSize: 11,
      },
      { orient: 'left', scale: 'y', tickCount: 5, format: '.2~g', labelFontSize: 11 },
    ],
    legends: [LEGEND],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'own', data: 'rows', groupby: 'line' } },
        marks: [
          {
            type: 'line',
            from: { data: 'own' },
            encode: {
              update: {
                x,
                y: y('expected'),
                stroke,
                strokeDash: { value: [5, 4] },
                strokeOpacity: { value: 0.7 },
              },
            },
          },
        ],
      },
      ...dotsOf('rows', 'value', 'line'),
    ],
  } as Mark;
}

/** Points of a fit with their intervals, and the line of the expected slope through their middle. */
function rowsOf(fit: Fit, points: readonly FitPoint[]) {
  const size = (value: number): number => Math.abs(value) ** (1 / fit.root);
  const u = average(points.map(({ x }) => Math.log(x)));
  const v = average(points.map(({ value }) => Math.log(size(value))));
  return points.map(({ x, value, low, high }) => {
    const [near, far] = [low, high].map(size).sort((p, q) => p - q);
    return {
      x,
      value: size(value),
      low: low * high > 0 ? near : size(value),
      high: far,
      expected: Math.exp(v + fit.expected * (Math.log(x) - u)),
    };
  });
}
