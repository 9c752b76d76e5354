/** The mean-field PDE behind one interface: on the CPU in float64, on a GPU in float32. */
import { ACTIVATIONS, type ActivationName } from '../core/activations.ts';
import { LOSSES, type LossName } from '../core/losses.ts';
import type { Samples } from '../core/model.ts';
import { MeanFieldPde, type Axis } from '../core/pde.ts';

export interface DensityProblem {
  /** d = 1: one input without bias. */
  readonly samples: Samples;
  readonly activation: ActivationName;
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

/** Time steps between two turns of the event loop. */
const TURN = 16;

export function createCpuDensity({ mass, activation, loss, ...rest }: DensityProblem): Density {
  const pde = new MeanFieldPde(mass.slice(), { ...rest, activation: ACTIVATIONS[activation], loss: LOSSES[loss] });
  return {
    adapter: 'CPU, 1 thread',
    get t() {
      return pde.t;
    },
    async advanceTo(t) {
      while (pde.t < t) {
        pde.advanceTo(t, TURN);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
    mass: async () => pde.mass.slice(),
    f: async () => pde.f.slice(),
    destroy: () => undefined,
  };
}
