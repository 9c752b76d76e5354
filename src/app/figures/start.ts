/** Where sampled neurons began. */
import { shapeOf } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';

/** θ [rows.length, 1 + d] at step 0 of the neurons of those numbers. */
export function startOf({ theta, d }: Pick<Problem, 'theta' | 'd'>, rows: ArrayLike<number>): Float32Array {
  const { width } = shapeOf({ d });
  return Float32Array.from(
    { length: rows.length * width },
    (_, i) => theta[rows[Math.floor(i / width)] * width + (i % width)],
  );
}
