/** Vector kernels for rows without weights: they are told rows whose w1 is 1, and what they say of it is left out. */
import type { Samples } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import { PairSums, type Sums } from '../../../core/sums.ts';

/** Samples as kernels see them, with a weight for each output. */
export const withWeights = <S extends Samples>(samples: S): S & { readonly weights: number } => ({
  ...samples,
  weights: shapeOf(samples).c,
});

export class WeightlessSums extends PairSums {
  /** Rows with weights by those without; the same array each time, so that kernels know it again. */
  private readonly wide = new WeakMap<Float64Array, Float64Array>();
  private b = new Float64Array(0);

  /** `sums` are over samples `withWeights`. */
  constructor(
    samples: Samples,
    private readonly sums: Sums,
  ) {
    super(samples);
  }

  override enter(field: Float64Array): void {
    this.sums.enter(field);
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { d } = this.samples;
    const size = (last - first) * (1 + d);
    if (this.b.length < size) this.b = new Float64Array(size);
    this.sums.drifts(this.b, this.widened(theta, first, last), first, last);
    for (let j = 0; j < last - first; j++)
      for (let k = 0; k < d; k++) b[j * d + k] = this.b[j * (1 + d) + 1 + k];
  }

  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    return this.sums.deposit(sum, this.widened(theta, first, last), first, last);
  }

  /** θ with rows first … last − 1 as they are now. */
  private widened(theta: Float64Array, first: number, last: number): Float64Array {
    const { d } = this.samples;
    const wide = this.wide.get(theta) ?? new Float64Array((theta.length / d) * (1 + d)).fill(1);
    this.wide.set(theta, wide);
    for (let j = first; j < last; j++) for (let k = 0; k < d; k++) wide[j * (1 + d) + 1 + k] = theta[j * d + k];
    return wide;
  }
}
