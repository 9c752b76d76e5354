/**
 * WGSL functions for the activations, from + × ÷, round, abs, min, max and bit patterns alone: the built-in
 * tanh, sin and exp may be off by 1e-5 or 2^-11, or NaN for large arguments. Bounds are for f32 arithmetic with
 * a division good to 1 ULP. No step depends on the order in which a compiler sums: a fused or regrouped form is
 * as good.
 */
import * as minimax from './minimax.ts';

/** A decimal literal that WGSL reads as a float. */
export const literal = (c: number): string => (Number.isInteger(c) ? c.toFixed(1) : String(c));

/** The text of c_0 + x (c_1 + x (c_2 + …)). */
export const horner = (x: string, coefficients: readonly number[]): string =>
  coefficients.map(literal).reduceRight((rest, c) => `${c} + ${x} * (${rest})`);

/**
 * 2t/(1 + t²) for t = n/d, which turns tanh(z/2) into tanh(z). Flat at t = ±1, so errors of t vanish where the
 * result saturates, and 2nd occurs in numerator and denominator, so its rounding cancels there too: only the
 * division could take the result past ±1.
 */
const DOUBLED = `
fn doubled(n: f32, d: f32) -> f32 {
  let p = 2.0 * n * d;
  let gap = d - abs(n);
  return p / (abs(p) + gap * gap);
}`;

/**
 * An odd saturating function: z P(z²) and Q(z²) go through `doubled`; beyond `limit` the result is ±1 in f32.
 */
const saturating = (name: string, { limit, p, q }: typeof minimax.TANH): string => `${DOUBLED}
fn ${name}(z: f32) -> f32 {
  let x = clamp(z, ${literal(-limit)}, ${literal(limit)});
  let u = x * x;
  return doubled(x * (${horner('u', p)}), ${horner('u', q)});
}`;

/** tanh(z): in f32 4.7 ULP and 1.4e-7. */
export const TANH = saturating('saturating_tanh', minimax.TANH);

/** erf(z/√2): in f32 4.5 ULP and 1.6e-7. */
export const ERF = saturating('saturating_erf', minimax.ERF);

const [LN2, LN2_REST] = minimax.EXP.ln2;

/** e^z for z ≤ 0, 1 ULP down to the least normal number: z = k ln 2 + r. */
export const EXP = `
fn exp_neg(z: f32) -> f32 {
  let x = max(z, ${literal(minimax.EXP.least)});
  let k = round(x * ${minimax.EXP.perLn2});
  let r = (x - k * ${LN2}) - k * ${LN2_REST};
  let e = 1.0 + (r + r * r * (${horner('r', minimax.EXP.rest)}));
  return e * bitcast<f32>((i32(k) + 127) << 23u);
}`;

/** 1/ln 2: e^z = 2^(z PER_LN2). */
export const PER_LN2 = Math.LOG2E;

/** 2^z by the adapter's own exp2, as far as neither that nor its reciprocal overflows. */
export const EXP2 = `
fn exp2_below(z: f32) -> f32 { return exp2(min(z, 126.0)); }`;

/** ln(1 + e) for 0 ≤ e ≤ 1 as 2 atanh(e/(2 + e)), 2 ULP. */
export const LOG = `
fn log_one_plus(e: f32) -> f32 {
  let s = e / (2.0 + e);
  let u = s * s;
  return 2.0 * s + s * (u * (${horner('u', minimax.LOG)}));
}`;

/** P(Z > x)/e^(−x²/2) for a standard normal Z and 0 ≤ x ≤ 13.2: in f32 5 ULP. */
export const MILLS = `
fn mills(x: f32) -> f32 {
  return (${horner('x', minimax.MILLS.p)})
    / (${horner('x', minimax.MILLS.q)});
}`;

const { reach, perPi, pi, sine, cosine } = minimax.SINE;

/**
 * z = kπ + r. r is right to its last bits for |z| ≤ 1e4. Beyond, r is noise, but bounded. The sign is (−1)^k.
 */
export const SINE = `
fn half_turns(z: f32) -> vec2f {
  let k = round(z * ${perPi});
  let r = ((z - k * ${pi[0]}) - k * ${pi[1]}) - k * ${pi[2]};
  return vec2f(clamp(r, -${reach}, ${reach}), 1.0 - 2.0 * (k - 2.0 * floor(0.5 * k)));
}
fn sine(turns: vec2f) -> f32 {
  let r = turns.x;
  let u = r * r;
  return turns.y * (r + r * (u * (${horner('u', sine)})));
}
fn cosine(turns: vec2f) -> f32 {
  let u = turns.x * turns.x;
  return turns.y * (1.0 + u * (${horner('u', cosine)}));
}`;
