/** figure.svg: what a result shows, drawn by Vega from a plain specification; nothing of it is in the page. */
import { Error as ERRORS, parse, View, type Mark, type Spec } from 'vega';
import type { Fit, FitPoint, Verdict } from '../judge.ts';
import type { Measurement } from '../measurement.ts';
import { phases } from './phases.ts';

export interface Shown extends Verdict {
  readonly name: string;
}

export async function drawFigure(result: Shown, { figure, law }: Measurement): Promise<string> {
  const drawn =
    figure === 'phases'
      ? phases(result)
      : result.fits
        ? rates(result, result.fits)
        : { spec: deviations(result), columns: 2 };
  const title = {
    text: result.name,
    subtitle: wrapped(law, drawn.columns * LETTERS),
    anchor: 'start',
    fontSize: 16,
    subtitleFontSize: 12,
    offset: 14,
  };
  return new View(parse({ ...drawn.spec, title, background: 'white', padding: 12 } as Spec), {
    renderer: 'none',
    logLevel: ERRORS,
  }).toSVG();
}

/** Letters of a subtitle in a panel’s width, as wide as Vega takes them to be where it cannot measure them. */
const LETTERS = 37;

function wrapped(text: string, length: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    return longer.length > length || lines.length === 0 ? [...lines, word] : [...lines.slice(0, -1), longer];
  }, []);
}

const COLUMNS = 3;
const WIDTH = 290;
const HEIGHT = 190;
/** Heights of a line of a legend and of a list, and the width of a list. */
const LINE = 17;
const ROW = 20;
const LIST = 520;
const GREY = '#888';
const BLUE = '#1f5fa8';
const RED = '#c0392b';
const short = (value: number): string => String(+value.toPrecision(3)).replace('-', '−');

/**
 * Rates that differ after the first comma of their names share a panel: points with their intervals, and dashed
 * lines of the expected slopes.
 */
function rates({ points, checks = [] }: Shown, fits: readonly Fit[]): { spec: Spec; columns: number } {
  const panels = new Map<string, Fit[]>();
  for (const fit of fits) panels.set(partsOf(fit.name)[0], [...(panels.get(partsOf(fit.name)[0]) ?? []), fit]);
  const marks = [...panels].map(([title, own]) =>
    panel(
      title,
      own,
      points.filter((point): point is FitPoint => own.some(({ name }) => name === point.fit)),
    ),
  );
  const columns = marks.length <= 4 ? 2 : COLUMNS;
  const lines = Math.max(...[...panels.values()].map((own) => own.length));
  const layout = { columns, padding: { row: 80 + LINE * lines, column: 70 }, bounds: 'flush', align: 'each' };
  return {
    spec: { layout, marks: [...marks, ...(checks.length > 0 ? [listed(checks)] : [])] } as Spec,
    columns,
  };
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
    title: { text: title, fontSize: 13, color: fits.every(({ passed }) => passed) ? 'black' : RED },
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
      {
        name: 'colour',
        type: 'ordinal',
        domain: fits.map(label),
        range: fits.length === 1 ? [BLUE] : { scheme: 'tableau10' },
      },
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
    legends: [
      {
        fill: 'colour',
        orient: 'bottom',
        direction: 'vertical',
        labelFontSize: 12,
        labelLimit: 0,
        symbolSize: 50,
      },
    ],
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
      {
        type: 'rule',
        from: { data: 'rows' },
        encode: { update: { x, y: y('low'), y2: y('high'), stroke, strokeWidth: { value: 1.5 } } },
      },
      {
        type: 'symbol',
        from: { data: 'rows' },
        encode: { update: { x, y: y('value'), fill: stroke, size: { value: 36 } } },
      },
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

/** Numbers beside what is expected of them. */
function listed(checks: NonNullable<Shown['checks']>): Mark {
  const values = checks.map(({ name, value, expected, tolerance, passed }, i) => ({
    i,
    passed,
    text: `${passed ? '✓' : '✗'} ${name}: ${short(value)}, expected ${short(expected)} ± ${short(tolerance)}`,
  }));
  return {
    type: 'group',
    title: { text: 'checks', fontSize: 13, anchor: 'start' },
    encode: { update: { width: { value: LIST }, height: { value: ROW * values.length } } },
    data: [{ name: 'lines', values }],
    marks: [
      {
        type: 'text',
        from: { data: 'lines' },
        encode: {
          update: {
            y: { signal: `${ROW} * (datum.i + 0.5)` },
            text: { field: 'text' },
            fontSize: { value: 12 },
            fill: { signal: `datum.passed ? 'black' : '${RED}'` },
          },
        },
      },
    ],
  } as Mark;
}

/** Checks: how far each number is from what is expected, in units of its tolerance. */
function deviations({ checks = [] }: Shown): Spec {
  const values = checks.map(({ name, value, expected, tolerance, passed }) => ({
    name,
    passed,
    strain: Math.min(2, tolerance > 0 ? Math.abs(value - expected) / tolerance : passed ? 0 : 2),
  }));
  return {
    width: 420,
    height: { signal: `${18 * values.length}` },
    data: [{ name: 'checks', values }],
    scales: [
      { name: 'x', type: 'linear', domain: [0, 2], range: 'width' },
      { name: 'y', type: 'band', domain: { data: 'checks', field: 'name' }, range: 'height', padding: 0.3 },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: 'deviation over tolerance (2 stands for more)' },
      { orient: 'left', scale: 'y', labelLimit: 0 },
    ],
    marks: [
      {
        type: 'rect',
        from: { data: 'checks' },
        encode: {
          update: {
            x: { scale: 'x', value: 0 },
            x2: { scale: 'x', field: 'strain' },
            y: { scale: 'y', field: 'name' },
            height: { scale: 'y', band: 1 },
            fill: { signal: `datum.passed ? '${BLUE}' : '${RED}'` },
          },
        },
      },
      {
        type: 'rule',
        encode: {
          update: {
            x: { scale: 'x', value: 1 },
            y: { value: 0 },
            y2: { signal: 'height' },
            stroke: { value: GREY },
          },
        },
      },
    ],
  } as Spec;
}
