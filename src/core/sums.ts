/**
 * How particles meet samples. A particle needs of the samples only g(w0) = (1/m) Σ_β r^β Φ(w0, x^β) and its
 * gradient, and a sample needs of the particles only Σ_j w1_j Φ(w0_j, x^α), so a step is: r → field → drifts,
 * then deposits → outputs. Deposits of different particles add up, and the two halves are transposes of each
 * other: that is what makes dL/dt = −∫|b|² dρ.
 */
import type { Feature } from './features/features.ts';
import type { CellErrors } from './mesh/cell-errors.ts';
import { addOutputs, drift, type Samples } from './model.ts';
import { shapeOf } from './shape.ts';

export interface Sums {
  /** Length of the arrays that `deposit` adds to. */
  readonly size: number;
  /**
   * Parts of a field, and of the way from deposits to outputs, that are independent of each other: threads can
   * share them.
   */
  readonly bands: number;
  /**
   * A part of all that particles are told about residuals r [m, c]: the field is the parts, one after the other.
   */
  field(r: Float64Array, band: number): Float64Array;
  /**
   * Takes in a field, for the calls of `drifts` that follow. The same array is the same field: nothing is written
   * to it after.
   */
  enter(field: Float64Array): void;
  /**
   * b(θ_j, ρ) of particles first … last − 1 into b [last − first, c + d]; each has been deposited where it is.
   */
  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void;
  /**
   * Adds the share of particles first … last − 1 to sum [size]. False, and sum is void: a particle lies outside
   * what these sums cover.
   */
  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean;
  /**
   * Of sums that hold deposits back: adds them to sum, after the last particle that belongs to it, or the first one
   * outside.
   */
  complete?(sum: Float64Array): void;
  /** Of sums on a grid: a band of a field that is nearer to the truth than `field`'s; absent: nothing is. */
  readonly closer?: ((r: Float64Array, band: number) => Float64Array) | undefined;
  /** Of sums on a grid: how far drifts by a field are from the truth, of which a closer field tells. */
  errorsOf?(field: Float64Array, closer: Float64Array): CellErrors;
  /** The deposits of all particles as `outputs` wants them. */
  collect(sum: Float64Array): Float64Array;
  /** A band's part of Σ_j w1_j Φ_j [m, c]: the outputs are the sum of the parts. */
  outputs(collected: Float64Array, band: number): Float64Array;
}

/** Arrays one after the other. */
export function joined<A extends Float64Array | Float32Array>(
  parts: readonly A[],
  ArrayType: new (length: number) => A,
): A {
  if (parts.length === 1) return parts[0];
  const whole = new ArrayType(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The sum of arrays of one length, in their order. */
export function added(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0];
  const sum = new Float64Array(parts[0].length);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i] += part[i];
  return sum;
}

/** Particles whose output sums are added up before they meet the rest. */
export const BLOCK = 256;

/** Over all pairs, whoever adds them up: the field is r, the deposits are the outputs. */
export abstract class PairSums implements Sums {
  readonly size: number;
  readonly bands = 1;
  protected r: Float64Array = new Float64Array(0);

  constructor(protected readonly samples: Samples) {
    this.size = samples.m * shapeOf(samples).c;
  }

  abstract drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void;
  abstract deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean;

  field(r: Float64Array): Float64Array {
    return r;
  }

  enter(field: Float64Array): void {
    this.r = field;
  }

  collect(sum: Float64Array): Float64Array {
    return sum;
  }

  outputs(collected: Float64Array): Float64Array {
    return collected;
  }
}

/** The definition itself. */
export class DirectSums extends PairSums {
  private readonly block: Float64Array;

  constructor(
    samples: Samples,
    private readonly feature: Feature,
  ) {
    super(samples);
    this.block = new Float64Array(this.size);
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { width } = shapeOf(this.samples);
    for (let j = first; j < last; j++)
      drift(b, theta, j * width, this.samples, this.r, this.feature, (j - first) * width);
  }

  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    const { block, samples, feature } = this;
    const { width } = shapeOf(samples);
    for (let start = first; start < last; start += BLOCK) {
      block.fill(0);
      const end = Math.min(start + BLOCK, last);
      addOutputs(block, theta, start, end, samples.x, samples, feature);
      const guard = zeroIfFinite(theta, start * width, end * width);
      for (let a = 0; a < block.length; a++) sum[a] += block[a] + guard;
    }
    return true;
  }
}

/** 0, or NaN if an entry is not finite: φ may saturate and hide it from the outputs. */
export function zeroIfFinite(theta: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += 0 * theta[i];
  return sum;
}
