/** The mean-field PDE behind one interface: on the CPU in float64, on a GPU in float32. */
import { ACTIVATIONS, type ActivationName } from '../core/activations.ts';
import { LOSSES, type LossName } from '../core/losses.ts';
import type { Samples } from '../core/model.ts';
import { MeanFieldPde, type Axis } from '../core/analysis/pde.ts';
import { Remote, type Port } from './workers/remote.ts';

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

const pdeOf = ({ mass, activation, loss, ...rest }: DensityProblem): MeanFieldPde =>
  new MeanFieldPde(mass.slice(), { ...rest, activation: ACTIVATIONS[activation], loss: LOSSES[loss] });

/** Time steps between two turns of the event loop, or two looks of a worker. */
const TURN = 16;

export function createCpuDensity(problem: DensityProblem): Density {
  const pde = pdeOf(problem);
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

/** What a worker hosts: some steps at a time, so that it can be told of another aim. */
export class HostedDensity {
  private readonly pde: MeanFieldPde;

  constructor(problem: DensityProblem) {
    this.pde = pdeOf(problem);
  }
  /** Goes towards t; where it has come to. */
  advance(t: number): number {
    this.pde.advanceTo(t, TURN);
    return this.pde.t;
  }
  mass(): Float64Array[] {
    return [this.pde.mass.slice()];
  }
  f(): Float64Array[] {
    return [this.pde.f.slice()];
  }
}

/** The same in a worker: the page's own thread stays free. */
export class WorkerDensity implements Density {
  readonly adapter = 'CPU, 1 worker';
  t = 0;
  private readonly remote: Remote;

  constructor(spawn: () => Port, problem: DensityProblem) {
    this.remote = new Remote(spawn(), 'density', problem);
  }
  async advanceTo(t: number): Promise<void> {
    while (this.t < t) this.t = await this.remote.call<number>('advance', t);
  }
  /** One turn towards t. */
  async approach(t: number): Promise<void> {
    if (this.t < t) this.t = await this.remote.call<number>('advance', t);
  }
  async mass(): Promise<Float64Array> {
    return (await this.remote.call<Float64Array[]>('mass'))[0];
  }
  async f(): Promise<Float64Array> {
    return (await this.remote.call<Float64Array[]>('f'))[0];
  }
  destroy(): void {
    this.remote.destroy();
  }
}
