/**
 * A block of particles that moves by the McKean–Vlasov ODE, one Runge–Kutta stage at a time. It sees the rest of the
 * measure through r alone (model.md, fact 6), so blocks can live in different workers: r goes in, a partial output sum comes out.
 */
import type { Activation } from './activations.ts';
import type { Tableau } from './integrators.ts';
import { addOutputs, drift, type Samples } from './model.ts';

export interface FlowOptions {
  readonly samples: Samples;
  readonly activation: Activation;
  readonly tableau: Tableau;
  /** n^(κ − a) of the whole system. */
  readonly speed: number;
}

/** Particles whose output sums are added up before they meet the rest: fixed, so that no grouping changes the bits. */
export const BLOCK = 256;

export class Flow {
  /** |b(θ_j)| [n] of the last step's first stage, for colouring. */
  readonly speeds: Float32Array;
  private readonly stage: Float64Array;
  private readonly sum: Float64Array;
  private readonly b: Float64Array;
  private readonly block: Float64Array;

  /** `theta` [n, 1 + d] is taken over and moved in place. */
  constructor(readonly theta: Float64Array, private readonly options: FlowOptions) {
    const { m, d } = options.samples;
    const single = options.tableau.weights.length === 1;
    this.stage = single ? theta : new Float64Array(theta.length);
    this.sum = single ? theta : new Float64Array(theta.length);
    this.speeds = new Float32Array(theta.length / (1 + d));
    this.b = new Float64Array(1 + d);
    this.block = new Float64Array(m);
  }

  /** Σ_j w1_j φ(h_j) [m] over this block's θ, at arbitrary inputs (default: the samples); NaN if θ is not finite. */
  outputs(x: Float64Array = this.options.samples.x, theta: Float64Array = this.theta): Float64Array {
    const { d } = this.options.samples, n = theta.length / (1 + d), m = x.length / d;
    const total = new Float64Array(m), block = m === this.block.length ? this.block : new Float64Array(m);
    for (let first = 0; first < n; first += BLOCK) {
      block.fill(0);
      const last = Math.min(first + BLOCK, n);
      addOutputs(block, theta, first, last, x, d, this.options.activation);
      const guard = zeroIfFinite(theta, first * (1 + d), last * (1 + d));
      for (let a = 0; a < m; a++) total[a] += block[a] + guard;
    }
    return total;
  }

  /** Runs stage i with residuals r [m] and step dt; returns the output sums of the state that the next stage starts from. */
  advance(i: number, r: Float64Array, dt: number): Float64Array {
    const { tableau } = this.options, last = i === tableau.weights.length - 1;
    const from = i === 0 ? this.theta : this.stage;
    this.move(from, i, r, dt, last);
    if (last && this.sum !== this.theta) this.theta.set(this.sum);
    return this.outputs(undefined, last ? this.theta : this.stage);
  }

  private move(from: Float64Array, i: number, r: Float64Array, dt: number, last: boolean): void {
    const { samples, activation, tableau, speed } = this.options, { theta, stage, sum, b } = this, width = 1 + samples.d;
    const weight = dt * speed * tableau.weights[i], ahead = last ? 0 : dt * speed * tableau.advance[i];
    for (let row = 0; row < theta.length; row += width) {
      drift(b, from, row, samples, r, activation);
      if (i === 0) this.speeds[row / width] = norm(b);
      for (let c = 0; c < width; c++) {
        const start = theta[row + c];
        sum[row + c] = (i === 0 ? start : sum[row + c]) + weight * b[c];
        if (!last) stage[row + c] = start + ahead * b[c];
      }
    }
  }
}

/** 0, or NaN if an entry is not finite: φ may saturate and hide it from the outputs. */
function zeroIfFinite(theta: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += 0 * theta[i];
  return sum;
}

function norm(b: Float64Array): number {
  let square = 0;
  for (let c = 0; c < b.length; c++) square += b[c] * b[c];
  return Math.sqrt(square);
}
