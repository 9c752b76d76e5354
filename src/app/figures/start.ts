/** Where sampled neurons began. */
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';

/** θ [rows.length, c + d] at step 0 of the neurons of those numbers. */
export function startOf(
  { theta, ...sized }: Pick<Problem, 'theta' | keyof Sized>,
  rows: ArrayLike<number>,
): Float32Array {
  const { width } = shapeOf(sized);
  return Float32Array.from(
    { length: rows.length * width },
    (_, i) => theta[rows[Math.floor(i / width)] * width + (i % width)],
  );
}
