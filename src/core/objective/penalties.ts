/**
 * Penalties n^(−a) Σ_j p(θ_j) beside the loss, by which gradient descent becomes that of the objective: what p does to a
 * particle at its place in a step (terms.ts); observables.ts has what it adds up to.
 */
import { innerSquare, outerSquare, type Shape } from '../shape.ts';
import type { Rows, Stride } from '../dynamics/terms.ts';

type Numbers = ArrayLike<number>;

/** By (λ1 |w1|² + λ0 |w0|²)/2. */
export function pullByRidge(
  [outer, inner]: readonly [number, number],
  b: Float64Array,
  { theta, first, last, shape }: Rows,
): void {
  const { width } = shape;
  for (let row = first * width, at = 0; row < last * width; row += width, at += width)
    pullRow(b, at, theta, row, outer, inner, shape);
}

/** Takes outer · w1, inner · w0 of the row at theta[row] from that at b[at]. */
function pullRow(
  b: Float64Array,
  at: number,
  theta: Numbers,
  row: number,
  outer: number,
  inner: number,
  { w0, width }: Shape,
): void {
  for (let k = 0; k < w0; k++) b[at + k] -= outer * theta[row + k];
  for (let k = w0; k < width; k++) b[at + k] -= inner * theta[row + k];
}

const sizes = (theta: Numbers, row: number, shape: Shape): [number, number] => [
  Math.sqrt(outerSquare(theta, row, shape)),
  Math.sqrt(innerSquare(theta, row, shape)),
];

/** By a subgradient of λ |w1| |w0|, which is 0 for a layer that is 0. */
export function pullByVariation(strength: number, b: Float64Array, { theta, first, last, shape }: Rows): void {
  const { width } = shape;
  for (let row = first * width, at = 0; row < last * width; row += width, at += width) {
    const [outer, inner] = sizes(theta, row, shape);
    const ofOuter = outer > 0 ? (strength * inner) / outer : 0;
    const ofInner = inner > 0 ? (strength * outer) / inner : 0;
    pullRow(b, at, theta, row, ofOuter, ofInner, shape);
  }
}

/** The proximal step of λ |w1|_1: w1 moves towards 0 by s dt λ, and stays there where it would pass it. */
export function shrink(
  strength: number,
  { theta, first, last, shape: { w1, weights, width } }: Rows,
  { time, rates }: Stride,
): void {
  const threshold = time * rates[0] * strength;
  for (let row = first * width + w1; row < last * width; row += width)
    for (let k = row; k < row + weights; k++) theta[k] -= Math.min(threshold, Math.max(-threshold, theta[k]));
}
