/** Curves in panels of their own, rates and checks below them. */
import type { Mark, Spec } from 'vega';
import type { Axis, Curve, Panel } from '../panel.ts';
import { listed } from './checks.ts';
import type { Shown } from './figure.ts';
import { ratePanels } from './rates.ts';
import { coloursOf, dotsOf, layoutOf, LEGEND } from './style.ts';

const WIDTH = 330;
const HEIGHT = 210;
const COLUMNS = 2;

export function curves(result: Shown, panels: readonly Panel[]): { spec: Spec; columns: number } {
  const { fits = [], checks = [] } = result;
  const lines = Math.max(...panels.map((panel) => panel.curves.length));
  const marks = [
    ...panels.map(drawn),
    ...ratePanels(result, fits),
    ...(checks.length > 0 ? [listed(checks, WIDTH)] : []),
  ];
  return { spec: { layout: layoutOf(COLUMNS, lines), marks } as Spec, columns: COLUMNS };
}

/** Where an axis is logarithmic, what is not above 0 has no place. */
const isShown = (value: number, { log }: Axis): boolean => Number.isFinite(value) && (!log || value > 0);

function drawn({ title, x, y, curves: all }: Panel): Mark {
  const values = all.flatMap(({ name, mark, points }) =>
    points
      .filter((point) => isShown(point.x, x) && isShown(point.y, y))
      .map((point) => ({ low: point.y, high: point.y, ...point, name, mark })),
  );
  return {
    type: 'group',
    title: { text: title, fontSize: 13 },
    encode: { update: { width: { value: WIDTH }, height: { value: HEIGHT } } },
    data: [
      { name: 'rows', values },
      ...(['line', 'dots', 'bars'] as const).map((mark) => ({
        name: mark,
        source: 'rows',
        transform: [{ type: 'filter', expr: `datum.mark === '${mark}'` }],
      })),
    ],
    scales: [
      scale('x', x, [0, WIDTH], ['x']),
      scale(
        'y',
        y,
        [HEIGHT, 0],
        all.some(({ mark }) => mark === 'bars') ? ['low', 'high', 'zero'] : ['low', 'high'],
      ),
      coloursOf(all.map(({ name }) => name)),
    ],
    axes: [axis('bottom', 'x', x), axis('left', 'y', y)],
    legends: [LEGEND],
    marks: [...bars(all), LINES, ...dotsOf('dots', 'y', 'name')],
  } as unknown as Mark;
}

const scale = (name: string, { log }: Axis, range: readonly number[], fields: readonly string[]) => ({
  name,
  type: log ? 'log' : 'linear',
  domain: { fields: fields.map((field) => (field === 'zero' ? [0] : { data: 'rows', field })) },
  range,
  zero: false,
  nice: false,
  padding: 10,
});

const axis = (orient: string, name: string, { title }: Axis) => ({
  orient,
  scale: name,
  title,
  tickCount: 5,
  format: '.3~g',
  titleFontSize: 12,
  labelFontSize: 11,
});

const COLOUR = { scale: 'colour', field: 'name' };
const X = { scale: 'x', field: 'x' };

const LINES: Mark = {
  type: 'group',
  from: { facet: { name: 'own', data: 'line', groupby: 'name' } },
  marks: [
    {
      type: 'line',
      from: { data: 'own' },
      encode: {
        update: { x: X, y: { scale: 'y', field: 'y' }, stroke: COLOUR, strokeWidth: { value: 1.7 } },
      },
    },
  ],
};

/** Bars of equal width, as many as the densest curve has. */
function bars(all: readonly Curve[]) {
  const most = Math.max(0, ...all.filter(({ mark }) => mark === 'bars').map(({ points }) => points.length));
  if (most === 0) return [];
  return [
    {
      type: 'rect',
      from: { data: 'bars' },
      encode: {
        update: {
          xc: X,
          width: { value: (WIDTH - 20) / most },
          y: { scale: 'y', field: 'y' },
          y2: { scale: 'y', value: 0 },
          fill: COLOUR,
          fillOpacity: { value: 0.45 },
        },
      },
    },
  ];
}
