/**
 * The tangent kernel of infinitely many relu neurons without bias, w1 ~ N(0, s1²), w0 ~ N(0, s0² I), on which lazy training
 * is regression (docs/model.md, Lazy training).
 */
import { regressed } from './linear.ts';

export interface Deviations {
  readonly w1: number;
  readonly w0: number;
}

/**
 * E relu(⟨w0, u⟩) relu(⟨w0, v⟩) + s1² ⟨u, v⟩ P(⟨w0, u⟩ > 0, ⟨w0, v⟩ > 0), from |u|, |v| and ⟨u, v⟩ (Cho, Saul 2009).
 */
export function reluKernel(u: number, v: number, product: number, { w1, w0 }: Deviations): number {
  if (u === 0 || v === 0) return 0;
  const cosine = Math.min(1, Math.max(-1, product / (u * v)));
  const angle = Math.acos(cosine);
  const both = Math.PI - angle;
  const values = w0 ** 2 * u * v * (Math.sin(angle) + both * cosine);
  return (values + w1 ** 2 * product * both) / (2 * Math.PI);
}

export interface Rows {
  /** [rows, d]. */
  readonly x: Float64Array;
  /** [rows]. */
  readonly y: Float64Array;
}

/** f at the rows of `test` of what interpolates the rows of `train` with this kernel. */
export function interpolated(
  train: Rows,
  test: Pick<Rows, 'x'>,
  d: number,
  deviations: Deviations,
): Float64Array {
  const [near, far] = [vectorsOf(train.x, d), vectorsOf(test.x, d)];
  const between = (rows: readonly Vector[]): Float64Array[] =>
    rows.map((u) =>
      Float64Array.from(near, (v) => reluKernel(u.length, v.length, dot(u.at, v.at), deviations)),
    );
  const weights = regressed(between(near), train.y);
  return Float64Array.from(between(far), (row) => dot(row, weights));
}

interface Vector {
  readonly at: Float64Array;
  readonly length: number;
}

const vectorsOf = (x: Float64Array, d: number): Vector[] =>
  Array.from({ length: x.length / d }, (_, i) => x.subarray(i * d, (i + 1) * d)).map((at) => ({
    at,
    length: Math.sqrt(dot(at, at)),
  }));

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < u.length; c++) sum += u[c] * v[c];
  return sum;
}
