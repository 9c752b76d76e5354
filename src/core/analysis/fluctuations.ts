/**
 * The central limit theorem's covariance (docs/model.md, fact 13). Of n independent particles f_n − f is to first order the mean
 * of ψ(θ_j(0)), where ψ_t(θ) is what f_t gains by a unit of mass at θ(0). Along Euler's steps, with g^α = w1 φ(⟨w0, x^α⟩),
 * A = 1 + dt Db and every derivative at the limit,
 *     ψ_k(θ) = g(θ_k) − E g(θ_k) − (dt/m) Σ_{s<k} M(k, s) ψ_s(θ),   M(k, s)^{αβ} = E ⟨∇g^α(θ_k), A_{k−1} … A_{s+1} ∇g^β(θ_s)⟩,
 * so that n Cov f_n tends to Cov ψ. Means over N particles stand for E: they are a system of their own. Half the square as the loss,
 * smooth φ, mean field, c = 1.
 */
import type { Activation } from '../activations/activations.ts';
import { preactivation, type Samples } from '../model.ts';

export interface Fluctuating {
  readonly samples: Samples;
  readonly activation: Activation;
  readonly dt: number;
  /** [N, 1 + d] at the start, independent draws of ρ_0. */
  readonly theta: ArrayLike<number>;
}

/** lim n Cov f_n [m, m] after each of the numbers of steps, ascending. */
export function fluctuationCovariances(problem: Fluctuating, stops: readonly number[]): Float64Array[] {
  const { m } = problem.samples;
  const K = stops.at(-1)!;
  const system = new System(problem, K);
  const memory = new Float64Array(K * (K + 1) * m * m);
  for (let j = 0; j < system.N; j++) system.remember(j, memory);
  const found = stops.map(() => new Float64Array(m * m));
  const ψ = new Float64Array((K + 1) * m);
  for (let j = 0; j < system.N; j++) {
    system.respond(j, memory, ψ);
    stops.forEach((k, i) => {
      for (let a = 0; a < m; a++)
        for (let b = 0; b < m; b++) found[i][a * m + b] += (ψ[k * m + a] * ψ[k * m + b]) / (system.N - 1);
    });
  }
  return found;
}

/** Half-width of the difference quotient of φ′. */
const EPSILON = 1e-5;

/** N particles along K steps. */
class System {
  readonly N: number;
  private readonly D: number;
  /** θ [K + 1][N, D], h [K + 1][N, m], r [K + 1][m], E g [K + 1][m]. */
  private readonly thetas: Float64Array[];
  private readonly preactivations: Float64Array[] = [];
  private readonly residuals: Float64Array[] = [];
  private readonly means: Float64Array[] = [];
  private readonly pair = new Float64Array(2);
  /** Of one particle at each step: ∇g [K + 1][m, D], A [K + 1][D, D]. */
  private readonly slopes: Float64Array[];
  private readonly moves: Float64Array[];

  constructor(
    private readonly problem: Fluctuating,
    private readonly K: number,
  ) {
    const { samples, dt } = problem;
    const { m, y } = samples;
    this.D = 1 + samples.d;
    this.N = problem.theta.length / this.D;
    this.thetas = [Float64Array.from(problem.theta)];
    this.slopes = Array.from({ length: K + 1 }, () => new Float64Array(m * this.D));
    this.moves = Array.from({ length: K + 1 }, () => new Float64Array(this.D * this.D));
    const slope = new Float64Array(m * this.D);
    for (let k = 0; k <= K; k++) {
      const theta = this.thetas[k];
      this.preactivations.push(this.preactivationsOf(theta));
      const f = new Float64Array(m);
      for (let j = 0; j < this.N; j++) for (let a = 0; a < m; a++) f[a] += this.valueAt(k, j, a) / this.N;
      this.means.push(f);
      this.residuals.push(f.map((value, a) => value - y[a]));
      if (k === K) break;
      const next = theta.slice();
      for (let j = 0; j < this.N; j++) {
        this.slopeAt(k, j, slope);
        for (let a = 0; a < m; a++)
          for (let c = 0; c < this.D; c++)
            next[j * this.D + c] -= (dt / m) * this.residuals[k][a] * slope[a * this.D + c];
      }
      this.thetas.push(next);
    }
  }

