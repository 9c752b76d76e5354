/** erf(z/√2): the table of src/core/activations/special.ts for |z|, with the sign put back. */
import type { Form } from '../form.ts';
import { ERF as COEFFICIENTS } from '../../src/core/activations/minimax.ts';
import * as single from './single.ts';
import { EXPONENTIALS } from './exp.ts';
import { LOCAL_GAUSS, localGauss } from './gauss.ts';
import { TABLE_CONSTANTS, extent, increment, lookUp } from './table.ts';

/** 1 − erf(9/√2) is below half an ULP of 1. */
const LIMIT = 9;
const { mask, table } = extent(LIMIT);

const phi = (z: string, to: string): string => `
    const x = f64x2.pmin(f64x2.abs(${z}), LIMIT);
    ${lookUp('x', mask)}${increment(8)}
    ${to} = v128.or(f64x2.add(c0, delta), v128.and(${z}, SIGN));`;

const f64: Form = {
  particles: 2,
  constants: { ...TABLE_CONSTANTS, ...LOCAL_GAUSS, LIMIT, SIGN: -0 },
  table,
  helpers: `${EXPONENTIALS}
/** √(2/π) e^(−z²/2) where erf has saturated. */
function tail(z: v128, slope: v128): v128 {
  const x = f64x2.pmin(f64x2.abs(z), f64x2.splat(40));
  const far = f64x2.mul(f64x2.splat(${Math.sqrt(2 / Math.PI)}), gauss(x));
  return v128.bitselect(far, slope, f64x2.ge(x, f64x2.splat(${LIMIT})));
}`,
  phi,
  both: (z, to, slope) => `
    ${phi(z, to)}
    ${localGauss('c1', slope)}
    if (v128.any_true(f64x2.ge(x, LIMIT))) ${slope} = tail(${z}, ${slope});`,
};

const saturating = single.saturating(COEFFICIENTS);

const f32: Form = {
  particles: 2,
  constants: {
    ...saturating.constants,
    ...single.EXP,
    MINUS_HALF: -0.5,
    FAR: 14,
    DENSITY: Math.sqrt(2 / Math.PI),
  },
  helpers: '',
  phi: saturating.phi,
  both: (z, to, slope) => `
    ${saturating.phi(z, to)}
    const y = f32x4.pmin(f32x4.abs(${z}), FAR);
    const a = f32x4.pmax(f32x4.mul(f32x4.mul(MINUS_HALF, y), y), EXP_LEAST);
    ${single.exponential('a')}
    ${slope} = f32x4.mul(DENSITY, e);`,
};

export const ERF = { f64, f32 };
