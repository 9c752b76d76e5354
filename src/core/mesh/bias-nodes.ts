/** Sums between nodes and inputs with a constant last coordinate: row by row. */
import type { Activation } from '../activations/activations.ts';
import { lagrangeAt } from './lagrange.ts';
import { bandsOf, rowsOf, type Inputs, type Lattice, type Nodes } from './nodes.ts';

/** Interpolation by `taps` nodes, −taps/2 + 1 … taps/2 about the cell [0, 1]. */
interface Interpolation {
  readonly taps: number;
  readonly weigh: (weights: Float64Array, t: number) => void;
}

/** 1/Π_(l ≠ k) (k − l). */
const SCALE = [-1 / 5040, 1 / 720, -1 / 240, 1 / 144, -1 / 144, 1 / 240, -1 / 720, 1 / 5040] as const;

/** The eight weights of Lagrange's interpolation at 0 ≤ t ≤ 1. */
export function lagrange(weights: Float64Array, t: number): void {
  const a = t + 3;
  const b = t + 2;
  const c = t + 1;
  const e = t - 1;
  const f = t - 2;
  const g = t - 3;
  const h = t - 4;
  const ab = a * b;
  const ct = c * t;
  const ef = e * f;
  const gh = g * h;
  const low = ab * ct;
  const high = ef * gh;
  weights[0] = SCALE[0] * b * ct * high;
  weights[1] = SCALE[1] * a * ct * high;
  weights[2] = SCALE[2] * ab * t * high;
  weights[3] = SCALE[3] * ab * c * high;
  weights[4] = SCALE[4] * low * f * gh;
  weights[5] = SCALE[5] * low * e * gh;
  weights[6] = SCALE[6] * low * ef * h;
  weights[7] = SCALE[7] * low * ef * g;
}

/** Of degree 7: what a step takes. */
const SEVENTH: Interpolation = { taps: 8, weigh: lagrange };
/** Of degree 13, by which the other one is judged. */
export const THIRTEENTH: Interpolation = { taps: 14, weigh: lagrangeAt };

/**
 * Inputs (x, c) with one c for all samples. On row i, φ(⟨w, x^β⟩) = φ(c (j hv + i hu x^β / c)) is a function of
 * one variable that is needed on a lattice only, of spacing c hv: there φ is a table T, the row's samples
 * become weights Q on the lattice, at places i ρ^β with ρ^β = hu x^β / (c hv), by interpolation of degree 7,
 * and the row of V is the correlation of Q with T. O(m + columns · |i|) a row.
 */
export class BiasNodes implements Nodes {
  readonly bands: number;
  private readonly rho: Float64Array;
  private readonly low: number;
  private readonly high: number;
  private readonly weights: Float64Array;
  /** φ at (tableFirst + k) c hv. */
  private readonly table: Float64Array;
  private readonly tableFirst: number;

  constructor(
    { x, m }: Inputs,
    { phi }: Activation,
    private readonly patch: Lattice,
    private readonly interpolation = SEVENTH,
  ) {
    const { taps } = interpolation;
    this.weights = new Float64Array(taps);
    this.bands = bandsOf(patch);
    const { hu, hv, i, j, rows, columns } = patch;
    const unit = x[1] * hv;
    this.rho = Float64Array.from({ length: m }, (_, a) => (x[2 * a] * hu) / unit);
    this.low = this.rho.reduce((p, q) => Math.min(p, q));
    this.high = this.rho.reduce((p, q) => Math.max(p, q));
    const spans = [this.span(i), this.span(i + rows - 1), [-taps, taps]];
    this.tableFirst = j + Math.min(...spans.map(([first]) => first));
    const last = j + columns + Math.max(...spans.map(([, end]) => end));
    this.table = Float64Array.from({ length: last - this.tableFirst + 1 }, (_, k) =>
      phi((this.tableFirst + k) * unit),
    );
  }

  values(r: Float64Array, band: number): Float64Array {
    const {
      rho,
      weights,
      interpolation: { taps, weigh },
      patch: { i, columns },
    } = this;
    const m = rho.length;
    const [firstRow, endRow] = rowsOf(this.patch, band);
    const V = new Float64Array((endRow - firstRow) * columns);
    for (let row = firstRow; row < endRow; row++) {
      const [first, end] = this.span(i + row);
      const Q = new Float64Array(end - first);
      for (let a = 0; a < m; a++) {
        const p = (i + row) * rho[a];
        const cell = Math.floor(p);
        const k = cell - taps / 2 + 1 - first;
        const share = r[a] / m;
        weigh(weights, p - cell);
        for (let tap = 0; tap < taps; tap++) Q[k + tap] += share * weights[tap];
      }
      this.correlate(V, (row - firstRow) * columns, columns, Q, first);
    }
    return V;
  }

  outputs(E: Float64Array, band: number): Float64Array {
    const {
      rho,
      weights,
      interpolation: { taps, weigh },
      patch: { i, columns },
    } = this;
    const m = rho.length;
    const f = new Float64Array(m);
    const [firstRow, endRow] = rowsOf(this.patch, band);
    for (let row = firstRow; row < endRow; row++) {
      const [first, end] = this.span(i + row);
      const S = new Float64Array(end - first);
      this.correlate(S, 0, end - first, E.subarray(row * columns, (row + 1) * columns), first);
      for (let a = 0; a < m; a++) {
        const p = (i + row) * rho[a];
        const cell = Math.floor(p);
        const k = cell - taps / 2 + 1 - first;
        weigh(weights, p - cell);
        let sum = 0;
        for (let tap = 0; tap < taps; tap++) sum += weights[tap] * S[k + tap];
        f[a] += sum;
      }
    }
    return f;
  }

  /** The lattice places [first, end) that row i's samples touch. */
  private span(i: number): [first: number, end: number] {
    const p = i * this.low;
    const q = i * this.high;
    const reach = this.interpolation.taps / 2;
    return [Math.floor(Math.min(p, q)) - reach + 1, Math.floor(Math.max(p, q)) + reach + 1];
  }

  /**
   * out[at + k] = Σ_l weights[l] T(first + patch.j + k + l), k < count: the same for rows of V and, with the
   * parts exchanged, of S.
   */
  private correlate(out: Float64Array, at: number, count: number, weights: Float64Array, first: number): void {
    const T = this.table;
    const base = first + this.patch.j - this.tableFirst;
    const end = weights.length;
    let k = 0;
    for (; k + 3 < count; k += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let t0 = T[base + k];
      let t1 = T[base + k + 1];
      let t2 = T[base + k + 2];
      for (let l = 0; l < end; l++) {
        const w = weights[l];
        const t3 = T[base + k + l + 3];
        s0 += w * t0;
        s1 += w * t1;
        s2 += w * t2;
        s3 += w * t3;
        t0 = t1;
        t1 = t2;
        t2 = t3;
      }
      out[at + k] = s0;
      out[at + k + 1] = s1;
      out[at + k + 2] = s2;
      out[at + k + 3] = s3;
    }
    for (; k < count; k++) {
      let sum = 0;
      for (let l = 0; l < end; l++) sum += weights[l] * T[base + k + l];
      out[at + k] = sum;
    }
  }
}
