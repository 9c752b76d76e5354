/** The (a, κ) plane: measured exponents as colours and numbers, theory's lines between the phases. */
import type { Mark, Spec } from 'vega';
import type { Shown } from './figure.ts';

const SIZES = ['Δh', 'Δf'];
/** Where the size is Θ(1): Δh on κ = a, Δf on κ = 2a − 1. */
const LINES = [[{ a: 0.45, kappa: 0.45 }, { a: 1.05, kappa: 1.05 }], [{ a: 0.45, kappa: -0.1 }, { a: 1.05, kappa: 1.1 }]];
const WIDTH = 300, HEIGHT = 300, CELL = { a: 0.125, kappa: 0.25 };

export function phases({ points }: Shown): Spec {
  const cells = points.filter((point) => 'kappa' in point);
  return {
    data: [{ name: 'cells', values: [...cells] }],
    layout: { columns: 2, padding: 60 },
    scales: [{ name: 'colour', type: 'linear', domain: [-1, 0, 1], range: ['#2c7bb6', '#ffffff', '#d7191c'], clamp: true }],
    legends: [{ fill: 'colour', title: 'exponent of n', orient: 'right' }],
    marks: SIZES.map((size, i) => plane(size, LINES[i])),
  };
}

function plane(size: string, line: { a: number; kappa: number }[]): Mark {
  const centre = { xc: { scale: 'x', field: 'a' }, yc: { scale: 'y', field: 'kappa' } };
  return {
    type: 'group',
    title: { text: `${size}: measured exponent; dashed: Θ(1) by theory` },
    encode: { update: { width: { value: WIDTH }, height: { value: HEIGHT } } },
    data: [{ name: 'line', values: line }],
    scales: [
      { name: 'x', type: 'linear', domain: [0.5 - CELL.a / 2, 1 + CELL.a / 2], range: [0, WIDTH], zero: false },
      { name: 'y', type: 'linear', domain: [-CELL.kappa / 2, 1 + CELL.kappa / 2], range: [HEIGHT, 0], zero: false },
    ],
    axes: [{ orient: 'bottom', scale: 'x', title: 'a' }, { orient: 'left', scale: 'y', title: 'κ' }],
    marks: [
      { type: 'rect', from: { data: 'cells' }, encode: { update: { ...centre, width: { value: WIDTH / 5 }, height: { value: HEIGHT / 5 }, fill: { scale: 'colour', field: size } } } },
      { type: 'text', from: { data: 'cells' }, encode: { update: { x: centre.xc, y: centre.yc, align: { value: 'center' }, baseline: { value: 'middle' }, text: { signal: `format(datum['${size}'], '.3f')` } } } },
      { type: 'line', clip: true, from: { data: 'line' }, encode: { update: { x: { scale: 'x', field: 'a' }, y: { scale: 'y', field: 'kappa' }, stroke: { value: 'black' }, strokeDash: { value: [5, 4] } } } },
    ],
  };
}
