/**
 * Symmetric matrices [m, m], row-major: spectrum, norm, and the linear flow that a constant tangent kernel
 * drives.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

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
