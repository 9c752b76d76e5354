/** ln(1 + e^z) = max(z, 0) + L(|z|), L(x) = ln(1 + e^−x) from a table. */
import type { Form } from '../form.ts';
import * as single from './single.ts';
import { EXPONENTIALS } from './exp.ts';
import { TABLE_CONSTANTS, extent, increment, lookUp } from './table.ts';

/** L(40) is below half an ULP of 40, and e^−40 beside L(40) of itself. */
const LIMIT = 40;
const { mask, table } = extent(LIMIT);

const tailed = (z: string, to: string): string =>
  `if (v128.any_true(f64x2.lt(${z}, LEAST))) ${to} = tail(${z}, ${to});`;

const phi = (z: string, to: string): string => `
    const x = f64x2.pmin(f64x2.abs(${z}), LIMIT);
    ${lookUp('x', mask)}${increment(8)}
    ${to} = f64x2.add(f64x2.pmax(${z}, ZERO), f64x2.add(c0, delta));`;

/** L' from L's coefficients. */
const RISE = `
    const rise1 = f64x2.add(f64x2.mul(THREE, c3), f64x2.mul(u, f64x2.add(f64x2.mul(FIVE, c5), f64x2.mul(u, f64x2.mul(SEVEN, c7)))));
    const rise2 = f64x2.add(f64x2.add(c2, c2), f64x2.mul(u, f64x2.add(f64x2.mul(FOUR, c4), f64x2.mul(u, f64x2.mul(SIX, c6)))));
    const rise = f64x2.add(c1, f64x2.add(f64x2.mul(t, rise2), f64x2.mul(u, rise1)));`;

const f64: Form = {
  particles: 2,
  constants: {
    ...TABLE_CONSTANTS,
    LIMIT,
    LEAST: -LIMIT,
    ZERO: 0,
    ONE: 1,
    THREE: 3,
    FOUR: 4,
    FIVE: 5,
    SIX: 6,
    SEVEN: 7,
  },
  table,
  helpers: `${EXPONENTIALS}
/** φ and φ' are e^z where z < −${LIMIT}. */
function tail(z: v128, value: v128): v128 {
  return v128.bitselect(exponential(z, f64x2.splat(0)), value, f64x2.lt(z, f64x2.splat(${-LIMIT})));
}`,
  phi: (z, to) => `
    ${phi(z, to)}
    ${tailed(z, to)}`,
  both: (z, to, slope) => `
    ${phi(z, to)}${RISE}
    ${slope} = v128.bitselect(f64x2.neg(rise), f64x2.add(ONE, rise), f64x2.lt(${z}, ZERO));
    if (v128.any_true(f64x2.lt(${z}, LEAST))) {
      ${to} = tail(${z}, ${to});
      ${slope} = tail(${z}, ${slope});
    }`,
};

const phi32 = (z: string, to: string): string => `
    ${single.decay(z)}
    ${single.logarithm('log')}
    ${to} = f32x4.add(f32x4.pmax(${z}, ZERO), log);`;

const f32: Form = {
  particles: 2,
  constants: { ...single.EXP, ...single.LOG, SIGN: -0, ZERO: 0 },
  helpers: '',
  phi: phi32,
  both: (z, to, slope) => `
    ${phi32(z, to)}
    ${slope} = f32x4.div(v128.bitselect(e, ONE, f32x4.lt(${z}, ZERO)), f32x4.add(ONE, e));`,
};

export const SOFTPLUS = { f64, f32 };
