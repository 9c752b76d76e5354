/**
 * What is said of a neuron in single numbers: its components, or where they are many its output weights, its length
 * and what the cloud's axes show.
 */
import { innerSquare, shapeOf, type Sized } from '../../core/shape.ts';
import type { Encoding } from '../../experiments/data/encoding.ts';
import { coordinate, type Axes, type Axis } from '../../views/cloud/cloud.ts';
import { axisName } from '../cloud/words.ts';
import { asWritten } from '../../words/say.ts';

export interface Component {
  /** With its unit, where it has one. */
  readonly name: string;
  /** The same as files have it. */
  readonly column: string;
  /** Of the neuron at theta[row …]. */
  readonly of: (theta: ArrayLike<number>, row: number) => number;
}

/** Inner weights that are told one by one. */
const FEW = 4;

export function componentsOf(sized: Sized, encoding: Encoding, axes: Axes): Component[] {
  const { weights, d, width } = shapeOf(sized);
  const namesOf = (axis: Axis): Pick<Component, 'name' | 'column'> => ({
    name: axisName(axis, encoding),
    column: axisName(axis, encoding, asWritten),
  });
  const single = (k: number): Component => ({
    ...namesOf(k),
    of: (theta, row) => theta[row + k],
  });
  if (d <= FEW) return Array.from({ length: width }, (_, k) => single(k));
  const further = [...new Set(axes)].filter((axis) => typeof axis !== 'number' || axis >= weights);
  return [
    ...Array.from({ length: weights }, (_, k) => single(k)),
    { name: '|w0|', column: '|w0|', of: (theta, row) => innerNorm(theta, row, sized) },
    ...further.map((axis) => ({
      ...namesOf(axis),
      of: (theta: ArrayLike<number>, row: number) => coordinate(theta, row, axis),
    })),
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
