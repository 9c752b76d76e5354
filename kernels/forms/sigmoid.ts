/** 1/(1 + e^−z), from e = e^−|z|: no exponential grows, and neither side cancels. */
import type { Form } from '../form.ts';
import * as single from './single.ts';
import { EXP_CONSTANTS, LEAST, POWERS, exponential } from './exp.ts';

const phi = (z: string, to: string): string => `
    const a = f64x2.pmax(v128.or(${z}, SIGN), LEAST);
    ${exponential('a')}
    const share = f64x2.div(ONE, f64x2.add(ONE, e));
    ${to} = f64x2.mul(v128.bitselect(e, ONE, f64x2.lt(${z}, ZERO)), share);`;

const f64: Form = {
  particles: 2,
  constants: { ...EXP_CONSTANTS, LEAST, SIGN: -0, ZERO: 0, ONE: 1 },
  helpers: POWERS,
  phi,
  both: (z, to, slope) => `
    ${phi(z, to)}
    ${slope} = f64x2.mul(e, f64x2.mul(share, share));`,
};

const phi32 = (z: string, to: string): string => `
    ${single.decay(z)}
    const share = f32x4.div(ONE, f32x4.add(ONE, e));
    ${to} = f32x4.mul(v128.bitselect(e, ONE, f32x4.lt(${z}, ZERO)), share);`;

const f32: Form = {
  particles: 2,
  constants: { ...single.EXP, SIGN: -0, ZERO: 0 },
  helpers: '',
  phi: phi32,
  both: (z, to, slope) => `
    ${phi32(z, to)}
    ${slope} = f32x4.mul(f32x4.mul(e, share), share);`,
};

export const SIGMOID = { f64, f32 };
