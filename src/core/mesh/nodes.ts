/**
 * The sums between nodes and samples: V(w) = (1/m) Σ_β r^β φ(⟨w, x^β⟩) at every node w of the grid, and the
 * transpose f^α = Σ_w E(w) φ(⟨w, x^α⟩). Two ways: over all pairs, or, where the last coordinate of x is
 * constant (the bias), row by row.
 */
import type { Patch } from './grid.ts';

/** Inputs [m, d]. */
export interface Inputs {
  readonly x: Float64Array;
  readonly m: number;
  readonly d: number;
}

/** The greatest |x_c|; 0 where there is no such coordinate. */
export function largest(x: Float64Array, c: number, d: number): number {
  let most = 0;
  for (let k = c; k < x.length && c >= 0; k += d) most = Math.max(most, Math.abs(x[k]));
  return most;
}

/** Nodes (i hu, j hv) of a patch. */
export interface Lattice extends Patch {
  readonly hu: number;
  readonly hv: number;
}

/** Both sums, band by band: bands are independent of each other, so threads can share them. */
export interface Nodes {
  readonly bands: number;
  /** V on a band of the lattice. */
  values(r: Float64Array, band: number): Float64Array;
  /** A band's part of f [m], from E on the lattice. */
  outputs(E: Float64Array, band: number): Float64Array;
}

/**
 * Rows of a band: those whose i has the same quotient by this, so that a larger box leaves the bands, and the
 * sums over each, as they are.
 */
const BAND = 8;

export function bandsOf({ i, rows }: Patch): number {
  return Math.floor((i + rows - 1) / BAND) - Math.floor(i / BAND) + 1;
}

/** First row of a band in the patch, and the one after its last. */
export function rowsOf({ i, rows }: Patch, band: number): [first: number, end: number] {
  const start = (Math.floor(i / BAND) + band) * BAND - i;
  return [Math.max(0, start), Math.min(rows, start + BAND)];
}
