/**
 * The yardstick and the reference: Euler's method as two plain double loops in float64, one thread, Math.tanh
 * or max. Written out for each φ, so that no call stands between the loop and its arithmetic. These are for
 * d = 2; plain-wide.ts has those for other d.
 */
import type { Problem } from '../../src/engines/engine.ts';
import type { Timed } from './cases.ts';
import { WIDE_LOOPS } from './plain-wide.ts';

export interface Loops {
  /** Adds Σ_j w1_j φ(h_j^α) of all particles to f [m]. */
  readonly outputs: (f: Float64Array, theta: Float64Array, x: Float64Array) => void;
  /** Moves particles first … last − 1 by scale · Σ_β r^β (φ, w1 φ' x^β). */
  readonly move: (
    theta: Float64Array,
    x: Float64Array,
    r: Float64Array,
    scale: number,
    first: number,
    last: number,
  ) => void;
}

const LOOPS: Record<Timed, Loops> = {
  tanh: {
    outputs: (f, theta, x) => {
      for (let j = 0; j < theta.length; j += 3) {
        const w1 = theta[j];
        const u = theta[j + 1];
        const v = theta[j + 2];
        for (let a = 0; a < f.length; a++) f[a] += w1 * Math.tanh(u * x[2 * a] + v * x[2 * a + 1]);
      }
    },
    move: (theta, x, r, scale, first, last) => {
      for (let j = 3 * first; j < 3 * last; j += 3) {
        const w1 = theta[j];
        const u = theta[j + 1];
        const v = theta[j + 2];
        let b1 = 0;
        let bu = 0;
        let bv = 0;
        for (let a = 0; a < r.length; a++) {
          const phi = Math.tanh(u * x[2 * a] + v * x[2 * a + 1]);
          const g = r[a] * (1 - phi * phi);
          b1 += r[a] * phi;
          bu += g * x[2 * a];
          bv += g * x[2 * a + 1];
        }
        theta[j] += scale * b1;
        theta[j + 1] += scale * w1 * bu;
        theta[j + 2] += scale * w1 * bv;
      }
    },
  },
  relu: {
    outputs: (f, theta, x) => {
      for (let j = 0; j < theta.length; j += 3) {
        const w1 = theta[j];
        const u = theta[j + 1];
        const v = theta[j + 2];
        for (let a = 0; a < f.length; a++) f[a] += w1 * Math.max(u * x[2 * a] + v * x[2 * a + 1], 0);
      }
    },
    move: (theta, x, r, scale, first, last) => {
      for (let j = 3 * first; j < 3 * last; j += 3) {
        const w1 = theta[j];
        const u = theta[j + 1];
        const v = theta[j + 2];
        let b1 = 0;
        let bu = 0;
        let bv = 0;
        for (let a = 0; a < r.length; a++) {
          const h = u * x[2 * a] + v * x[2 * a + 1];
          const g = h > 0 ? r[a] : 0;
          b1 += g * h;
          bu += g * x[2 * a];
          bv += g * x[2 * a + 1];
        }
        theta[j] += scale * b1;
        theta[j + 1] += scale * w1 * bu;
        theta[j + 2] += scale * w1 * bv;
      }
    },
  },
};

export class Plain {
  readonly theta: Float64Array;
  private readonly loops: Loops;

  constructor(readonly problem: Problem) {
    this.loops = (problem.d === 2 ? LOOPS : WIDE_LOOPS)[problem.activation as Timed];
    this.theta = Float64Array.from(problem.theta);
  }

  /** r [m] at the current θ. */
  residual(): Float64Array {
    const { m, n, x, y } = this.problem;
    const f = new Float64Array(m);
    this.loops.outputs(f, this.theta, x);
    return f.map((sum, a) => sum / n - y[a]);
  }

  /** Moves particles first … last − 1 by one step under r. */
  move(r: Float64Array, first = 0, last = this.problem.n): void {
    const { dt, m, x } = this.problem;
    this.loops.move(this.theta, x, r, -dt / m, first, last);
  }
}
