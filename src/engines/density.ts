/** The mean-field PDE behind one interface: on the CPU in float64, on a GPU in float32. */
import type { ActivationChoice } from '../core/activations/parametric.ts';
import type { LossName } from '../core/objective/losses.ts';
import type { Samples } from '../core/model.ts';
import type { Axis } from '../core/analysis/pde.ts';

export interface DensityProblem {
  /** d = 1: one input without bias. */
  readonly samples: Samples;
  readonly activation: ActivationChoice;
  readonly loss: LossName;
  readonly w1: Axis;
  readonly w0: Axis;
  /** Masses at t = 0 [w1 cells, w0 cells], summing to 1; copied. */
  readonly mass: Float64Array;
}

export interface Density {
  readonly adapter: string;
  readonly t: number;
  /** Goes to time t ≥ the current one, in steps that its field allows. One call at a time. */
  advanceTo(t: number): Promise<void>;
  /** Mass of each cell [w1 cells, w0 cells]. */
  mass(): Promise<Float64Array>;
  /** ∫ w1 φ(w0 x) dρ [m] on the samples. */
  f(): Promise<Float64Array>;
  destroy(): void;
}

/** One that can be told of another aim while it goes. */
export interface PatientDensity extends Density {
  /** Some time steps towards t, none where it is there. */
  approach(t: number): Promise<void>;
}
