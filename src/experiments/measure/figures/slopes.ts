/** Slopes of many systems beside theory: how far each is from what is expected, with its interval, in one picture. */
import type { Mark, Spec } from 'vega';
import type { Fit, Verdict } from '../judge.ts';
import { COLOURS, short } from './style.ts';

export interface Slope extends Pick<Fit, 'slope' | 'low' | 'high' | 'expected' | 'tolerance' | 'verdict'> {
  /** Of its column. */
  readonly quantity: string;
  /** Of its row. */
  readonly system: string;
  readonly t: number;
}

const WIDTH = 150;
/** Of a time. */
const LINE = 9;
const GAP = 9;
/** Tolerances to each side. */
const REACH = 2.2;

const COLOUR: Readonly<Record<Verdict, string>> = {
  holds: COLOURS.plain,
  undecided: '#c77f11',
  fails: COLOURS.failed,
};

export function slopes(rows: readonly Slope[]): Spec {
  const systems = [...new Set(rows.map(({ system }) => system))];
  const quantities = [...new Set(rows.map(({ quantity }) => quantity))];
  return {
    layout: { columns: quantities.length, padding: { column: 22 }, bounds: 'full', align: 'each' },
    marks: quantities.map((quantity, at) =>
      column(
        quantity,
        rows.filter((row) => row.quantity === quantity),
        systems,
        at === 0,
      ),
    ),
  } as Spec;
}

function column(title: string, rows: readonly Slope[], systems: readonly string[], isFirst: boolean): Mark {
  const times = [...new Set(rows.map(({ t }) => t))].sort((p, q) => p - q);
  const height = (row: number): number => GAP + row * (3 * LINE + GAP);
  const { tolerance } = rows[0];
  const most = REACH * tolerance;
  const held = (value: number): number => Math.max(-most, Math.min(most, value));
  const values = rows.map(({ system, t, slope, low, high, expected, verdict }) => ({
    y: height(systems.indexOf(system)) + (times.indexOf(t) + 0.5 + (3 - times.length) / 2) * LINE,
    off: held(slope - expected),
    low: held(low - expected),
    high: held(high - expected),
    colour: COLOUR[verdict],
  }));
  const theory = systems.flatMap((system, row) => {
    const found = rows.find((one) => one.system === system);
    return found ? [{ y: height(row) + 1.5 * LINE, text: short(found.expected) }] : [];
  });
  const all = height(systems.length);
  const x = (field: string) => ({ scale: 'x', field });
  return {
    type: 'group',
    title: {
      text: title,
      subtitle: 'slope minus theory',
      fontSize: 13,
      subtitleFontSize: 11,
      anchor: 'middle',
    },
    encode: { update: { width: { value: WIDTH }, height: { value: all } } },
    data: [
      { name: 'rows', values },
      { name: 'theory', values: theory },
      {
        name: 'systems',
        values: isFirst ? systems.map((text, row) => ({ text, y: height(row) + 1.5 * LINE })) : [],
      },
    ],
    scales: [{ name: 'x', type: 'linear', domain: [-most, most], range: [0, WIDTH] }],
    axes: [{ orient: 'bottom', scale: 'x', tickCount: 3, labelFontSize: 11, format: '+~g' }],
    marks: [
      {
        type: 'rect',
        encode: {
          update: {
            x: { scale: 'x', value: -tolerance },
            x2: { scale: 'x', value: tolerance },
            y: { value: 0 },
            y2: { value: all },
            fill: { value: COLOURS.faint },
            fillOpacity: { value: 0.16 },
          },
        },
      },
      {
        type: 'rule',
        encode: {
          update: {
            x: { scale: 'x', value: 0 },
            y: { value: 0 },
            y2: { value: all },
            stroke: { value: COLOURS.faint },
          },
        },
      },
      {
        type: 'rule',
        from: { data: 'rows' },
        encode: {
          update: {
            x: x('low'),
            x2: x('high'),
            y: { field: 'y' },
            stroke: { field: 'colour' },
            strokeWidth: { value: 2 },
          },
        },
      },
      {
        type: 'symbol',
        from: { data: 'rows' },
        encode: { update: { x: x('off'), y: { field: 'y' }, fill: { field: 'colour' }, size: { value: 26 } } },
      },
      ...label('theory', WIDTH + 4, 'left'),
      ...label('systems', -8, 'right'),
    ],
  } as Mark;
}

const label = (data: string, x: number, align: 'left' | 'right') => [
  {
    type: 'text',
    from: { data },
    encode: {
      update: {
        x: { value: x },
        y: { field: 'y' },
        text: { field: 'text' },
        align: { value: align },
        baseline: { value: 'middle' },
        fontSize: { value: 12 },
        fill: { value: 'black' },
      },
    },
  },
];
