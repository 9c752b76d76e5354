/**
 * THE definition: a two-layer network as an empirical measure of particles, and the field that moves them.
 * Notation (model.md, the same letters everywhere): particles j = 1..n, θ_j = (w1_j, w0_j) ∈ R^{1+d}; samples
 * α, β = 1..m.
 *
 *     h_j^α = ⟨w0_j, x^α⟩            f^α = outer · Σ_j w1_j φ(h_j^α)           r^α = loss'(f^α, y^α)
 *     b(θ, ρ) = −(1/m) Σ_β r^β ( φ(⟨w0, x^β⟩),  w1 φ'(⟨w0, x^β⟩) x^β )        ∂_t θ_j = speed · b(θ_j, ρ)
 *     K^{αβ} = outer² · Σ_j [ φ(h^α) φ(h^β) + w1² φ'(h^α) φ'(h^β) ⟨x^α, x^β⟩ ]
 *
 * Float64, direct sums. Arrays are row-major: theta [n, 1 + d] with column 0 = w1, x [m, d], y, f, r [m].
 * Sources: Mei, Montanari, Nguyen 2018; Chizat, Bach 2018; Rotskoff, Vanden-Eijnden 2018; Sirignano,
 * Spiliopoulos 2018.
 */
import type { Activation } from './activations.ts';
import type { Loss } from './losses.ts';

/** Training data: inputs with the bias coordinate appended and the factor n^(−a0) absorbed. */
export interface Samples {
  readonly m: number;
  readonly d: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** h = ⟨w0, x⟩ for the particle at theta[row …] and the sample at x[column …]. */
export function preactivation(
  theta: ArrayLike<number>,
  row: number,
  x: Float64Array,
  column: number,
  d: number,
): number {
  let h = 0;
  for (let c = 0; c < d; c++) h += theta[row + 1 + c] * x[column + c];
  return h;
}

/**
 * Adds Σ_j w1_j φ(h_j^α) over particles first … last − 1 to sum [m]; the factor `outer` is left to the caller.
 */
export function addOutputs(
  sum: Float64Array,
  theta: ArrayLike<number>,
  first: number,
  last: number,
  x: Float64Array,
  d: number,
  { phi }: Activation,
): void {
  if (d === 2) return addOutputsOfPlane(sum, theta, first, last, x, phi);
  const m = x.length / d;
  for (let j = first; j < last; j++) {
    const row = j * (1 + d);
    const w1 = theta[row];
    for (let a = 0; a < m; a++) sum[a] += w1 * phi(preactivation(theta, row, x, a * d, d));
  }
}

/** addOutputs written out for d = 2, three times as fast. */
function addOutputsOfPlane(
  sum: Float64Array,
  theta: ArrayLike<number>,
  first: number,
  last: number,
  x: Float64Array,
  phi: Activation['phi'],
): void {
  const m = x.length / 2;
  for (let row = 3 * first; row < 3 * last; row += 3) {
    const w1 = theta[row];
    const u = theta[row + 1];
    const v = theta[row + 2];
    for (let a = 0, k = 0; a < m; a++, k += 2) sum[a] += w1 * phi(u * x[k] + v * x[k + 1]);
  }
}

/** r [m] from f and y. */
export function residual(r: Float64Array, f: Float64Array, y: Float64Array, loss: Loss): void {
  for (let a = 0; a < r.length; a++) r[a] = loss.slope(f[a], y[a]);
}

/** L = (1/m) Σ value(f, y). */
export function meanLoss(f: ArrayLike<number>, y: ArrayLike<number>, loss: Loss): number {
  let sum = 0;
  for (let a = 0; a < y.length; a++) sum += loss.value(f[a], y[a]);
  return sum / y.length;
}

/** φ and φ' of the pair at hand. */
const PAIR = new Float64Array(2);

/** b(θ_j, ρ) into b[at … at + d] for the particle at theta[row …], given the residuals r [m]. */
export function drift(
  b: Float64Array,
  theta: ArrayLike<number>,
  row: number,
  samples: Samples,
  r: Float64Array,
  activation: Activation,
  at = 0,
): void {
  const { x, m, d } = samples;
  const { both } = activation;
  if (d === 2) return driftInPlane(b, theta, row, samples, r, activation, at);
  b.fill(0, at, at + 1 + d);
  const w1 = theta[row];
  for (let a = 0; a < m; a++) {
    both(PAIR, preactivation(theta, row, x, a * d, d));
    const g = w1 * PAIR[1];
    b[at] += r[a] * PAIR[0];
    for (let c = 0; c < d; c++) b[at + 1 + c] += r[a] * g * x[a * d + c];
  }
  for (let c = 0; c <= d; c++) b[at + c] /= -m;
}

/** drift written out for d = 2, with its sums in registers. */
function driftInPlane(
  b: Float64Array,
  theta: ArrayLike<number>,
  row: number,
  { x, m }: Samples,
  r: Float64Array,
  { both }: Activation,
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

/** The tangent kernel K [m, m] at θ (NTK), with its factor outer². */
export function tangentKernel(
  theta: ArrayLike<number>,
  { x, m, d }: Samples,
  outer: number,
  { both }: Activation,
): Float64Array {
  const K = new Float64Array(m * m);
  const value = new Float64Array(m);
  const g = new Float64Array(m);
  const Phi0 = gram(x, m, d);
  for (let row = 0; row < theta.length; row += 1 + d) {
    for (let a = 0; a < m; a++) {
      both(PAIR, preactivation(theta, row, x, a * d, d));
      value[a] = PAIR[0];
      g[a] = theta[row] * PAIR[1];
    }
    for (let i = 0; i < m; i++)
      for (let k = 0; k < m; k++) K[i * m + k] += value[i] * value[k] + g[i] * g[k] * Phi0[i * m + k];
  }
  return K.map((entry) => outer * outer * entry);
}

/** Φ_0 = ⟨x^α, x^β⟩ [m, m]. */
export function gram(x: Float64Array, m: number, d: number): Float64Array {
  const G = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < m; k++) for (let c = 0; c < d; c++) G[i * m + k] += x[i * d + c] * x[k * d + c];
  return G;
}
