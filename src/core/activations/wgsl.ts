/**
 * WGSL functions for the activations, from + × ÷, round, abs, min, max and bit patterns alone: the built-in
 * tanh, sin and exp may be off by 1e-5 or 2^-11, or NaN for large arguments. Coefficients are minimax fits,
 * rounded to f32; bounds are for f32 arithmetic with a division good to 1 ULP. No step depends on the order in
 * which a compiler sums: a fused or regrouped form is as good.
 */

/** A decimal literal that WGSL reads as a float. */
const literal = (c: number): string => (Number.isInteger(c) ? c.toFixed(1) : String(c));

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
const saturating = (
  name: string,
  limit: number,
  p: readonly number[],
  q: readonly number[],
): string => `${DOUBLED}
fn ${name}(z: f32) -> f32 {
  let x = clamp(z, ${literal(-limit)}, ${literal(limit)});
  let u = x * x;
  return doubled(x * (${horner('u', p)}), ${horner('u', q)});
}`;

/** tanh(z): fit 8e-9, in f32 4.7 ULP and 1.4e-7. The two polynomials give tanh(z/2). */
export const TANH = saturating(
  'saturating_tanh',
  9.5,
  [0.5, 0.014874412, 5.6859823e-5],
  [1, 0.1130821, 0.0012039416, 1.2178934e-6],
);

/** erf(z/√2): fit 3.4e-8, in f32 4.5 ULP and 1.6e-7. The two polynomials give tan(asin(erf)/2). */
export const ERF = saturating(
  'saturating_erf',
  5.7,
  [0.3989423, 0.052571278, 0.0028532369, 0.000112284775],
  [1, 0.13928898, 0.01211362, 0.0007560787, 6.1825735e-6],
);

/**
 * e^z for z ≤ 0, 1 ULP down to the least normal number: z = k ln 2 + r, ln 2 in two parts of which k times the
 * first is exact.
 */
export const EXP = `
fn exp_neg(z: f32) -> f32 {
  let x = max(z, -87.0);
  let k = round(x * 1.442695);
  let r = (x - k * 0.693359375) - k * -0.00021219444;
  let e = 1.0 + (r + r * r * (${horner('r', [0.49999994, 0.16666518, 0.041668423, 0.008369064, 0.0013813879])}));
  return e * bitcast<f32>((i32(k) + 127) << 23u);
}`;

/** ln(1 + e) for 0 ≤ e ≤ 1 as 2 atanh(e/(2 + e)), 2 ULP. */
export const LOG = `
fn log_one_plus(e: f32) -> f32 {
  let s = e / (2.0 + e);
  let u = s * s;
  return 2.0 * s + s * (u * (${horner('u', [0.6666641, 0.400217, 0.2799914, 0.28024462])}));
}`;

/**
 * P(Z > x)/e^(−x²/2) for a standard normal Z and 0 ≤ x ≤ 13.2: fit 5e-9, in f32 5 ULP; all terms are positive.
 */
export const MILLS = `
fn mills(x: f32) -> f32 {
  return (${horner('x', [0.5, 0.43545455, 0.18113607, 0.039926887, 0.0040117474])})
    / (${horner('x', [1, 1.668794, 1.193773, 0.46392986, 0.100089334, 0.010055814])});
}`;

/**
 * z = kπ + r: π in three parts, the first two of 12 bits, so that their products with k are exact for |z| ≤ 1e4
 * and r is right to its last bits. Beyond, r is noise, but bounded. The sign is (−1)^k; 1.5725 is π/2 plus the
 * rounding of z/π.
 */
export const SINE = `
fn half_turns(z: f32) -> vec2f {
  let k = round(z * 0.31830987);
  let r = ((z - k * 3.1416015625) - k * -8.907169103622437e-6) - k * -1.7411033e-9;
  return vec2f(clamp(r, -1.5725, 1.5725), 1.0 - 2.0 * (k - 2.0 * floor(0.5 * k)));
}
fn sine(turns: vec2f) -> f32 {
  let r = turns.x;
  let u = r * r;
  return turns.y * (r + r * (u * (${horner('u', [-0.1666666, 0.008333065, -0.00019809464, 2.605456e-6])})));
}
fn cosine(turns: vec2f) -> f32 {
  let u = turns.x * turns.x;
  return turns.y * (1.0 + u * (${horner('u', [-0.5, 0.04166664, -0.00138884, 2.4761717e-5, -2.6073974e-7])}));
}`;
