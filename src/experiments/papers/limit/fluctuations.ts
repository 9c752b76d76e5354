/** How much f of n particles varies from draw to draw, and what as many independent draws from their law would vary. */
import { mean, variances } from '../../../core/analysis/statistics.ts';
import { featureOf } from '../../../core/features/features.ts';
import { addOutputs } from '../../../core/model.ts';
import { evenly } from '../../../core/picked.ts';
import { rowsOf, shapeOf } from '../../../core/shape.ts';
import type { Problem, Theta } from '../../../engines/engine.ts';

/** Particles that tell their law. */
const MOST = 2 ** 13;

/** Values, one a replica, whose mean is the variance of f over replicas, averaged over samples. */
export function variancesOf(outputs: readonly Float64Array[]): number[] {
  const { length: m } = outputs[0];
  const sums = outputs.map(() => 0);
  for (let a = 0; a < m; a++) variances(outputs.map((f) => f[a])).forEach((value, k) => (sums[k] += value / m));
  return sums;
}

/** Var (n outer w1 Φ) over the particles of all replicas, averaged over samples: n times the variance of a mean of n. */
export function monteCarlo(theta: Theta, problem: Problem): number {
  const { m, n, x, outer } = problem;
  const rows = evenly(rowsOf(theta, shapeOf(problem)), MOST);
  const feature = featureOf(problem);
  const one = new Float64Array(m);
  const [sums, squares] = [new Float64Array(m), new Float64Array(m)];
  for (const row of rows) {
    one.fill(0);
    addOutputs(one, theta, row, row + 1, x, problem, feature);
    for (let a = 0; a < m; a++) {
      sums[a] += one[a] / rows.length;
      squares[a] += one[a] ** 2 / rows.length;
    }
  }
  return (n * outer) ** 2 * mean(Array.from(squares, (square, a) => square - sums[a] ** 2));
}
