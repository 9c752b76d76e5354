/** Principal directions of rows of numbers: those along which they spread most. */
import { gram } from '../features/kernel.ts';
import { spectrumOf } from './linear.ts';

/**
 * The first `count` of rows [n, d], unit vectors [d] in the order of their spread, each with its largest entry
 * above 0; fewer where the rows span fewer. By the products of the rows, of which there should be few.
 */
export function principalDirections(rows: Float64Array, d: number, count: number): number[][] {
  const n = rows.length / d;
  const mean = new Float64Array(d);
  rows.forEach((value, i) => (mean[i % d] += value / n));
  const centred = rows.map((value, i) => value - mean[i % d]);
  const { values, vectors } = spectrumOf(gram(centred, n, d));
  return vectors
    .slice(0, count)
    .filter((_, k) => values[k] > ROUNDING * values[0])
    .map((shares) => unit(combined(centred, d, shares)));
}

/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/** Σ_i share_i row_i. */
function combined(rows: Float64Array, d: number, shares: readonly number[]): number[] {
  return Array.from({ length: d }, (_, k) =>
    shares.reduce((sum, share, i) => sum + share * rows[i * d + k], 0),
  );
}

function unit(vector: readonly number[]): number[] {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const length = Math.sign(largest) * Math.hypot(...vector);
  return vector.map((value) => value / length);
}
