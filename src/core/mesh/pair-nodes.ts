/** Sums between nodes and any inputs: over all pairs, with φ from a table. */
import { slopeOf, type Activation } from '../activations/activations.ts';
import { cubicBetween } from '../cubic.ts';
import { valuePatch, type Grid, type Patch } from './grid.ts';
import { bandsOf, rowsOf, type Inputs, type Nodes } from './nodes.ts';

/**
 * Pieces of φ in a unit of h: the error of a piece, a 384th of its length to the fourth times φ's fourth
 * derivative, is then 1e-9 or less.
 */
const PIECES = 64;

/** Any inputs: rows · columns · m values of φ, from a table of cubic pieces that fit φ and φ' at their ends. */
export class PairNodes implements Nodes {
  readonly bands: number;
  private readonly patch: Patch;
  /** Number of the first piece; piece k is φ between k/PIECES and (k + 1)/PIECES, four coefficients each. */
  private readonly low: number;
  private readonly pieces: Float64Array;

  constructor(
    private readonly inputs: Inputs,
    activation: Activation,
    private readonly grid: Grid,
  ) {
    this.patch = valuePatch(grid);
    this.bands = bandsOf(this.patch);
    const { j, rows, columns } = this.patch;
    let low = Infinity;
    let high = -Infinity;
    for (const row of [0, rows - 1]) {
      this.pairs(row, row + 1, (_a, _row, h, step) => {
        low = Math.min(low, h + j * step, h + (j + columns - 1) * step);
        high = Math.max(high, h + j * step, h + (j + columns - 1) * step);
      });
    }
    this.low = Math.floor(low * PIECES) - 1;
    this.pieces = cubicPieces(activation, this.low, Math.floor(high * PIECES) + 2);
  }

  values(r: Float64Array, band: number): Float64Array {
    const {
      inputs: { m },
      patch: { j, columns },
      pieces,
      low,
    } = this;
    const [first, end] = rowsOf(this.patch, band);
    const V = new Float64Array((end - first) * columns);
    this.pairs(first, end, (a, row, h, step) => {
      const share = r[a] / m;
      const at = (row - first) * columns;
      const start = h * PIECES;
      const rise = step * PIECES;
      for (let k = 0; k < columns; k++) {
        const z = start + (j + k) * rise;
        const piece = Math.floor(z);
        const t = z - piece;
        const c = (4 * (piece - low)) | 0;
        V[at + k] += share * (pieces[c] + t * (pieces[c + 1] + t * (pieces[c + 2] + t * pieces[c + 3])));
      }
    });
    return V;
  }

  outputs(E: Float64Array, band: number): Float64Array {
    const {
      inputs: { m },
      patch: { j, columns },
      pieces,
      low,
    } = this;
    const f = new Float64Array(m);
    this.pairs(...rowsOf(this.patch, band), (a, row, h, step) => {
      const at = row * columns;
      const start = h * PIECES;
      const rise = step * PIECES;
      let sum = 0;
      for (let k = 0; k < columns; k++) {
        const z = start + (j + k) * rise;
        const piece = Math.floor(z);
        const t = z - piece;
        const c = (4 * (piece - low)) | 0;
        sum += E[at + k] * (pieces[c] + t * (pieces[c + 1] + t * (pieces[c + 2] + t * pieces[c + 3])));
      }
      f[a] += sum;
    });
    return f;
  }

  /** Every sample on every row: its h there at v = 0, and how much h changes from one column to the next. */
  private pairs(
    first: number,
    end: number,
    visit: (a: number, row: number, h: number, step: number) => void,
  ): void {
    const { x, m, d } = this.inputs;
    const { hu, hv } = this.grid;
    for (let row = first; row < end; row++) {
      for (let a = 0; a < m; a++)
        visit(a, row, d > 1 ? (this.patch.i + row) * hu * x[2 * a] : 0, hv * x[a * d + d - 1]);
    }
  }
}

/** Coefficients of φ((k + t)/PIECES) in t ∈ [0, 1], for k = low … high − 1 one after the other. */
function cubicPieces(activation: Activation, low: number, high: number): Float64Array {
  const pieces = new Float64Array(4 * (high - low));
  for (let k = low, c = 0; k < high; k++, c += 4) {
    const z = k / PIECES;
    const end = (k + 1) / PIECES;
    const p = activation.phi(z);
    const q = activation.phi(end);
    const u = slopeOf(activation, z) / PIECES;
    const v = slopeOf(activation, end) / PIECES;
    pieces.set(cubicBetween(p, q, u, v), c);
  }
  return pieces;
}
