/** Where sampled neurons began. */
import { picked } from '../../core/picked.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';

/** θ [rows.length, c + d] at step 0 of the neurons of those numbers. */
export function startOf(
  { theta, ...sized }: Pick<Problem, 'theta' | keyof Sized>,
  rows: ArrayLike<number>,
): Float32Array {
  const { width } = shapeOf(sized);
  return new Float32Array(picked(theta, rows, width));
}
