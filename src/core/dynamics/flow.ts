/**
 * A block of particles that moves by the McKean–Vlasov ODE, or with noise and decay, one Runge–Kutta stage at a
 * time. It sees the rest of the measure through r alone (docs/model.md, fact 6), so blocks can live in different
 * workers: r goes in, a partial output sum comes out.
 */
import type { Feature } from '../features/features.ts';
import type { Tableau } from './integrators.ts';
import { apply, eachRow, norms, type Move } from './moves.ts';
import type { Samples } from '../model.ts';
import { rowsOf, shapeOf, type Shape } from '../shape.ts';
import { BLOCK, DirectSums, type Sums } from '../sums.ts';
import {
  actionsOf,
  ratesOf,
  type Carry,
  type Pull,
  type Rows,
  type Settle,
  type Stride,
  type Terms,
} from './terms.ts';

export { BLOCK } from '../sums.ts';

export interface FlowOptions {
  readonly samples: Samples;
  readonly feature: Feature;
  readonly tableau: Tableau;
  /** n^(κ − a) of the whole system. */
  readonly speed: number;
  /** Default: none. */
  readonly terms?: Terms;
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
  /** What terms carry from step to step [n, c + d]; empty where they carry nothing. */
  readonly velocity: Float64Array;
  private readonly shape: Shape;
  private readonly rates: readonly [number, number];
  private readonly pulls: readonly Pull[];
  private readonly carries: readonly Carry[];
  private readonly settles: readonly Settle[];
  private readonly stage: Float64Array;
  private readonly sum: Float64Array;
  private readonly b: Float64Array;
  /** Where the particles are: θ, or between two stages the next stage's start. */
  private at: Float64Array;

  /** `theta` [n, c + d] is taken over and moved in place. */
  constructor(
    readonly theta: Float64Array,
    private readonly options: FlowOptions,
    public sums: Sums = new DirectSums(options.samples, options.feature),
  ) {
    const { samples, feature, tableau, terms } = options;
    const single = tableau.weights.length === 1;
    const { pulls, carries, settles } = actionsOf(terms);
    const restore = feature.map.settle;
    this.shape = shapeOf(samples);
    this.rates = ratesOf(terms);
    this.pulls = pulls;
    this.carries = carries;
    this.velocity = new Float64Array(carries.length > 0 ? theta.length : 0);
    // the last word is the feature map's: where particles may be at all
    this.settles = restore ? [...settles, eachRow(restore)] : settles;
    this.n = rowsOf(theta, this.shape);
    this.stage = single ? theta : new Float64Array(theta.length);
    this.sum = single ? theta : new Float64Array(theta.length);
    this.speeds = new Float32Array(this.n);
    this.b = new Float64Array(Math.min(BLOCK, this.n) * this.shape.width);
    this.at = theta;
  }

  /** Puts the particles elsewhere, at rest if no velocity is given. */
  place(theta: Float64Array, velocity: Float64Array | null = null): void {
    this.theta.set(theta);
    if (velocity) this.velocity.set(velocity);
    else this.velocity.fill(0);
    this.at = this.theta;
  }

  /** Where the particles are, [n, c + d]. */
  get position(): Float64Array {
    return this.at;
  }

  /**
   * What the particles deposit where they are; with direct sums Σ_j w1_j Φ_j [m, c], NaN if θ is not finite.
   * Empty if one is outside.
   */
  outputs(sums: Sums = this.sums): Float64Array {
    const total = new Float64Array(sums.size);
    const covered = sums.deposit(total, this.at, 0, this.n);
    sums.complete?.(total);
    return covered ? total : outside();
  }

  /**
   * Runs stage i of the step that ends at `step` with a field (of direct sums: the residuals r [m, c]) and step
   * size dt, its temperature times `heat`; returns the deposits where the next stage starts from.
   */
  advance(i: number, field: Float64Array, dt: number, step: number, heat = 1): Float64Array {
    const { sums } = this;
    const total = new Float64Array(sums.size);
    let covered = true;
    this.move(i, field, dt, step, heat, (first, last) => {
      covered &&= sums.deposit(total, this.at, first, last);
    });
    sums.complete?.(total);
    return covered ? total : outside();
  }

  /** The same without deposits, where the next stage has other samples; `then` is told which particles have moved. */
  move(
    i: number,
    field: Float64Array,
    dt: number,
    step: number,
    heat: number,
    then?: (first: number, last: number) => void,
  ): void {
    const { tableau } = this.options;
    const { sums, n } = this;
    const ends = i === tableau.weights.length - 1;
    const from = i === 0 ? this.theta : this.stage;
    const moves = this.movesOf(i, dt);
    const stride = { time: dt * this.options.speed, rates: this.rates, step, heat };
    sums.enter(field);
    this.at = ends ? this.theta : this.stage;
    for (let first = 0; first < n; first += BLOCK) {
      // a whole number for V8, too, which n need not be
      const last = Math.min(first + BLOCK, n) | 0;
      sums.drifts(this.b, from, first, last);
      for (const pull of this.pulls) pull(this.b, this.rows(from, first, last));
      if (i === 0) norms(this.speeds, this.b, first, last, this.shape);
      for (const carry of this.carries) carry(this.b, this.velocity, this.rows(from, first, last));
      for (const move of moves) apply(move, this.b, first, last, this.shape);
      if (ends) this.settle(first, last, stride);
      then?.(first, last);
    }
  }

  /** What the drifts of stage i are added to. */
  private movesOf(i: number, dt: number): Move[] {
    const { tableau } = this.options;
    const { theta, stage, sum } = this;
    const ends = i === tableau.weights.length - 1;
    const begun = i === 0 ? theta : sum;
    const whole: Move = {
      to: ends ? theta : sum,
      start: begun,
      factors: this.factors(dt, tableau.weights[i]),
    };
    if (ends) return [whole];
    return [{ to: stage, start: theta, factors: this.factors(dt, tableau.advance[i]) }, whole];
  }

  /** What drifts of w1 and w0 are multiplied by, for a share of a step. */
  private factors(dt: number, share: number): [number, number] {
    const { speed } = this.options;
    const [outer, inner] = this.rates;
    return [dt * speed * outer * share, dt * speed * inner * share];
  }

  /** What terms do to particles first … last − 1 where a step has ended. */
  private settle(first: number, last: number, stride: Stride): void {
    for (const settle of this.settles) settle(this.rows(this.theta, first, last), stride);
  }

  private rows(theta: Float64Array, first: number, last: number): Rows {
    return { theta, first, last, offset: this.options.first ?? 0, shape: this.shape };
  }
}
