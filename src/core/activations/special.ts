/**
 * Float64 functions that Math lacks or is slow at: each a table of local Taylor polynomials about the multiples
 * of 1/64, built once from the function's own differential equation. A value costs one look-up and a polynomial
 * in |t| ≤ 1/128.
 */
const NODES_PER_UNIT = 64;
export const TERMS = 8; // |t|^8 is below 2e-17

type Series = (centre: number) => ArrayLike<number>;

/** The coefficients of the series about low, low + 1/64, …, high, one node after the other. */
export function tabulate(low: number, high: number, series: Series): Float64Array {
  const nodes = (high - low) * NODES_PER_UNIT + 1;
  const table = new Float64Array(nodes * TERMS);
  for (let node = 0; node < nodes; node++) {
    const coefficients = series(low + node / NODES_PER_UNIT);
    for (let k = 0; k < TERMS; k++) table[node * TERMS + k] = coefficients[k];
  }
  return table;
}

/** Number of the node next to z, low ≤ z, times TERMS: where its coefficients begin. */
const nodeAt = (low: number, z: number): number => (((z - low) * NODES_PER_UNIT + 0.5) | 0) * TERMS;

/** What the tabulated function adds to its value at the node that begins at k, at a distance t. Even and odd powers are summed apart:
 * two short chains run side by side. */
function increment(table: Float64Array, k: number, t: number): number {
  const u = t * t;
  const even = table[k + 2] + u * (table[k + 4] + u * table[k + 6]);
  const odd = table[k + 3] + u * (table[k + 5] + u * table[k + 7]);
  return t * table[k + 1] + u * (even + t * odd);
}

/** The tabulated function at low ≤ z ≤ high. */
function lookUp(table: Float64Array, low: number, z: number): number {
  const k = nodeAt(low, z);
  return table[k] + increment(table, k, z - (low + k / (TERMS * NODES_PER_UNIT)));
}

/** exp(−z²/2) to an ULP or two for every z: the rounding of z² would cost hundreds of them in the tail. */
export function gauss(z: number): number {
  if (Math.abs(z) > 39) return 0;
  const head = Math.fround(z); // 24 bits, so its square is exact
  const rest = 0.5 * (z - head) * (z + head); // below 1e-4
  const value = Math.exp(-0.5 * head * head);
  return value - value * rest * (1 - rest * (1 / 2 - rest / 6));
}

const TANH_LIMIT = 20; // 1 − tanh(20) is below half an ULP of 1

/** 1/cosh² = 1 − tanh², right to its last digits in the tail. */
function sechSquared(z: number): number {
  const e = Math.exp(-2 * Math.abs(z));
  return (4 * e) / ((1 + e) * (1 + e));
}

/** tanh: with y' = 1 − y², the product of the series gives each coefficient from those before it. */
function tanhSeries(centre: number): number[] {
  const y = [Math.tanh(centre), sechSquared(centre)];
  for (let k = 1; k < TERMS; k++) {
    let square = 0;
    for (let i = 0; i <= k; i++) square += y[i] * y[k - i];
    y[k + 1] = -square / (k + 1);
  }
  return y;
}

const TANH = tabulate(-TANH_LIMIT, TANH_LIMIT, tanhSeries);

/** Math.tanh to 2 ULP, two or three times as fast. */
export function tanh(z: number): number {
  if (Math.abs(z) >= TANH_LIMIT) return z < 0 ? -1 : 1;
  return lookUp(TANH, -TANH_LIMIT, z);
}

/**
 * tanh and 1/cosh² into out. From a node, where they are y and s, to z: 1 − (y + δ)² = s − δ (2y + δ), and that
 * keeps its digits in the tail.
 */
export function tanhBoth(out: Float64Array, z: number): void {
  if (Math.abs(z) >= TANH_LIMIT) {
    out[0] = z < 0 ? -1 : 1;
    out[1] = sechSquared(z);
    return;
  }
  const k = nodeAt(-TANH_LIMIT, z);
  const y = TANH[k];
  const delta = increment(TANH, k, z - (k / (TERMS * NODES_PER_UNIT) - TANH_LIMIT));
  out[0] = y + delta;
  out[1] = TANH[k + 1] - delta * (2 * y + delta);
}