  private preactivationsOf(theta: Float64Array): Float64Array {
    const { x, m, d } = this.problem.samples;
    const h = new Float64Array(this.N * m);
    for (let j = 0, at = 0; j < this.N; j++)
      for (let a = 0; a < m; a++, at++) h[at] = preactivation(theta, j * this.D + 1, x, a * d, d);
    return h;
  }

  private h(k: number, j: number, a: number): number {
    return this.preactivations[k][j * this.problem.samples.m + a];
  }

  private valueAt(k: number, j: number, a: number): number {
    return this.thetas[k][j * this.D] * this.problem.activation.phi(this.h(k, j, a));
  }

  private dphi(z: number): number {
    this.problem.activation.both(this.pair, z);
    return this.pair[1];
  }

  /** ∇g [m, D] of particle j at step k. */
  private slopeAt(k: number, j: number, out: Float64Array): void {
    const { x, m, d } = this.problem.samples;
    const theta = this.thetas[k];
    for (let a = 0; a < m; a++) {
      this.problem.activation.both(this.pair, this.h(k, j, a));
      out[a * this.D] = this.pair[0];
      const push = theta[j * this.D] * this.pair[1];
      for (let c = 0; c < d; c++) out[a * this.D + 1 + c] = push * x[a * d + c];
    }
  }

  /** A = 1 + dt Db [D, D] of particle j in step k. */
  private moveAt(k: number, j: number, out: Float64Array): void {
    const { samples, dt } = this.problem;
    const { x, m, d } = samples;
    const { D } = this;
    const theta = this.thetas[k];
    out.fill(0);
    for (let c = 0; c < D; c++) out[c * D + c] = 1;
    for (let a = 0; a < m; a++) {
      const z = this.h(k, j, a);
      const push = (-dt / m) * this.residuals[k][a];
      const mixed = push * this.dphi(z);
      const bent = (push * theta[j * D] * (this.dphi(z + EPSILON) - this.dphi(z - EPSILON))) / (2 * EPSILON);
      for (let c = 0; c < d; c++) {
        out[1 + c] += mixed * x[a * d + c];
        out[(1 + c) * D] += mixed * x[a * d + c];
        for (let e = 0; e < d; e++) out[(1 + c) * D + 1 + e] += bent * x[a * d + c] * x[a * d + e];
      }
    }
  }

  /** Adds what particle j gives to M [K + 1, K, m, m]. */
  remember(j: number, memory: Float64Array): void {
    const { K, D, slopes, moves } = this;
    const { m } = this.problem.samples;
    for (let k = 0; k <= K; k++) {
      this.slopeAt(k, j, slopes[k]);
      this.moveAt(k, j, moves[k]);
    }
    const moved = new Float64Array(m * D);
    for (let s = 0; s < K; s++) {
      let V = slopes[s].slice();
      for (let k = s + 1; k <= K; k++) {
        const at = (k * K + s) * m * m;
        for (let a = 0; a < m; a++)
          for (let b = 0; b < m; b++) {
            let sum = 0;
            for (let c = 0; c < D; c++) sum += slopes[k][a * D + c] * V[b * D + c];
            memory[at + a * m + b] += sum / this.N;
          }
        for (let b = 0; b < m; b++)
          for (let c = 0; c < D; c++) {
            let sum = 0;
            for (let e = 0; e < D; e++) sum += moves[k][c * D + e] * V[b * D + e];
            moved[b * D + c] = sum;
          }
        V = moved.slice();
      }
    }
  }

  /** ψ [K + 1, m] of particle j. */
  respond(j: number, memory: Float64Array, ψ: Float64Array): void {
    const { K } = this;
    const { m } = this.problem.samples;
    const rate = this.problem.dt / m;
    for (let k = 0; k <= K; k++)
      for (let a = 0; a < m; a++) {
        let value = this.valueAt(k, j, a) - this.means[k][a];
        for (let s = 0; s < k; s++)
          for (let b = 0; b < m; b++) value -= rate * memory[(k * K + s) * m * m + a * m + b] * ψ[s * m + b];
        ψ[k * m + a] = value;
      }
  }
}
