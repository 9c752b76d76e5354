/**
 * The mesh method with particles moved and deposited by vector code (kernels/mesh.ts), pairs of nodes and samples, too
 * (kernels/pairs.ts); coefficients and nodes of a lattice stay core's. A thread's kernels and their memory serve all of
 * its sums in turn, since memories are scarce and replicas may be thousands.
 */
import type { CellErrors } from '../../../core/mesh/cell-errors.ts';
import { splinePatch, type Grid } from '../../../core/mesh/grid.ts';
import type { Nodes } from '../../../core/mesh/nodes.ts';
import { PairNodes } from '../../../core/mesh/pair-nodes.ts';
import type { MeshSums } from '../../../core/mesh/sums.ts';
import { shapeOf } from '../../../core/shape.ts';
import { BLOCK, type Sums } from '../../../core/sums.ts';
import { place } from './arena.ts';
import { MESH_NUMBERS, ORIGIN, type MeshExports } from './layout.ts';
import { exportsOf, type CompiledModule } from './module.ts';
import { pairLengths, VectorPairNodes, type PairArrays } from './pair-nodes.ts';

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
/** Numbers that particles of a block have, at most. */
const ROWS = BLOCK * shapeOf({ d: 2 }).width;

/** The kernels in this thread, and what lies in their memory: all of it belongs to one owner at a time. */
class MeshKernels {
  theta = new Float64Array(0);
  b = this.theta;
  C = this.theta;
  /** 0 but between an owner's first deposit and the end of it. */
  deposits = this.theta;
  pairs: PairArrays = { pieces: this.theta, row: this.theta, samples: this.theta };
  /** The field whose coefficients C are. */
  entered: Float64Array | null = null;
  private owner: object | null = null;

  constructor(readonly exports: MeshExports) {}

  /** The owner's turn: unless it was the last one, too, its grid is laid anew. */
  serve(owner: object, grid: Grid, { size, nodes }: MeshSums): void {
    if (owner === this.owner) return;
    this.owner = owner;
    this.entered = null;
    const byPairs = nodes instanceof PairNodes ? nodes : null;
    const places = place(
      this.exports,
      {
        ...{ theta: ROWS, b: ROWS, C: size, deposits: size },
        ...(byPairs ? pairLengths(byPairs) : { pieces: 0, row: 0, samples: 0 }),
      },
      'f64',
    );
    const { theta, b, C, deposits, pieces, row, samples } = places;
    [this.theta, this.b, this.C, this.deposits] = [theta.numbers, b.numbers, C.numbers, deposits.numbers];
    this.pairs = { pieces: pieces.numbers, row: row.numbers, samples: samples.numbers };
    if (byPairs) pieces.numbers.set(byPairs.pieces);
    this.deposits.fill(0);
    this.describe(grid);
  }

  private describe(grid: Grid): void {
    const numbers: Record<(typeof MESH_NUMBERS)[number], number> = {
      perU: 1 / grid.hu,
      perV: 1 / grid.hv,
      iFirst: grid.iFirst,
      iEnd: grid.iLast - 1,
      jFirst: grid.jFirst,
      jEnd: grid.jLast - 1,
      rowBytes: splinePatch(grid).columns * NUMBER,
      columnBytes: NUMBER,
      origin: ORIGIN + this.C.byteOffset,
    };
    const { memory, grid: table } = this.exports;
    const vectors = new Float64Array(memory.buffer, table(), 2 * MESH_NUMBERS.length);
    vectors.set(MESH_NUMBERS.flatMap((name) => [numbers[name], numbers[name]]));
  }
}

let ofThread: MeshKernels | null = null;

export class VectorMesh implements Sums {
  readonly size: number;
  readonly bands: number;
  readonly closer: Sums['closer'];
  private readonly width: number;
  private readonly nodes: Nodes;
  private readonly kernels: MeshKernels;
  private readonly gather: MeshExports['gather2'];
  private readonly scatter: MeshExports['scatter2'];

  /** `mesh` is the scalar code on the same grid. */
  constructor(
    private readonly mesh: MeshSums,
    private readonly grid: Grid,
    d: number,
    compiled: CompiledModule,
  ) {
    this.kernels = ofThread ??= new MeshKernels(exportsOf<MeshExports>(compiled));
    this.size = mesh.size;
    this.bands = mesh.bands;
    this.closer = mesh.closer;
    this.width = shapeOf({ d }).width;
    this.nodes =
      mesh.nodes instanceof PairNodes
        ? new VectorPairNodes(mesh.nodes, this.kernels.exports, () => this.served().pairs)
        : mesh.nodes;
    const { gather1, gather2, scatter1, scatter2 } = this.kernels.exports;
    this.gather = d === 1 ? gather1 : gather2;
    this.scatter = d === 1 ? scatter1 : scatter2;
  }

  field(r: Float64Array, band: number): Float64Array {
    return this.nodes.values(r, band);
  }
  errorsOf(field: Float64Array, closer: Float64Array): CellErrors {
    return this.mesh.errorsOf(field, closer);
  }
  collect(sum: Float64Array): Float64Array {
    return this.mesh.collect(sum);
  }
  outputs(collected: Float64Array, band: number): Float64Array {
    return this.nodes.outputs(collected, band);
  }

  enter(field: Float64Array): void {
    const kernels = this.served();
    if (field === kernels.entered) return;
    kernels.C.set(this.mesh.coefficients(field));
    kernels.entered = field;
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { kernels, width } = this;
    for (let start = first; start < last; start += BLOCK) {
      const end = Math.min(start + BLOCK, last);
      const pairs = this.bring(theta, start, end);
      this.gather(kernels.b.byteOffset, kernels.theta.byteOffset, pairs);
      b.set(kernels.b.subarray(0, (end - start) * width), (start - first) * width);
    }
  }

  /** They stay in the kernels' memory. */
  deposit(_: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    const { theta: rows, C, deposits } = this.served();
    for (let start = first; start < last; start += BLOCK) {
      const pairs = this.bring(theta, start, Math.min(start + BLOCK, last));
      if (!this.scatter(rows.byteOffset, pairs, deposits.byteOffset - C.byteOffset)) return false;
    }
    return true;
  }

  complete(sum: Float64Array): void {
    const { deposits } = this.served();
    for (let k = 0; k < sum.length; k++) sum[k] += deposits[k];
    deposits.fill(0);
  }

  private served(): MeshKernels {
    this.kernels.serve(this, this.grid, this.mesh);
    return this.kernels;
  }

  /** A block to where the kernels read it, the last particle twice if they are odd, then without w1: its pairs. */
  private bring(theta: Float64Array, first: number, last: number): number {
    const { width } = this;
    const { theta: rows } = this.kernels;
    const end = (last - first) * width;
    rows.set(theta.subarray(first * width, last * width));
    if ((last - first) % 2) {
      rows.copyWithin(end, end - width, end);
      rows[end] = 0;
    }
    return Math.ceil((last - first) / 2);
  }
}
