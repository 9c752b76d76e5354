/** Activations in f32 as src/core/activations/wgsl.ts has them, in vector code; coefficients are core/activations/minimax.ts'. */
import * as minimax from '../../src/core/activations/minimax.ts';
import type { Form } from '../form.ts';
import { horner, named } from './horner.ts';

const polynomial = (x: string, name: string, coefficients: readonly number[]): string =>
  horner('f32x4', x, named(name, coefficients));

/** An odd saturating function 2nd/(d² + n²), n = z P(z²) and d = Q(z²), that is ±1 beyond the limit. */
export const saturating = ({ limit, p, q }: typeof minimax.TANH) => ({
  constants: { ...named('P', p), ...named('Q', q), LIMIT: limit, LEAST: -limit },
  phi: (z: string, to: string): string => `
    const x = f32x4.pmax(f32x4.pmin(${z}, LIMIT), LEAST);
    const u = f32x4.mul(x, x);
    const n = f32x4.mul(x, ${polynomial('u', 'P', p)});
    const d = ${polynomial('u', 'Q', q)};
    const nd = f32x4.mul(n, d);
    const p = f32x4.add(nd, nd);
    const gap = f32x4.sub(d, f32x4.abs(n));
    ${to} = f32x4.div(p, f32x4.add(f32x4.abs(p), f32x4.mul(gap, gap)));`,
});

/** 1.5·2²³: adding it rounds and leaves a whole number in the low bits. */
const MARK = 12582912;

const [LN2, LN2_REST] = minimax.EXP.ln2;
export const EXP = {
  ...named('E', minimax.EXP.rest),
  MARK,
  PER_LN2: minimax.EXP.perLn2,
  LN2,
  LN2_REST,
  EXP_LEAST: minimax.EXP.least,
  ONE: 1,
};

/** Statements that make `e` = e^a for EXP_LEAST ≤ a ≤ 0. */
export const exponential = (a: string): string => `
    const steps = f32x4.add(f32x4.mul(${a}, PER_LN2), MARK);
    const k = f32x4.sub(steps, MARK);
    const r = f32x4.sub(f32x4.sub(${a}, f32x4.mul(k, LN2)), f32x4.mul(k, LN2_REST));
    const grown = f32x4.add(r, f32x4.mul(f32x4.mul(r, r), ${polynomial('r', 'E', minimax.EXP.rest)}));
    const e = i32x4.add(f32x4.add(ONE, grown), i32x4.shl(steps, 23));`;

/** The same of −|z|. */
export const decay = (z: string): string => `
    const a = f32x4.pmax(v128.or(${z}, SIGN), EXP_LEAST);
    ${exponential('a')}`;

export const LOG = { ...named('L', minimax.LOG), TWO: 2 };

/** Statements that make `to` = ln(1 + e) for 0 ≤ e ≤ 1. */
export const logarithm = (to: string): string => `
    const s = f32x4.div(e, f32x4.add(TWO, e));
    const u = f32x4.mul(s, s);
    const ${to} = f32x4.add(f32x4.add(s, s), f32x4.mul(s, f32x4.mul(u, ${polynomial('u', 'L', minimax.LOG)})));`;

export const MILLS = { ...named('M', minimax.MILLS.p), ...named('N', minimax.MILLS.q) };

/** P(Z > x)/e^(−x²/2) for 0 ≤ x ≤ 13.2. */
export const mills = (x: string): string =>
  `f32x4.div(${polynomial(x, 'M', minimax.MILLS.p)}, ${polynomial(x, 'N', minimax.MILLS.q)})`;

const { sine, cosine, pi, perPi, reach } = minimax.SINE;

const halfTurns = (z: string): string => `
    const x = f32x4.abs(${z});
    const marked = f32x4.add(f32x4.mul(x, PER_PI), MARK);
    const k = f32x4.sub(marked, MARK);
    const free = ${pi.reduce((r, _, i) => `f32x4.sub(${r}, f32x4.mul(k, PI${i}))`, 'x')};
    const r = f32x4.pmax(f32x4.pmin(free, REACH), BACK);
    const u = f32x4.mul(r, r);
    const turned = i32x4.shl(marked, 31);`;

const sinPhi = (z: string, to: string): string => `
    ${halfTurns(z)}
    const rest = f32x4.mul(r, f32x4.mul(u, ${polynomial('u', 'S', sine)}));
    ${to} = v128.xor(v128.xor(turned, v128.and(${z}, SIGN)), f32x4.add(r, rest));`;

export const SIN: Form = {
  particles: 2,
  constants: {
    ...named('S', sine),
    ...named('C', cosine),
    ...named('PI', pi),
    MARK,
    PER_PI: perPi,
    REACH: reach,
    BACK: -reach,
    SIGN: -0,
    ONE: 1,
  },
  helpers: '',
  phi: sinPhi,
  both: (z, to, slope) => `
    ${sinPhi(z, to)}
    ${slope} = v128.xor(turned, f32x4.add(ONE, f32x4.mul(u, ${polynomial('u', 'C', cosine)})));`,
};
