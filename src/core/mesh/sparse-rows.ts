/**
 * Rows of nodes that need no sums of their own. V is made of φ(⟨w, x⟩), which moves by so little from a row to the next
 * that V between every k-th row is Lagrange's interpolation of degree 13 in u; deposits go to those rows by the
 * transpose. k belongs to φ, x and the spacing, whatever the box: a larger one leaves the bits as they are.
 */
import type { Activation } from '../activations/activations.ts';
import { valuePatch, type Grid, type Patch } from './grid.ts';
import { lagrangeAt } from './lagrange.ts';
import { largest, type Inputs } from './nodes.ts';

/** Summed rows that a row between them reads: the last one before it, some before that, and some after. */
export const TAPS = 14;
export const [BEFORE, AFTER] = [TAPS / 2 - 1, TAPS / 2];
/** Interpolation may move φ by that, of 1 + |φ|: some hundredths of a drift's tolerance in its slope. */
const TOLERANCE = 1e-8;
/** Beyond it activations have no other features. */
const FAR = 10;
const MOST_APART = 8;

/** The most rows apart that sums may be, where a row is `rise` in h from the next at most. */
export function rowsApart({ phi }: Activation, rise: number): number {
  if (!(rise > 0)) return 1;
  let apart = 1;
  while (apart < MOST_APART && interpolates(phi, (apart + 1) * rise)) apart++;
  return apart;
}

/** Whether nodes so far apart in h give φ between them: looked at where errors are largest, from half of a cell to the next. */
function interpolates(phi: Activation['phi'], step: number): boolean {
  const weights = new Float64Array(TAPS);
  lagrangeAt(weights, 1 / 2);
  for (let z = -FAR; z <= FAR; z += step / 2) {
    const sum = weights.reduce(
      (value, weight, tap) => value + weight * phi(z + (tap - BEFORE - 1 / 2) * step),
      0,
    );
    const value = phi(z);
    if (!(Math.abs(sum - value) <= TOLERANCE * (1 + Math.abs(value)))) return false;
  }
  return true;
}

/** Those that suit inputs on a grid. */
export const sparseRows = ({ x, d }: Inputs, activation: Activation, grid: Grid): SparseRows =>
  new SparseRows(valuePatch(grid), rowsApart(activation, largest(x, d - 2, d) * grid.hu));

/** The weights of the rows r = 0 … apart − 1 after a summed one. */
export const weightsApart = (apart: number): Float64Array[] =>
  Array.from({ length: apart }, (_, r) => {
    const weights = new Float64Array(TAPS);
    lagrangeAt(weights, r / apart);
    return weights;
  });

export class SparseRows {
  /** The nodes that are summed, row i being `apart` · i of the lattice. */
  readonly summed: Patch;
  private readonly weights: readonly Float64Array[];

  /** The nodes whose values are wanted. */
  constructor(
    private readonly wanted: Patch,
    readonly apart: number,
  ) {
    const { i, rows } = wanted;
    const first = Math.floor(i / apart);
    const last = Math.floor((i + rows - 1) / apart);
    this.summed =
      apart === 1 ? wanted : { ...wanted, i: first - BEFORE, rows: last - first + 1 + BEFORE + AFTER };
    this.weights = weightsApart(apart);
  }

  /** Wanted values from those of summed rows. */
  filled(values: Float64Array): Float64Array {
    if (this.apart === 1) return values;
    const { columns, rows } = this.wanted;
    const out = new Float64Array(rows * columns);
    this.visit((weight, row, from) => {
      const to = row * columns;
      const at = from * columns;
      for (let k = 0; k < columns; k++) out[to + k] += weight * values[at + k];
    });
    return out;
  }

  /** The transpose: what summed rows get of numbers at the wanted nodes. */
  gathered(E: Float64Array): Float64Array {
    if (this.apart === 1) return E;
    const { columns } = this.wanted;
    const out = new Float64Array(this.summed.rows * columns);
    this.visit((weight, row, to) => {
      const from = row * columns;
      const at = to * columns;
      for (let k = 0; k < columns; k++) out[at + k] += weight * E[from + k];
    });
    return out;
  }

  /** Every pair of a wanted row and a summed one that it reads, by their places in the patches. */
  private visit(meet: (weight: number, wanted: number, summed: number) => void): void {
    const { apart, wanted, summed } = this;
    for (let row = 0; row < wanted.rows; row++) {
      const before = Math.floor((wanted.i + row) / apart);
      const after = wanted.i + row - before * apart;
      const place = before - summed.i;
      if (after === 0) meet(1, row, place);
      else for (let tap = 0; tap < TAPS; tap++) meet(this.weights[after][tap], row, place - BEFORE + tap);
    }
  }
}
