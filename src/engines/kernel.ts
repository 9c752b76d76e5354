/** The tangent kernel at some of the training inputs, behind one interface. */
import type { FeatureChoice } from '../core/features/features.ts';

export interface KernelSetup extends FeatureChoice {
  /** Inputs [p, d] as in `Problem`, and c outputs, default 1. */
  readonly x: Float64Array;
  readonly d: number;
  readonly c?: number;
  readonly outer: number;
}

export interface KernelState {
  /** K [p c, p c]: row α c + k is f_k^α. */
  readonly K: Float64Array;
  /** Its eigenvalues [p c], the largest first. */
  readonly spectrum: Float64Array;
  /** ‖K − K_0‖ / ‖K_0‖ in Frobenius norms. */
  readonly drift: number;
}

export interface Kernel {
  /** Of the same neurons, θ [n, c + d], now and at the start. */
  measure(theta: Float32Array, start: Float32Array): Promise<KernelState>;
  destroy(): void;
}
