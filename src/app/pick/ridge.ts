/** The ridge of a neuron, x ↦ w1 Φ(w0, x), at the inputs of a picture of f and in the units of its target. */
import { encodeInputs } from '../../experiments/data/encoding.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import type { Range } from '../../views/plots/frame.ts';
import type { FitView } from '../figures/fit-view.ts';
import { termOf } from './term.ts';

export interface Ridge {
  /** Raw inputs [rows, k], and the ridge there. */
  readonly x: Float64Array;
  readonly values: Float64Array;
  /** Where it is 0, in the target's units. */
  readonly base: number;
  /** Whether the output weight is above 0; of a neuron without one, true. */
  readonly isPositive: boolean;
}

/** Points of a curve, and of a side of a field. */
const POINTS = 256;
export const SIDE = 48;

/** Of the neuron at θ row `row`. */
export function ridgeOf(
  { form, shown, frame, output }: Pick<FitView, 'form' | 'shown' | 'frame' | 'output'>,
  { problem, encoding }: Pick<Prepared, 'problem' | 'encoding'>,
  theta: ArrayLike<number>,
  row: number,
): Ridge {
  const x = GRIDS[form]?.(frame) ?? shown.x;
  const term = termOf(problem, theta, row, encodeInputs(x, encoding));
  const c = problem.c ?? 1;
  const width = (problem.weights ?? c) + problem.d;
  return {
    x,
    values: shown.decoded(term),
    base: shown.decoded(new Float64Array(c))[0],
    isPositive: problem.weights === 0 || theta[row * width + output] > 0,
  };
}

type Ranges = { readonly x: Range; readonly y: Range };
const between = ([low, high]: Range, i: number, count: number): number =>
  low + ((high - low) * i) / (count - 1);

function curveOf({ x }: Ranges): Float64Array {
  return Float64Array.from({ length: POINTS }, (_, i) => between(x, i, POINTS));
}

/** [SIDE·SIDE, 2], x1 fastest. */
function fieldOf({ x, y }: Ranges): Float64Array {
  return Float64Array.from({ length: 2 * SIDE * SIDE }, (_, i) =>
    i % 2 === 0 ? between(x, (i >> 1) % SIDE, SIDE) : between(y, Math.floor((i >> 1) / SIDE), SIDE),
  );
}

/** Of those that show a function of their axes; others show rows. */
const GRIDS: Partial<Record<FitView['form'], (ranges: Ranges) => Float64Array>> = {
  curve: curveOf,
  field: fieldOf,
};

/** By which of 1, 2, 5, 10, 20, … heights above the base are divided to lie within a range. */
export function shrinkOf({ values, base }: Pick<Ridge, 'values' | 'base'>, [low, high]: Range): number {
  const fits = (by: number): boolean =>
    values.every((value) => base + (value - base) / by >= low && base + (value - base) / by <= high);
  const isWithin = base >= low && base <= high && values.every(Number.isFinite);
  for (let k = 0; isWithin && k < 60; k++) {
    const by = [1, 2, 5][k % 3] * 10 ** Math.floor(k / 3);
    if (fits(by)) return by;
  }
  return 1;
}
