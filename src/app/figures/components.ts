/**
 * What is said of a neuron in single numbers: its components, or where they are many its output weight, length
 * and angle.
 */
import { innerSquare, shapeOf, type Sized } from '../../core/shape.ts';
import type { Encoding } from '../../experiments/encoding.ts';
import { axisName } from '../cloud/words.ts';

export interface Component {
  /** With its unit, where it has one. */
  readonly name: string;
  /** Of the neuron at theta[row …]. */
  readonly of: (theta: ArrayLike<number>, row: number) => number;
}

/** Inner weights that are told one by one. */
const FEW = 4;

export function componentsOf(sized: Sized, encoding: Encoding): Component[] {
  const { c, d, w0, width } = shapeOf(sized);
  const single = (k: number): Component => ({
    name: axisName(k, encoding),
    of: (theta, row) => theta[row + k],
  });
  if (d <= FEW) return Array.from({ length: width }, (_, k) => single(k));
  const { inputs } = encoding;
  return [
    ...Array.from({ length: c }, (_, k) => single(k)),
    { name: '|w0|', of: (theta, row) => innerNorm(theta, row, sized) },
    {
      name: `angle of (${inputs[0]}, ${inputs[1]}) (°)`,
      of: (theta, row) => (180 / Math.PI) * Math.atan2(theta[row + w0 + 1], theta[row + w0]),
    },
  ];
}

/** |w0|. */
export const innerNorm = (theta: ArrayLike<number>, row: number, sized: Sized): number =>
  Math.sqrt(innerSquare(theta, row, shapeOf(sized)));

/** One component of all neurons of θ [n, c + d]. */
export function valuesOf({ of }: Component, theta: ArrayLike<number>, sized: Sized): Float32Array {
  const { width } = shapeOf(sized);
  return Float32Array.from({ length: theta.length / width }, (_, j) => of(theta, j * width));
}
