/** The tangent kernel at some of the training inputs, behind one interface. */
import type { FeatureChoice } from '../core/features.ts';

export interface KernelSetup extends FeatureChoice {
  /** Inputs [p, d] as in `Problem`. */
  readonly x: Float64Array;
  readonly d: number;
  readonly outer: number;
}

export interface KernelState {
  /** K [p, p]. */
  readonly K: Float64Array;
  /** Its eigenvalues [p], the largest first. */
  readonly spectrum: Float64Array;
  /** ‖K − K_0‖ / ‖K_0‖ in Frobenius norms. */
  readonly drift: number;
}

export interface Kernel {
  /** Of the same neurons, θ [n, 1 + d], now and at the start. */
  measure(theta: Float32Array, start: Float32Array): Promise<KernelState>;
  destroy(): void;
}
