/**
 * Exact optimal transport: between small clouds which particle goes where is an assignment, solved by Jonker's and
 * Volgenant's method; on the line order decides.
 */
import { linearSumAssignment } from 'linear-sum-assignment';

/**
 * W2² between the empirical measures of p and q, both n rows of `width` numbers: min over permutations σ of
 * (1/n) Σ_j |p_j − q_σ(j)|². Time grows like n³: a thousand particles take a second.
 */
export function squareW2(p: ArrayLike<number>, q: ArrayLike<number>, width: number): number {
  const n = p.length / width;
  const costs = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (__, k) => {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += (p[i * width + c] - q[k * width + c]) ** 2;
      return sum;
    }),
  );
  const { rowAssignments } = linearSumAssignment(costs, { maximaze: false });
  return costs.reduce((sum, row, i) => sum + row[rowAssignments[i]], 0) / n;
}

/** W1 of two laws on the line, each so many numbers of equal weight. */
export function lineW1(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [a, b] = [Float64Array.from(p).sort(), Float64Array.from(q).sort()];
  let [i, k, at, sum] = [0, 0, 0, 0];
  while (i < a.length && k < b.length) {
    const next = Math.min((i + 1) / a.length, (k + 1) / b.length);
    sum += (next - at) * Math.abs(a[i] - b[k]);
    at = next;
    if (next >= (i + 1) / a.length) i++;
    if (next >= (k + 1) / b.length) k++;
  }
  return sum;
}
