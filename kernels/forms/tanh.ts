/** tanh: the table of src/core/activations/special.ts for |z|, with the sign put back. */
import type { Form } from '../form.ts';
import { TANH as COEFFICIENTS } from '../../src/core/activations/minimax.ts';
import { saturating } from './single.ts';
import { TABLE_CONSTANTS, extent, increment, lookUp } from './table.ts';

/** 1 − tanh(20) is below half an ULP of 1. */
const LIMIT = 20;
const { mask, table } = extent(LIMIT);

const phi = (z: string, to: string): string => `
    const x = f64x2.pmin(f64x2.abs(${z}), LIMIT);
    ${lookUp('x', mask)}${increment(8)}
    ${to} = v128.or(f64x2.add(c0, delta), v128.and(${z}, SIGN));`;

const f64: Form = {
  particles: 2,
  constants: { ...TABLE_CONSTANTS, LIMIT, SIGN: -0 },
  table,
  helpers: `
/** 1/cosh² where tanh has saturated: e^(−2|z|) to its last digits. */
function far(z: f64, slope: f64): f64 {
  if (!(Math.abs(z) >= ${LIMIT})) return slope;
  const e = NativeMath.exp(-2 * Math.abs(z));
  return (4 * e) / ((1 + e) * (1 + e));
}
function tail(z: v128, slope: v128): v128 {
  return f64x2(
    far(f64x2.extract_lane(z, 0), f64x2.extract_lane(slope, 0)),
    far(f64x2.extract_lane(z, 1), f64x2.extract_lane(slope, 1)),
  );
}`,
  phi,
  both: (z, to, slope) => `
    ${phi(z, to)}
    ${slope} = f64x2.sub(c1, f64x2.mul(delta, f64x2.add(f64x2.add(c0, c0), delta)));
    if (v128.any_true(f64x2.ge(x, LIMIT))) ${slope} = tail(${z}, ${slope});`,
};

const single = saturating(COEFFICIENTS);

const f32: Form = {
  particles: 2,
  constants: { ...single.constants, ONE: 1 },
  helpers: '',
  phi: single.phi,
  both: (z, to, slope) => `
    ${single.phi(z, to)}
    ${slope} = f32x4.mul(f32x4.sub(ONE, ${to}), f32x4.add(ONE, ${to}));`,
};

export const TANH = { f64, f32 };
