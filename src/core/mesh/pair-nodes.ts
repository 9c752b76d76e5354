/** Sums between nodes and any inputs: over all pairs, with φ from a table. */
import { slopeOf, type Activation } from '../activations/activations.ts';
import { cubicBetween } from '../cubic.ts';
import { bandsOf, rowsOf, type Inputs, type Lattice, type Nodes } from './nodes.ts';

/**
 * Pieces of φ in a unit of h: the error of a piece, a 384th of its length to the fourth times φ's fourth
 * derivative, is then 1e-9 or less.
 */
const PIECES = 64;

/** Any inputs: rows · columns · m values of φ, from a table of cubic pieces that fit φ and φ' at their ends. */
export class PairNodes implements Nodes {
  readonly bands: number;
  /** Number of the first piece; piece k is φ between k/PIECES and (k + 1)/PIECES, four coefficients each. */
  readonly low: number;
  readonly pieces: Float64Array;

  constructor(
    readonly inputs: Inputs,
    activation: Activation,
    readonly patch: Lattice,
  ) {
    this.bands = bandsOf(patch);
    const { j, rows, columns } = patch;
    let low = Infinity;
    let high = -Infinity;
    for (const row of [0, rows - 1]) {
      this.lines(row, (_, start, rise) => {
        low = Math.min(low, start + j * rise, start + (j + columns - 1) * rise);
        high = Math.max(high, start + j * rise, start + (j + columns - 1) * rise);
      });
    }
    this.low = Math.floor(low) - 1;
    this.pieces = cubicPieces(activation, this.low, Math.floor(high) + 2);
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
    for (let row = first; row < end; row++) {
      const at = (row - first) * columns;
      this.lines(row, (a, start, rise) => {
        const share = r[a] / m;
        for (let k = 0; k < columns; k++) {
          const z = start + (j + k) * rise;
          const piece = Math.floor(z);
          const t = z - piece;
          const c = (4 * (piece - low)) | 0;
          V[at + k] += share * (pieces[c] + t * (pieces[c + 1] + t * (pieces[c + 2] + t * pieces[c + 3])));
        }
      });
    }
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
    const [first, end] = rowsOf(this.patch, band);
    for (let row = first; row < end; row++) {
      const at = row * columns;
      this.lines(row, (a, start, rise) => {
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
    }
    return f;
  }

  /** Every sample on a row of nodes, in pieces: its ⟨w, x⟩ there at v = 0, and how much that rises with each node. */
  lines(row: number, visit: (a: number, start: number, rise: number) => void): void {
    const { x, m, d } = this.inputs;
    const { hu, hv, i } = this.patch;
    for (let a = 0; a < m; a++) {
      const h = d > 1 ? (i + row) * hu * x[2 * a] : 0;
      visit(a, h * PIECES, hv * x[a * d + d - 1] * PIECES);
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
