/** The largest margin of all relu networks of one norm, as a linear programme over a grid of directions. */
import type { Problem } from '../../engines/engine.ts';

const DIRECTIONS = 4000;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const MOST_PIVOTS = 100_000;
const MARGIN = 'margin';
const MASS = 'mass';

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Directions spread evenly over the sphere of R³, on a spiral. */
export const sphereGrid = (count: number): [number, number, number][] =>
  Array.from({ length: count }, (_, k) => {
    const z = 1 - (2 * k + 1) / count;
    const r = Math.sqrt(1 - z * z);
    return [r * Math.cos(GOLDEN * k), r * Math.sin(GOLDEN * k), z];
  });

/**
 * max γ with y_i Σ_k a_k relu(⟨u_k, x_i⟩) ≥ γ and Σ |a_k| ≤ 1 for inputs [m, 3], the bias included. Since |w1||w0| is
 * at most (w1² + |w0|²)/2, that is the most that f's margin over the mean of the latter can be.
 */
export async function largestMargin({ x, y, m }: Pick<Problem, 'x' | 'y' | 'm'>): Promise<number> {
  const { solve } = await import('yalps');
  const variables = sphereGrid(DIRECTIONS).flatMap(([a, b, c], k) => {
    const at = (i: number): number => Math.max(0, a * x[3 * i] + b * x[3 * i + 1] + c * x[3 * i + 2]);
    return [1, -1].map((sign): [string, [string, number][]] => [
      `${sign * (k + 1)}`,
      [...Array.from(y, (label, i): [string, number] => [`${i}`, sign * label * at(i)]), [MASS, 1]],
    ]);
  });
  const least = Array.from({ length: m }, (_, i) => `${i}`);
  const { status, result } = solve(
    {
      direction: 'maximize',
      objective: MARGIN,
      constraints: [...least.map((row): [string, Bounds] => [row, { min: 0 }]), [MASS, { max: 1 }]],
      variables: [...variables, [MARGIN, [...least.map((row): [string, number] => [row, -1]), [MARGIN, 1]]]],
    },
    { maxPivots: MOST_PIVOTS },
  );
  if (status !== 'optimal') throw new Error(`the linear programme of the margin ended as ${status}`);
  return result;
}
