/**
 * The same double loops written for any d: a third loop over the inputs within them, for h and for w0's drift.
 * As for d = 2, nothing is left out where φ' is 0.
 */
import type { Timed } from './cases.ts';
import type { Loops } from './plain.ts';

/** ⟨w0, x^a⟩; the row of w0 begins at `row`, of x at `at`. */
function product(theta: Float64Array, row: number, x: Float64Array, at: number, d: number): number {
  let h = 0;
  for (let c = 0; c < d; c++) h += theta[row + c] * x[at + c];
  return h;
}

/** Adds g x^a to b0. */
function add(b0: Float64Array, g: number, x: Float64Array, at: number): void {
  for (let c = 0; c < b0.length; c++) b0[c] += g * x[at + c];
}

/** Moves the particle whose row begins at `j` by scale · (b1, w1 b0). */
function moveRow(theta: Float64Array, j: number, scale: number, b1: number, b0: Float64Array): void {
  const w1 = theta[j];
  theta[j] += scale * b1;
  for (let c = 0; c < b0.length; c++) theta[j + 1 + c] += scale * w1 * b0[c];
}

export const WIDE_LOOPS: Record<Timed, Loops> = {
  tanh: {
    outputs: (f, theta, x) => {
      const d = x.length / f.length;
      for (let j = 0; j < theta.length; j += 1 + d)
        for (let a = 0; a < f.length; a++) f[a] += theta[j] * Math.tanh(product(theta, j + 1, x, a * d, d));
    },
    move: (theta, x, r, scale, first, last) => {
      const d = x.length / r.length;
      const b0 = new Float64Array(d);
      for (let j = first * (1 + d); j < last * (1 + d); j += 1 + d) {
        let b1 = 0;
        b0.fill(0);
        for (let a = 0; a < r.length; a++) {
          const phi = Math.tanh(product(theta, j + 1, x, a * d, d));
          b1 += r[a] * phi;
          add(b0, r[a] * (1 - phi * phi), x, a * d);
        }
        moveRow(theta, j, scale, b1, b0);
      }
    },
  },
  relu: {
    outputs: (f, theta, x) => {
      const d = x.length / f.length;
      for (let j = 0; j < theta.length; j += 1 + d)
        for (let a = 0; a < f.length; a++) f[a] += theta[j] * Math.max(product(theta, j + 1, x, a * d, d), 0);
    },
    move: (theta, x, r, scale, first, last) => {
      const d = x.length / r.length;
      const b0 = new Float64Array(d);
      for (let j = first * (1 + d); j < last * (1 + d); j += 1 + d) {
        let b1 = 0;
        b0.fill(0);
        for (let a = 0; a < r.length; a++) {
          const h = product(theta, j + 1, x, a * d, d);
          const g = h > 0 ? r[a] : 0;
          b1 += g * h;
          add(b0, g, x, a * d);
        }
        moveRow(theta, j, scale, b1, b0);
      }
    },
  },
};
