/** Sums between nodes and samples by pairs, in vector code (kernels/pairs.ts): those of core, to the bit. */
import { rowsOf, type Nodes } from '../../../core/mesh/nodes.ts';
import type { PairNodes } from '../../../core/mesh/pair-nodes.ts';
import { ORIGIN, PAIR_NUMBERS, type MeshExports } from './layout.ts';

/** Bytes of a piece of φ. */
const PIECE = 4 * Float64Array.BYTES_PER_ELEMENT;

/** What lies in the kernels' memory for them. */
export interface PairArrays {
  readonly pieces: Float64Array;
  /** A row of nodes, even in number. */
  readonly row: Float64Array;
  readonly samples: Float64Array;
}

/** Their lengths. */
export const pairLengths = ({
  pieces,
  patch: { columns },
  inputs: { m },
}: PairNodes): Record<keyof PairArrays, number> => ({
  pieces: pieces.length,
  row: 2 * vectorsOf(columns),
  samples: 2 * PAIR_NUMBERS * vectorsOf(m),
});

/** Vectors that hold so many numbers. */
const vectorsOf = (count: number): number => Math.ceil(count / 2);

export class VectorPairNodes implements Nodes {
  readonly bands: number;

  /** `arrays` gives the place of what they need, with the pieces in it. */
  constructor(
    private readonly scalar: PairNodes,
    private readonly exports: MeshExports,
    private readonly arrays: () => PairArrays,
  ) {
    this.bands = scalar.bands;
  }

  values(r: Float64Array, band: number): Float64Array {
    const {
      inputs: { m },
      patch,
    } = this.scalar;
    const { pieces, row: V, samples } = this.arrays();
    const { j, columns } = patch;
    const [first, end] = rowsOf(patch, band);
    const values = new Float64Array((end - first) * columns);
    for (let row = first; row < end; row++) {
      this.scalar.lines(row, (a, start, rise) => {
        samples[PAIR_NUMBERS * a] = start;
        samples[PAIR_NUMBERS * a + 1] = rise;
        samples[PAIR_NUMBERS * a + 2] = r[a] / m;
      });
      V.fill(0);
      this.exports.pairValues(V.byteOffset, vectorsOf(columns), j, samples.byteOffset, m, this.origin(pieces));
      values.set(V.subarray(0, columns), (row - first) * columns);
    }
    return values;
  }

  outputs(E: Float64Array, band: number): Float64Array {
    const {
      inputs: { m },
      patch,
    } = this.scalar;
    const { pieces, row: nodes, samples } = this.arrays();
    const { j, columns } = patch;
    const [first, end] = rowsOf(patch, band);
    const f = new Float64Array(m);
    for (let row = first; row < end; row++) {
      this.scalar.lines(row, (a, start, rise) => {
        // the other lane of the last sample, if they are odd, has its numbers, too
        for (const lane of a === m - 1 ? [a, a | 1] : [a]) {
          samples[placeOf(lane)] = start;
          samples[placeOf(lane) + 2] = rise;
        }
      });
      nodes.set(E.subarray(row * columns, (row + 1) * columns));
      this.exports.pairOutputs(
        nodes.byteOffset,
        columns,
        j,
        samples.byteOffset,
        vectorsOf(m),
        this.origin(pieces),
      );
      for (let a = 0; a < m; a++) f[a] += samples[placeOf(a) + 4];
    }
    return f;
  }

  /** Where a piece of number 0 would be. */
  private origin(pieces: Float64Array): number {
    return ORIGIN + pieces.byteOffset - this.scalar.low * PIECE;
  }
}

/** Where sample a has its first number among those of two: start, start, rise, rise, sum, sum. */
const placeOf = (a: number): number => 2 * PAIR_NUMBERS * Math.floor(a / 2) + (a % 2);
