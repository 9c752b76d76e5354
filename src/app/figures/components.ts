/**
 * What is said of a neuron in single numbers: its components, or where they are many its output weight, length
 * and angle.
 */
import { shapeOf } from '../../core/shape.ts';
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

export function componentsOf(d: number, { inputs, bias }: Encoding): Component[] {
  const single = (c: number): Component => ({
    name: axisName(c, inputs, bias),
    of: (theta, row) => theta[row + c],
  });
  if (d <= FEW) return Array.from({ length: shapeOf({ d }).width }, (_, c) => single(c));
  return [
    single(0),
    { name: '|w0|', of: (theta, row) => innerNorm(theta, row, d) },
    {
      name: `angle of (${inputs[0]}, ${inputs[1]}) (°)`,
      of: (theta, row) => (180 / Math.PI) * Math.atan2(theta[row + 2], theta[row + 1]),
    },
  ];
}

/** |w0|. */
export function innerNorm(theta: ArrayLike<number>, row: number, d: number): number {
  let square = 0;
  for (let c = 1; c <= d; c++) square += theta[row + c] ** 2;
  return Math.sqrt(square);
}

/** One component of all neurons of θ [n, 1 + d]. */
export const valuesOf = ({ of }: Component, theta: ArrayLike<number>, d: number): Float32Array =>
  Float32Array.from({ length: theta.length / (1 + d) }, (_, j) => of(theta, j * (1 + d)));
