/**
 * A particle's row θ_j = (w1_j, w0_j): output weights first, then d inner coordinates. There is one for each of c
 * outputs, or none: then w1 is 1, whatever happens, and c = 1. The one place that knows where they lie; its WGSL twin is
 * shaders/particle.ts.
 */
export interface Shape {
  /** Outputs. */
  readonly c: number;
  /** Output weights: c, or 0. */
  readonly weights: number;
  /** Inner coordinates, the bias's weight included. */
  readonly d: number;
  /** Where w1 [weights] and w0 [d] begin in a row. */
  readonly w1: number;
  readonly w0: number;
  /** Numbers in a row. */
  readonly width: number;
}

/** What decides a shape: a problem, its samples, or whatever else has them. */
export interface Sized {
  /** Default 1. */
  readonly c?: number;
  readonly d: number;
  /** Default c. */
  readonly weights?: number;
}

export const shapeOf = ({ c = 1, d, weights = c }: Sized): Shape => ({
  c,
  d,
  weights,
  w1: 0,
  w0: weights,
  width: weights + d,
});

/** w1_k of the row that begins at theta[row]. */
export const outerWeight = (
  theta: ArrayLike<number>,
  row: number,
  k: number,
  { w1, weights }: Shape,
): number => (weights === 0 ? 1 : theta[row + w1 + k]);

/** Rows in θ. */
export const rowsOf = (theta: ArrayLike<number>, { width }: Shape): number => theta.length / width;

/** The rate of coordinate k of a row, from those of the layers (w1, w0). */
export const layerOf = (k: number, { w0 }: Shape): 0 | 1 => (k < w0 ? 0 : 1);

/** |w1|² of the row that begins at theta[row], as far as it has w1. */
export function outerSquare(theta: ArrayLike<number>, row: number, { w1, w0 }: Shape): number {
  let square = 0;
  for (let k = row + w1; k < row + w0; k++) square += theta[k] * theta[k];
  return square;
}

/** |w1|_1 of the same. */
export function outerSize(theta: ArrayLike<number>, row: number, { w1, w0 }: Shape): number {
  let size = 0;
  for (let k = row + w1; k < row + w0; k++) size += Math.abs(theta[k]);
  return size;
}

/** |w0|² of the same. */
export function innerSquare(theta: ArrayLike<number>, row: number, { w0, width }: Shape): number {
  let square = 0;
  for (let k = row + w0; k < row + width; k++) square += theta[k] ** 2;
  return square;
}
