import type { Samples } from '../../../core/model.ts';

/** How a block of particles, BLOCK of them or fewer, meets the samples that were laid down last. */
export interface BlockKernels {
  readonly samples: Samples;
  /** Adds Σ_j w1_j Φ_j of particles first … last − 1 of θ [n, c + d] to sum [m, c]; NaN if one is not finite. */
  outputs(sum: Float64Array, theta: Float64Array, first: number, last: number): void;
  /** Their drifts at residuals r [m, c] into b [last − first, c + d]. */
  drifts(b: Float64Array, theta: Float64Array, first: number, last: number, r: Float64Array): void;
}
