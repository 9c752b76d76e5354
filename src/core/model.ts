/**
 * THE definition: a two-layer network as an empirical measure of particles, and the field that moves them.
 * Notation (docs/model.md, the same letters everywhere): particles j = 1..n, θ_j = (w1_j, w0_j) ∈ R^{c+d} (shape.ts);
 * samples α, β = 1..m; Φ a feature map (features.ts), φ(⟨w0, x⟩) if nothing else is said. Where a map knows no w1, it
 * is 1 in what follows, and no part of θ, b and K.
 *
 *     f^α = outer · Σ_j w1_j Φ(w0_j, x^α) ∈ R^c          r^α = ∂ℓ/∂f (f^α, y^α) ∈ R^c
 *     b(θ, ρ) = −(1/m) Σ_β ( r^β Φ(w0, x^β),  ⟨w1, r^β⟩ ∂Φ/∂w0 (w0, x^β) )        ∂_t θ_j = speed · b(θ_j, ρ)
 *     K^{αβ} = outer² · Σ_j [ Φ^α Φ^β + w1² ⟨∂Φ^α/∂w0, ∂Φ^β/∂w0⟩ ]                for c = 1
 *
 * Float64, direct sums. Arrays are row-major: theta [n, c + d], x [m, d], y, f, r [m, c].
 * Sources: Mei, Montanari, Nguyen 2018; Chizat, Bach 2018; Rotskoff, Vanden-Eijnden 2018; Sirignano,
 * Spiliopoulos 2018.
 */
import type { Feature } from './features/features.ts';
import type { Loss } from './objective/losses.ts';
import { outerWeight, shapeOf, type Sized } from './shape.ts';

/** Training data: inputs with the bias coordinate appended and the factor n^(−a0) absorbed. */
export interface Samples extends Sized {
  readonly m: number;
  /** [m, d]. */
  readonly x: Float64Array;
  /** [m, c]. */
  readonly y: Float64Array;
}

/** h = ⟨w0, x⟩ for the w0 at theta[w0 …] and the sample at x[column …]. */
export function preactivation(
  theta: ArrayLike<number>,
  w0: number,
  x: Float64Array,
  column: number,
  d: number,
): number {
  let h = 0;
  for (let k = 0; k < d; k++) h += theta[w0 + k] * x[column + k];
  return h;
}

/**
 * Adds Σ_j w1_j Φ(w0_j, x^α) over particles first … last − 1 to sum [m, c]; the factor `outer` is left to the
 * caller.
 */
export function addOutputs(
  sum: Float64Array,
  theta: ArrayLike<number>,
  first: number,
  last: number,
  x: Float64Array,
  sized: Sized,
  feature: Feature,
): void {
  const shape = shapeOf(sized);
  const { c, d, w0, width } = shape;
  if (isPlane(sized, feature)) return addOutputsOfPlane(sum, theta, first, last, x, feature);
  const { separation } = feature.map;
  const { phi } = feature.profile;
  const m = x.length / d;
  for (let row = first * width; row < last * width; row += width) {
    for (let a = 0; a < m; a++) {
      const value = phi(separation(theta, row + w0, x, a * d, d));
      for (let k = 0; k < c; k++) sum[a * c + k] += outerWeight(theta, row, k, shape) * value;
    }
  }
}

/** Whether the loops written out below serve: one output, d = 2, φ(⟨w0, x⟩). */
const isPlane = ({ c = 1, d }: Sized, { name }: Feature): boolean =>
  c === 1 && d === 2 && name === 'inner-product';

/** addOutputs written out for the plane, three times as fast. */
function addOutputsOfPlane(
  sum: Float64Array,
  theta: ArrayLike<number>,
  first: number,
  last: number,
  x: Float64Array,
  { profile: { phi } }: Feature,
): void {
  const m = x.length / 2;
  for (let row = 3 * first; row < 3 * last; row += 3) {
    const w1 = theta[row];
    const u = theta[row + 1];
    const v = theta[row + 2];
    for (let a = 0, k = 0; a < m; a++, k += 2) sum[a] += w1 * phi(u * x[k] + v * x[k + 1]);
  }
}

/** r [m, c] from f and y. */
export function residual(r: Float64Array, f: Float64Array, y: Float64Array, loss: Loss, c = 1): void {
  for (let at = 0; at < r.length; at += c) loss.slope(r, f, y, at, c);
}

/** L = (1/m) Σ ℓ(f, y). */
export function meanLoss(f: ArrayLike<number>, y: ArrayLike<number>, loss: Loss, c = 1): number {
  let sum = 0;
  for (let at = 0; at < y.length; at += c) sum += loss.value(f, y, at, c);
  return sum / (y.length / c);
}

/** The largest eigenvalue of ∂²ℓ/∂f² over all samples. */
export function largestCurvature(f: ArrayLike<number>, y: ArrayLike<number>, loss: Loss, c = 1): number {
  let most = 0;
  for (let at = 0; at < y.length; at += c) most = Math.max(most, loss.curvature(f, y, at, c));
  return most;
}

/** φ and φ' of the pair at hand. */
const PAIR = new Float64Array(2);

/** b(θ_j, ρ) into b[at … at + c + d) for the particle at theta[row …], given the residuals r [m, c]. */
export function drift(
  b: Float64Array,
  theta: ArrayLike<number>,
  row: number,
  samples: Samples,
  r: Float64Array,
  feature: Feature,
  at = 0,
): void {
  const { x, m } = samples;
  const shape = shapeOf(samples);
  const { c, d, weights, w1, w0, width } = shape;
  if (isPlane(samples, feature)) return driftInPlane(b, theta, row, samples, r, feature, at);
  const { separation, addSlopes, raise } = feature.map;
  const { both } = feature.profile;
  b.fill(0, at, at + width);
  for (let a = 0; a < m; a++) {
    both(PAIR, separation(theta, row + w0, x, a * d, d));
    let factor = 0;
    for (let k = 0; k < c; k++) factor += r[a * c + k] * (outerWeight(theta, row, k, shape) * PAIR[1]);
    for (let k = 0; k < weights; k++) b[at + w1 + k] += r[a * c + k] * PAIR[0];
    addSlopes(b, at + w0, factor, theta, row + w0, x, a * d, d);
  }
  for (let k = at; k < at + width; k++) b[k] /= -m;
  raise?.(b, at + w0, theta, row + w0, d);
}

/** drift written out for the plane, with its sums in registers. */
function driftInPlane(
  b: Float64Array,
  theta: ArrayLike<number>,
  row: number,
  { x, m }: Samples,
  r: Float64Array,
  { profile: { both } }: Feature,
  at: number,
): void {
  const w1 = theta[row];
  const u = theta[row + 1];
  const v = theta[row + 2];
  let b1 = 0;
  let bu = 0;
  let bv = 0;
  for (let a = 0, k = 0; a < m; a++, k += 2) {
    const p = x[k];
    const q = x[k + 1];
    both(PAIR, u * p + v * q);
    const g = r[a] * (w1 * PAIR[1]);
    b1 += r[a] * PAIR[0];
    bu += g * p;
    bv += g * q;
  }
  b[at] = b1 / -m;
  b[at + 1] = bu / -m;
  b[at + 2] = bv / -m;
}
