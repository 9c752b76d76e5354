/**
 * Planes of parameterizations: measured exponents as colours and numbers, theory's lines between the phases.
 */
import type { Mark, Spec } from 'vega';
import type { Shown } from './figure.ts';

interface Axis {
  readonly field: string;
  readonly title: string;
  /** Of the outermost cells' centres. */
  readonly from: number;
  readonly to: number;
  readonly cells: number;
}

interface Plane {
  readonly field: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Where the size is Θ(1) by theory: two points of a line. */
  readonly line: readonly (readonly [number, number])[];
}

const A: Axis = { field: 'a', title: 'a: prefactor n^(−a)', from: 0.5, to: 1, cells: 5 };
const KAPPA: Axis = { field: 'kappa', title: 'κ: rate n^κ', from: 0, to: 1, cells: 5 };
const PLANES: readonly Plane[] = [
  {
    field: 'Δh',
    title: 'Δh of the first step',
    x: A,
    y: KAPPA,
    line: [
      [0.4, 0.4],
      [1.1, 1.1],
    ],
  },
  {
    field: 'Δf',
    title: 'Δf of the first step',
    x: A,
    y: KAPPA,
    line: [
      [0.4, -0.2],
      [1.1, 1.2],
    ],
  },
  {
    field: 'RD',
    title: '|w0(T) − w0(0)| / |w0(0)|, relu',
    x: { ...A, to: 2, cells: 4 },
    y: { field: 'b', title: 'b: initial deviation n^(−b)', from: 0, to: 0.5, cells: 3 },
    line: [
      [0.25, 0.375],
      [1.25, -0.125],
    ],
  },
];
const WIDTH = 270;
const HEIGHT = 270;

export function phases({ points }: Shown): { spec: Spec; columns: number } {
  const spec: Spec = {
    data: PLANES.map(({ field }) => ({ name: field, values: points.filter((point) => field in point) })),
    layout: { columns: PLANES.length, padding: 60 },
    scales: [
      {
        name: 'colour',
        type: 'linear',
        domain: [-1, 0, 1],
        range: ['#2c7bb6', '#ffffff', '#d7191c'],
        clamp: true,
      },
    ],
    legends: [{ fill: 'colour', title: 'exponent of n', orient: 'right' }],
    marks: PLANES.map(drawn),
  };
  return { spec, columns: PLANES.length };
}

function drawn({ field, title, x, y, line }: Plane): Mark {
  const centre = { xc: { scale: 'x', field: x.field }, yc: { scale: 'y', field: y.field } };
  return {
    type: 'group',
    title: { text: title, fontSize: 13 },
    encode: { update: { width: { value: WIDTH }, height: { value: HEIGHT } } },
    data: [{ name: 'line', values: line.map(([across, up]) => ({ across, up })) }],
    scales: [
      { name: 'x', type: 'linear', domain: rangeOf(x), range: [0, WIDTH], zero: false },
      { name: 'y', type: 'linear', domain: rangeOf(y), range: [HEIGHT, 0], zero: false },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: x.title, values: valuesOf(x), format: '.3~g' },
      { orient: 'left', scale: 'y', title: y.title, values: valuesOf(y), format: '.3~g' },
    ],
    marks: [
      {
        type: 'rect',
        from: { data: field },
        encode: {
          update: {
            ...centre,
            width: { value: WIDTH / x.cells },
            height: { value: HEIGHT / y.cells },
            fill: { scale: 'colour', field },
          },
        },
      },
      {
        type: 'text',
        from: { data: field },
        encode: {
          update: {
            x: centre.xc,
            y: centre.yc,
            align: { value: 'center' },
            baseline: { value: 'middle' },
            text: { signal: `format(datum['${field}'], '.3f')` },
          },
        },
      },
      {
        type: 'line',
        clip: true,
        from: { data: 'line' },
        encode: {
          update: {
            x: { scale: 'x', field: 'across' },
            y: { scale: 'y', field: 'up' },
            stroke: { value: 'black' },
            strokeDash: { value: [5, 4] },
          },
        },
      },
    ],
  };
}

const cellOf = ({ from, to, cells }: Axis): number => (to - from) / (cells - 1);
const rangeOf = (axis: Axis): [number, number] => [axis.from - cellOf(axis) / 2, axis.to + cellOf(axis) / 2];
const valuesOf = (axis: Axis): number[] =>
  Array.from({ length: axis.cells }, (_, i) => axis.from + i * cellOf(axis));
