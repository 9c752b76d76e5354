/**
 * The mesh method with particles moved and deposited by vector code (kernels/mesh.ts); nodes, coefficients and
 * outputs stay core's. The kernels of a thread and their memory are one for all sums of that thread, since
 * memories are scarce and replicas may be thousands: whose turn it is lays its grid there anew.
 */
import type { Grid } from '../../../core/mesh/grid.ts';
import { splinePatch } from '../../../core/mesh/grid.ts';
import { coefficients } from '../../../core/mesh/spline.ts';
import { shapeOf } from '../../../core/shape.ts';
import { BLOCK, type Sums } from '../../../core/sums.ts';
import { MESH_NUMBERS, ORIGIN, type MeshExports } from './layout.ts';
import { exportsOf, pagesFor, type CompiledModule } from './module.ts';

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
/** Numbers that particles of a block have, at most. */
const ROWS = BLOCK * shapeOf({ d: 2 }).width;

/** How arrays over a grid's spline lie in the kernels' memory, in numbers. */
interface Layout {
  /** Of a row: even. */
  readonly pitch: number;
  /** Of the array. */
  readonly size: number;
  /** Where a row's first column is: rows begin with an even one. */
  readonly shift: number;
}

function layoutOf(grid: Grid): Layout {
  const { rows, columns } = splinePatch(grid);
  const shift = Math.abs(grid.jFirst % 2);
  const pitch = 2 * Math.ceil((columns + shift) / 2);
  return { pitch, size: rows * pitch, shift };
}

/** The kernels in this thread. In memory: θ and b of a block, C, deposits of even columns, and of odd ones. */
class MeshKernels {
  /** Whose grid lies in memory, and the field whose coefficients do. */
  owner: object | null = null;
  entered: Float64Array | null = null;
  /** All of the memory, and its parts, as numbers. */
  theta: Float64Array = new Float64Array(0);
  b: Float64Array = this.theta;
  C: Float64Array = this.theta;
  even: Float64Array = this.theta;
  odd: Float64Array = this.theta;

  constructor(readonly exports: MeshExports) {}

  /** A grid's turn, with no deposits. */
  lay(owner: object, grid: Grid): void {
    this.owner = owner;
    this.entered = null;
    const { memory, free } = this.exports;
    const { size } = layoutOf(grid);
    const end = free() + (2 * ROWS + 3 * size) * NUMBER;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(pagesFor(missing));
    let at = free();
    const next = (length: number): Float64Array => {
      const part = new Float64Array(memory.buffer, at, length);
      at += length * NUMBER;
      return part;
    };
    this.theta = next(ROWS);
    this.b = next(ROWS);
    this.C = next(size);
    this.even = next(size).fill(0);
    this.odd = next(size).fill(0);
    this.describe(grid);
  }

  private describe({ hu, hv, iFirst, iLast, jFirst, jLast }: Grid): void {
    const { pitch, shift } = layoutOf({ hu, hv, iFirst, iLast, jFirst, jLast });
    const numbers: Record<(typeof MESH_NUMBERS)[number], number> = {
      perU: 1 / hu,
      perV: 1 / hv,
      iFirst,
      iEnd: iLast - 1,
      jFirst,
      jEnd: jLast - 1,
      jStart: jFirst - shift,
      rowBytes: pitch * NUMBER,
      columnBytes: NUMBER,
      origin: ORIGIN + this.C.byteOffset,
    };
    const place = new Float64Array(this.exports.memory.buffer, this.exports.grid(), MESH_NUMBERS.length);
    place.set(MESH_NUMBERS.map((name) => numbers[name]));
  }
}

let ofThread: MeshKernels | null = null;

export class VectorMesh implements Sums {
  readonly size: number;
  readonly bands: number;
  private readonly width: number;
  private readonly kernels: MeshKernels;
  private readonly layout: Layout;
  private readonly gather: MeshExports['gather2'];
  private readonly scatter: MeshExports['scatter2'];

  /** `mesh` is the scalar code of the same grid. */
  constructor(
    private readonly mesh: Sums,
    private readonly grid: Grid,
    d: number,
    compiled: CompiledModule,
  ) {
    this.kernels = ofThread ??= new MeshKernels(exportsOf<MeshExports>(compiled));
    this.size = mesh.size;
    this.bands = mesh.bands;
    this.width = shapeOf({ d }).width;
    this.layout = layoutOf(grid);
    const { gather1, gather2, scatter1, scatter2 } = this.kernels.exports;
    this.gather = d === 1 ? gather1 : gather2;
    this.scatter = d === 1 ? scatter1 : scatter2;
  }

  field(r: Float64Array, band: number): Float64Array {
    return this.mesh.field(r, band);
  }
  collect(sum: Float64Array): Float64Array {
    return this.mesh.collect(sum);
  }
  outputs(collected: Float64Array, band: number): Float64Array {
    return this.mesh.outputs(collected, band);
  }

  enter(field: Float64Array): void {
    const { kernels, grid } = this;
    const { pitch, shift } = this.layout;
    this.take();
    if (field === kernels.entered) return;
    const { rows, columns } = splinePatch(grid);
    const spline = coefficients(field, grid);
    for (let row = 0; row < rows; row++)
      kernels.C.set(spline.subarray(row * columns, (row + 1) * columns), row * pitch + shift);
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

  /** They stay in the kernels' memory until `complete`. */
  deposit(_: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    this.take();
    const { theta: rows, C, even, odd } = this.kernels;
    const [toEven, toOdd] = [even.byteOffset - C.byteOffset, odd.byteOffset - even.byteOffset - NUMBER];
    for (let start = first; start < last; start += BLOCK) {
      const pairs = this.bring(theta, start, Math.min(start + BLOCK, last));
      if (!this.scatter(rows.byteOffset, pairs, toEven, toOdd)) return false;
    }
    return true;
  }

  complete(sum: Float64Array): void {
    this.take();
    const { even, odd } = this.kernels;
    const { pitch, shift } = this.layout;
    const { rows, columns } = splinePatch(this.grid);
    for (let row = 0, to = 0; row < rows; row++) {
      let from = row * pitch + shift;
      // no patch begins before a row's first column, so none of the odd ones reaches that
      for (let column = 0; column < columns; column++, from++, to++)
        sum[to] += even[from] + (from > 0 ? odd[from - 1] : 0);
    }
    even.fill(0);
    odd.fill(0);
  }

  private take(): void {
    if (this.kernels.owner !== this) this.kernels.lay(this, this.grid);
  }

  /** Particles of a block to where the kernels read them, the last one twice if they are odd: its pairs. */
  private bring(theta: Float64Array, first: number, last: number): number {
    const { width } = this;
    const rows = this.kernels.theta;
    const count = last - first;
    rows.set(theta.subarray(first * width, last * width));
    if (count % 2) {
      rows.copyWithin(count * width, (count - 1) * width, count * width);
      rows[count * width] = 0;
    }
    return Math.ceil(count / 2);
  }
}