const TAIL_START = 1;
const TAIL_LIMIT = 39; // the tail beyond is below the least float64

/**
 * Mills' ratio y = P(Z > z)/e^(−z²/2), from y' = z y − 1/√(2π). Its coefficients alternate in sign, a_k =
 * (−1)^k b_k, and the b_k are the solution of b_(k−1) = (k+1) b_(k+1) + z b_k that shrinks: run downwards all
 * terms are positive and any start is forgotten (Miller). The equation itself is the row k = 0 with b_(−1) =
 * 1/√(2π), which fixes the scale.
 */
export function millsSeries(centre: number, terms = TERMS): number[] {
  const start = 40 + Math.ceil(400 / (centre * centre)); // forgotten to 1e-20 at k = TERMS
  const b = new Float64Array(start + 2);
  b[start] = 1e-300; // b_0 stays below 1e210
  for (let k = start; k >= 1; k--) b[k - 1] = (k + 1) * b[k + 1] + centre * b[k];
  const scale = 1 / Math.sqrt(2 * Math.PI) / (b[1] + centre * b[0]);
  return Array.from(b.subarray(0, terms), (value, k) => (k % 2 === 0 ? value : -value) * scale);
}

const MILLS = tabulate(TAIL_START, TAIL_LIMIT, millsSeries);

/** P(Z > z) for a standard normal Z and z ≥ 1, to the least float64. */
function upperTail(z: number): number {
  return z > TAIL_LIMIT ? 0 : gauss(z) * lookUp(MILLS, TAIL_START, z);
}

const ERF_LIMIT = 9; // 1 − erf(9/√2) is below half an ULP of 1
const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

/** erf(z/√2): √(2/π) e^(−z²/2) Σ_k z^(2k+1)/(2k+1)!!, all of one sign, near 0; 1 − 2 P(Z > z) further out. */
function erfAt(z: number): number {
  if (Math.abs(z) >= TAIL_START) return Math.sign(z) * (1 - 2 * upperTail(Math.abs(z)));
  let sum = 0;
  for (let k = 20; k >= 1; k--) sum = ((1 + sum) * z * z) / (2 * k + 1);
  return SQRT_2_OVER_PI * gauss(z) * (z + z * sum);
}

/** erf(z/√2): y' = √(2/π) e^(−z²/2) and y'' = −z y', hence (k+1)(k+2) a_(k+2) = −z (k+1) a_(k+1) − k a_k. */
function erfSeries(centre: number): number[] {
  const a = [erfAt(centre), SQRT_2_OVER_PI * gauss(centre)];
  for (let k = 0; k + 2 < TERMS; k++)
    a[k + 2] = -(centre * (k + 1) * a[k + 1] + k * a[k]) / ((k + 1) * (k + 2));
  return a;
}

const ERF = tabulate(-ERF_LIMIT, ERF_LIMIT, erfSeries);

/** erf(z/√2): odd, and P(|Z| ≤ z) for a standard normal Z and z ≥ 0. */
export function normalErf(z: number): number {
  if (Math.abs(z) >= ERF_LIMIT) return z < 0 ? -1 : 1;
  return lookUp(ERF, -ERF_LIMIT, z);
}

/** P(Z ≤ z) = (1 + erf(z/√2))/2 for a standard normal Z, without cancellation in the lower tail. */
export function normalCdf(z: number): number {
  return z >= -TAIL_START ? 0.5 + 0.5 * normalErf(z) : upperTail(-z);
}

const fromZero = (table: Float64Array, limit: number): Float64Array =>
  table.subarray(limit * NODES_PER_UNIT * TERMS);

/** Tables of functions above about the nodes from 0 to their limit. */
export const HALF_TABLES = {
  tanh: fromZero(TANH, TANH_LIMIT),
  erf: fromZero(ERF, ERF_LIMIT),
} as const;
