/**
 * Piecewise linear activations, whose knots are told when a kernel is set up: TABLE has their number, then place, φ and
 * the slope that follows of each (src/engines/cpu/simd/tables.ts). Pieces are chosen by comparisons, as the float64
 * code does, and give its bits: NaN lies above no knot.
 */
import type { FormsOf } from '../forms.ts';
import { MOST_KNOTS } from '../../src/core/activations/parametric.ts';

const NUMBER = 8;
const ROW = 3 * NUMBER;

const chosen = (z: string, take: (place: string, phi: string, slope: string) => string): string => `
    let place = v128.load64_splat(TABLE, ${NUMBER});
    let value = v128.load64_splat(TABLE, ${2 * NUMBER});
    let rise = f64x2.splat(0);
    const last = TABLE + ${NUMBER} + <usize>load<f64>(TABLE) * ${ROW};
    for (let knot = TABLE + ${NUMBER}; knot < last; knot += ${ROW}) {
      const at = v128.load64_splat(knot);
      const isAbove = f64x2.gt(${z}, at);
      place = v128.bitselect(at, place, isAbove);
      value = v128.bitselect(v128.load64_splat(knot, ${NUMBER}), value, isAbove);
      rise = v128.bitselect(v128.load64_splat(knot, ${2 * NUMBER}), rise, isAbove);
    }
    ${take('place', 'value', 'rise')}`;

const valueAt =
  (z: string, phi: string) =>
  (place: string, value: string, rise: string): string =>
    `${phi} = f64x2.add(${value}, f64x2.mul(${rise}, f64x2.sub(${z}, ${place})));`;

export const KNOTS: FormsOf = {
  f64: {
    particles: 4,
    constants: {},
    helpers: '',
    table: 1 + 3 * MOST_KNOTS,
    phi: (z, phi) => chosen(z, valueAt(z, phi)),
    both: (z, phi, slope) => chosen(z, (...piece) => `${valueAt(z, phi)(...piece)} ${slope} = ${piece[2]};`),
  },
};
