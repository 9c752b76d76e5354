/**
 * The particle–mesh method, for smooth φ and d ≤ 2: O(n + nodes) a step. g is summed exactly, or nearly, on the
 * nodes of a grid over the cloud and interpolated in between; outputs go back by the transpose of all of it, so
 * this is the exact gradient flow of the network whose φ(⟨w0, x⟩) is the interpolant in w0, and the energy law
 * holds as it does for direct sums.
 */
import type { Activation } from '../activations/activations.ts';
import { BiasNodes, THIRTEENTH } from './bias-nodes.ts';
import { CellErrors } from './cell-errors.ts';
import type { Inputs, Nodes } from './nodes.ts';
import { PairNodes } from './pair-nodes.ts';
import { splinePatch, type Grid } from './grid.ts';
import { sparseRows, type SparseRows } from './sparse-rows.ts';
import { coefficients, transposed } from './spline.ts';
import { gather, scatter } from './particles.ts';
import type { Sums } from '../sums.ts';

/** One constant, other than 0, for the last of two coordinates of every sample. */
export function hasBias({ x, m, d }: Inputs): boolean {
  for (let a = 0; a < m; a++) if (x[2 * a + 1] !== x[1]) return false;
  return d === 2 && x[1] !== 0;
}

export class MeshSums implements Sums {
  readonly size: number;
  readonly bands: number;
  /** Nodes of a lattice have the error of its interpolation; those by pairs have next to none of their own. */
  readonly closer: Sums['closer'];
  readonly nodes: Nodes;
  private readonly sparse: SparseRows;
  private spline: Float64Array = new Float64Array(0);

  constructor(
    private readonly inputs: Inputs,
    activation: Activation,
    private readonly grid: Grid,
  ) {
    const { rows, columns } = splinePatch(grid);
    this.size = rows * columns;
    const biased = hasBias(inputs);
    const sparse = (this.sparse = sparseRows(inputs, activation, grid));
    const lattice = { ...sparse.summed, hu: sparse.apart * grid.hu, hv: grid.hv };
    this.nodes = new (biased ? BiasNodes : PairNodes)(inputs, activation, lattice);
    this.bands = this.nodes.bands;
    if (!biased) return;
    let near: Nodes | undefined; // made when a drift is checked
    this.closer = (r, band) =>
      (near ??= new BiasNodes(inputs, activation, lattice, THIRTEENTH)).values(r, band);
  }

  field(r: Float64Array, band: number): Float64Array {
    return this.nodes.values(r, band);
  }

  errorsOf(field: Float64Array, closer: Float64Array): CellErrors {
    const values = this.filled(field);
    return new CellErrors(values, closer === field ? values : this.filled(closer), this.grid);
  }

  enter(field: Float64Array): void {
    this.spline = this.coefficients(field);
  }

  /** Of the spline. */
  coefficients(field: Float64Array): Float64Array {
    return coefficients(this.filled(field), this.grid);
  }

  /** V on valuePatch. */
  filled(field: Float64Array): Float64Array {
    return this.sparse.filled(field);
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    gather(b, theta, first, last, this.inputs.d, this.spline, this.grid);
  }

  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    return scatter(sum, theta, first, last, this.inputs.d, this.grid);
  }

  collect(sum: Float64Array): Float64Array {
    return this.sparse.gathered(transposed(sum, this.grid));
  }

  outputs(collected: Float64Array, band: number): Float64Array {
    return this.nodes.outputs(collected, band);
  }
}
