/**
 * A block of particles that moves by the McKean–Vlasov ODE, or with noise and decay, one Runge–Kutta stage at a
 * time. It sees the rest of the measure through r alone (model.md, fact 6), so blocks can live in different
 * workers: r goes in, a partial output sum comes out.
 */
import type { Activation } from './activations.ts';
import type { Tableau } from './integrators.ts';
import { displace, type Langevin } from './langevin.ts';
import { drift, type Samples } from './model.ts';
import { BLOCK, DirectSums, type Sums } from './sums.ts';

export { BLOCK } from './sums.ts';

export interface FlowOptions {
  readonly samples: Samples;
  readonly activation: Activation;
  readonly tableau: Tableau;
  /** n^(κ − a) of the whole system. */
  readonly speed: number;
  /** Default: none of it. */
  readonly langevin?: Langevin;
  /** Number of the first particle in the whole system, which its noise depends on. Default 0. */
  readonly first?: number;
}

/** Stands for deposits of particles of which one lies outside what the sums cover: an empty array. */
const outside = (): Float64Array => new Float64Array(0);
export const isOutside = (deposits: Float64Array): boolean => deposits.length === 0;

export class Flow {
  /** |b(θ_j)| [n] of the last step's first stage, for colouring. */
  readonly speeds: Float32Array;
  readonly n: number;
  private readonly stage: Float64Array;
  private readonly sum: Float64Array;
  private readonly b: Float64Array;
  /** Where the particles are: θ, or between two stages the next stage's start. */
  private at: Float64Array;

  /** `theta` [n, 1 + d] is taken over and moved in place. */
  constructor(
    readonly theta: Float64Array,
    private readonly options: FlowOptions,
    public sums: Sums = new DirectSums(options.samples, options.activation),
  ) {
    const width = 1 + options.samples.d;
    const single = options.tableau.weights.length === 1;
    this.n = theta.length / width;
    this.stage = single ? theta : new Float64Array(theta.length);
    this.sum = single ? theta : new Float64Array(theta.length);
    this.speeds = new Float32Array(this.n);
    this.b = new Float64Array(Math.min(BLOCK, this.n) * width);
    this.at = theta;
  }

  /** Puts the particles elsewhere. */
  place(theta: Float64Array): void {
    this.theta.set(theta);
    this.at = this.theta;
  }

  /** Where the particles are, [n, 1 + d]. */
  get position(): Float64Array {
    return this.at;
  }

  /**
   * What the particles deposit where they are; with direct sums Σ_j w1_j φ(h_j) [m], NaN if θ is not finite.
   * Empty if one is outside.
   */
  outputs(sums: Sums = this.sums): Float64Array {
    const total = new Float64Array(sums.size);
    return sums.deposit(total, this.at, 0, this.n) ? total : outside();
  }

  /**
   * Runs stage i of the step that ends at `step` with a field (of direct sums: the residuals r [m]) and step
   * size dt; returns the deposits where the next stage starts from.
   */
  advance(i: number, field: Float64Array, dt: number, step: number): Float64Array {
    const { tableau } = this.options;
    const { sums, n } = this;
    const ends = i === tableau.weights.length - 1;
    const from = i === 0 ? this.theta : this.stage;
    const total = new Float64Array(sums.size);
    let covered = true;
    sums.enter(field);
    this.at = ends ? this.theta : this.stage;
    for (let first = 0; first < n; first += BLOCK) {
      const last = Math.min(first + BLOCK, n);
      sums.drifts(this.b, from, first, last);
      this.move(i, from, first, last, dt, ends);
      if (ends) this.shake(first, last, dt, step);
      covered &&= sums.deposit(total, this.at, first, last);
    }
    return covered ? total : outside();
  }

  /** Particles first … last − 1 by their drifts b at `from`, weight decay included. */
  private move(i: number, from: Float64Array, first: number, last: number, dt: number, ends: boolean): void {
    const { samples, tableau, speed, langevin } = this.options;
    const { theta, stage, sum, b } = this;
    const width = 1 + samples.d;
    const decay = langevin?.decay ?? 0;
    const rates = langevin?.rates ?? [1, 1];
    if (decay !== 0) for (let k = first * width, c = 0; k < last * width; k++, c++) b[c] -= decay * from[k];
    if (i === 0) for (let j = first; j < last; j++) this.speeds[j] = norm(b, (j - first) * width, width);
    const units = rates.map((rate) => dt * speed * rate);
    const weights = units.map((unit) => unit * tableau.weights[i]);
    const ahead = units.map((unit) => (ends ? 0 : unit * tableau.advance[i]));
    for (let j = first, k = first * width, c = 0; j < last; j++) {
      for (let layer = 0, end = k + width; k < end; k++, c++, layer = 1) {
        const start = theta[k];
        sum[k] = (i === 0 ? start : sum[k]) + weights[layer] * b[c];
        if (!ends) stage[k] = start + ahead[layer] * b[c];
        else if (sum !== theta) theta[k] = sum[k];
      }
    }
  }

  /** Brownian increments of particles first … last − 1. */
  private shake(first: number, last: number, dt: number, step: number): void {
    const {
      samples: { d },
      speed,
      langevin,
      first: offset = 0,
    } = this.options;
    if (langevin && langevin.temperature > 0)
      displace(this.theta, first, last, d, offset, langevin, dt * speed, step);
  }

  /**
   * How far the drifts of `count` particles are from the definition, at residuals r [m]: [greatest |Δb| of each
   * of the 1 + d components, Σ b², number of entries]. Particles are evenly spaced, `phase` ∈ [0, 1) says where
   * between.
   */
  driftErrors(field: Float64Array, r: Float64Array, count: number, phase: number): Float64Array {
    const { samples, activation } = this.options;
    const { sums, theta, n } = this;
    const width = 1 + samples.d;
    const errors = new Float64Array(width + 2);
    const b = new Float64Array(width);
    const exact = new Float64Array(width);
    sums.enter(field);
    for (let k = 0; k < count; k++) {
      const j = Math.floor(((k + phase) * n) / count);
      sums.drifts(b, theta, j, j + 1);
      drift(exact, theta, j * width, samples, r, activation);
      for (let c = 0; c < width; c++) {
        errors[c] = Math.max(errors[c], Math.abs(b[c] - exact[c]));
        errors[width] += exact[c] * exact[c];
      }
    }
    errors[width + 1] = count * width;
    return errors;
  }
}

function norm(b: Float64Array, from: number, count: number): number {
  let square = 0;
  for (let c = from; c < from + count; c++) square += b[c] * b[c];
  return Math.sqrt(square);
}
