/** Tables that kernels read: rows of Taylor coefficients about the multiples of 1/64 from 0, as core/activations/special.ts has them. */
import { slopesAfter, type Knots } from '../../../core/activations/parametric.ts';
import { HALF_TABLES, TERMS, gauss, millsSeries, tabulate } from '../../../core/activations/special.ts';

/** Mills' ratio at 0 ≤ z ≤ 1: the series about 1, of which all terms are positive there. */
function millsNearZero(z: number): number {
  const b = millsSeries(1, 48).map(Math.abs);
  return b.reduceRight((sum, value) => sum * (1 - z) + value, 0);
}

/** Mills' ratio: y'' = z y' + y, hence (k+2) a_(k+2) = z a_(k+1) + a_k. */
function millsSeriesNearZero(centre: number): number[] {
  const y = millsNearZero(centre);
  const a = [y, centre * y - 1 / Math.sqrt(2 * Math.PI)];
  for (let k = 0; k + 2 < TERMS; k++) a[k + 2] = (centre * a[k + 1] + a[k]) / (k + 2);
  return a;
}

/** Mills' ratio with e^(−z²/2) at the node in the last place: seven terms are enough for it. */
const millsAndGauss = (centre: number): ArrayLike<number> => [
  ...(centre < 1 ? millsSeriesNearZero : millsSeries)(centre).slice(0, TERMS - 1),
  gauss(centre),
];

/** ln(1 + e^−z) for z ≥ 0: y' = s = −1/(1 + e^z), s' = −s (1 + s). */
function logSeries(centre: number): number[] {
  const e = Math.exp(-centre);
  const s = [-e / (1 + e)];
  for (let k = 0; k + 2 < TERMS; k++) {
    let square = 0;
    for (let i = 0; i <= k; i++) square += s[i] * s[k - i];
    s[k + 1] = -(s[k] + square) / (k + 1);
  }
  return [Math.log1p(e), ...s.map((value, k) => value / (k + 1))];
}

/** The number of knots, then the place, φ and the slope of what follows of each. */
export function knotsTable({ knots }: Knots): number[] {
  const slopes = slopesAfter(knots);
  return [knots.length, ...knots.flatMap(([z, phi], i) => [z, phi, slopes[i]])];
}

/** By module: activation and precision. */
export const TABLES: Readonly<Record<string, () => Float64Array>> = {
  'tanh-f64': () => HALF_TABLES.tanh,
  'erf-f64': () => HALF_TABLES.erf,
  'gelu-f64': () => tabulate(0, 39, millsAndGauss),
  'softplus-f64': () => tabulate(0, 40, logSeries),
};
