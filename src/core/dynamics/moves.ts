/** What a stage does to rows of θ, once their drifts are known. */
import type { Shape } from '../shape.ts';
import type { Settle } from './terms.ts';

/** A feature map's `settle` for all rows. */
export const eachRow =
  (restore: (theta: Float64Array, row: number, shape: Shape) => void): Settle =>
  ({ theta, first, last, shape }) => {
    for (let row = first * shape.width; row < last * shape.width; row += shape.width)
      restore(theta, row, shape);
  };

/** to = start + factor of the layer (w1, w0) · b. */
export interface Move {
  readonly to: Float64Array;
  readonly start: Float64Array;
  readonly factors: readonly [number, number];
}

/**
 * Moves rows first … last − 1; row 0 of b belongs to the first of them. With one factor for both layers they are as one
 * long row, which is faster.
 */
export function apply(
  { to, start, factors: [outer, inner] }: Move,
  b: Float64Array,
  first: number,
  last: number,
  { w0, width }: Shape,
): void {
  const at = first * width;
  const count = last * width - at;
  const [split, row] = outer === inner ? [0, count] : [w0, width];
  for (let from = 0; from < count; from += row) {
    for (let k = from; k < from + split; k++) to[at + k] = start[at + k] + outer * b[k];
    for (let k = from + split; k < from + row; k++) to[at + k] = start[at + k] + inner * b[k];
  }
}

/** |b| of particles first … last − 1. */
export function norms(
  speeds: Float32Array,
  b: Float64Array,
  first: number,
  last: number,
  { width }: Shape,
): void {
  for (let j = first, k = 0; j < last; j++) {
    let square = 0;
    for (const end = k + width; k < end; k++) square += b[k] * b[k];
    speeds[j] = Math.sqrt(square);
  }
}
