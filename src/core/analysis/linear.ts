/**
 * Symmetric matrices [m, m], row-major: spectrum, norm, and the linear flow that a constant tangent kernel
 * drives.
 */
import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface Spectrum {
  /** Eigenvalues [m], the largest first. */
  readonly values: readonly number[];
  /** Orthonormal eigenvectors, the k-th belonging to values[k]. */
  readonly vectors: readonly (readonly number[])[];
}

export function spectrumOf(K: Float64Array): Spectrum {
  const m = Math.sqrt(K.length);
  const decomposed = new EigenvalueDecomposition(Matrix.from1DArray(m, m, K), { assumeSymmetric: true });
  const order = decomposed.realEigenvalues
    .map((_, k) => k)
    .sort((p, q) => decomposed.realEigenvalues[q] - decomposed.realEigenvalues[p]);
  return {
    values: order.map((k) => decomposed.realEigenvalues[k]),
    vectors: order.map((k) => decomposed.eigenvectorMatrix.getColumn(k)),
  };
}

/** Σ entry · entry: of K with itself, the square of its Frobenius norm. */
export function product(K: Float64Array, other: Float64Array): number {
  return K.reduce((sum, entry, i) => sum + entry * other[i], 0);
}

/**
 * y + g(K)(f − y), where g acts on eigenvalues: with g(λ) = exp(−λt/m) the flow f' = −K (f − y)/m, with (1 − dt
 * λ/m)^k Euler's k steps of it.
 */
export function linearFlow(
  { values, vectors }: Spectrum,
  f: ArrayLike<number>,
  y: ArrayLike<number>,
  g: (eigenvalue: number) => number,
): Float64Array {
  const out = Float64Array.from(y);
  vectors.forEach((v, k) => {
    const part = g(values[k]) * v.reduce((sum, entry, a) => sum + entry * (f[a] - y[a]), 0);
    v.forEach((entry, a) => (out[a] += part * entry));
  });
  return out;
}

/** Share of the diagonal that keeps equal rows from being singular. */
const JITTER = 1e-10;

/** The solution a of K a = y, for a positive K by its rows. */
export function regressed(rows: readonly ArrayLike<number>[], y: Float64Array): Float64Array {
  const m = rows.length;
  const K = Matrix.zeros(m, m);
  rows.forEach((row, i) => {
    for (let j = 0; j < m; j++) K.set(i, j, row[j]);
    K.set(i, i, row[i] * (1 + JITTER));
  });
  return Float64Array.from(new CholeskyDecomposition(K).solve(Matrix.columnVector(y)).to1DArray());
}
