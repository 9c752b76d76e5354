/**
 * z P(Z ≤ z): the tail above x = |z| is e^(−x²/2) times Mills' ratio, whose table has 7 coefficients in a row, then
 * e^(−x²/2) at the node.
 */
import type { Form } from '../form.ts';
import * as single from './single.ts';
import { EXPONENTIALS } from './exp.ts';
import { LOCAL_GAUSS, localGauss } from './gauss.ts';
import { TABLE_CONSTANTS, extent, increment, lookUp } from './table.ts';

/** P(Z > 39) is below the least float64. */
const LIMIT = 39;
/** Where e^(−x²/2) is no longer taken from the node. */
const FAR = 9;
const { mask, table } = extent(LIMIT);

const phi = (z: string, to: string): string => `
    const x = f64x2.pmin(f64x2.abs(${z}), LIMIT);
    ${lookUp('x', mask)}${increment(7)}
    let e: v128;
    ${localGauss('c7', 'e')}
    if (v128.any_true(f64x2.gt(x, FAR))) e = tail(x, e);
    const above = f64x2.mul(e, f64x2.add(c0, delta));
    const below = f64x2.lt(${z}, ZERO);
    ${to} = f64x2.mul(f64x2.pmax(${z}, LEAST), v128.bitselect(above, f64x2.sub(ONE, above), below));`;

const f64: Form = {
  particles: 2,
  constants: {
    ...TABLE_CONSTANTS,
    ...LOCAL_GAUSS,
    LIMIT,
    LEAST: -LIMIT,
    FAR,
    ZERO: 0,
    ONE: 1,
    DENSITY: 1 / Math.sqrt(2 * Math.PI),
  },
  table,
  helpers: `${EXPONENTIALS}
function tail(x: v128, e: v128): v128 {
  return v128.bitselect(gauss(x), e, f64x2.gt(x, f64x2.splat(${FAR})));
}`,
  phi,
  both: (z, to, slope) => `
    ${phi(z, to)}
    const fall = f64x2.sub(above, f64x2.mul(f64x2.mul(DENSITY, x), e));
    ${slope} = v128.bitselect(fall, f64x2.sub(ONE, fall), below);`,
};

/** P(Z > 13) is below the least f32. */
const LIMIT_32 = 13;

const phi32 = (z: string, to: string): string => `
    const x = f32x4.pmax(f32x4.pmin(${z}, LIMIT), LEAST);
    const a = f32x4.mul(f32x4.mul(MINUS_HALF, x), x);
    ${single.exponential('a')}
    const size = f32x4.abs(x);
    const above = f32x4.mul(e, ${single.mills('size')});
    const cdf = v128.bitselect(above, f32x4.sub(ONE, above), f32x4.lt(${z}, ZERO));
    ${to} = f32x4.mul(f32x4.pmax(${z}, LEAST), cdf);`;

const f32: Form = {
  particles: 2,
  constants: {
    ...single.EXP,
    ...single.MILLS,
    LIMIT: LIMIT_32,
    LEAST: -LIMIT_32,
    MINUS_HALF: -0.5,
    ZERO: 0,
    DENSITY: 1 / Math.sqrt(2 * Math.PI),
  },
  helpers: '',
  phi: phi32,
  both: (z, to, slope) => `
    ${phi32(z, to)}
    ${slope} = f32x4.add(cdf, f32x4.mul(f32x4.mul(DENSITY, x), e));`,
};

export const GELU = { f64, f32 };
