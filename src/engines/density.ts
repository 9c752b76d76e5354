/** The mean-field PDE behind one interface: on the CPU in float64, on a GPU in float32. */
import { ACTIVATIONS, type ActivationName } from '../core/activations.ts';
import { LOSSES, type LossName } from '../core/losses.ts';
import type { Samples } from '../core/model.ts';
import { MeanFieldPde, type Axis } from '../core/analysis/pde.ts';
import { local, type Hosted } from './workers/calls.ts';
import { remote, type Port } from './workers/remote.ts';

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

/** Time steps between two looks whether there is another aim. */
const STRETCH = 16;

/** What a thread hosts: some steps at a time, so that it can be told of another aim. */
export class HostedDensity {
  private readonly pde: MeanFieldPde;

  constructor({ mass, activation, loss, ...rest }: DensityProblem) {
    this.pde = new MeanFieldPde(mass.slice(), {
      ...rest,
      activation: ACTIVATIONS[activation],
      loss: LOSSES[loss],
    });
  }
  /** Goes towards t; where it has come to. */
  advance(t: number): number {
    this.pde.advanceTo(t, STRETCH);
    return this.pde.t;
  }
  mass(): Float64Array {
    return this.pde.mass.slice();
  }
  f(): Float64Array {
    return this.pde.f.slice();
  }
}

/** The density in float64, whichever thread hosts it. */
export class CpuDensity implements Density {
  t = 0;

  constructor(
    readonly adapter: string,
    private readonly host: Hosted<HostedDensity>,
  ) {}

  async advanceTo(t: number): Promise<void> {
    while (this.t < t) await this.approach(t);
  }
  /** Some steps towards t. */
  async approach(t: number): Promise<void> {
    if (this.t < t) this.t = await this.host.advance(t);
  }
  mass(): Promise<Float64Array> {
    return this.host.mass();
  }
  f(): Promise<Float64Array> {
    return this.host.f();
  }
  destroy(): void {
    this.host.destroy();
  }
}

export const createCpuDensity = (problem: DensityProblem): CpuDensity =>
  new CpuDensity('CPU, 1 thread', local(new HostedDensity(problem), ['advance']));

/** In a worker: the page's own thread stays free. */
export const openWorkerDensity = (spawn: () => Port, problem: DensityProblem): CpuDensity =>
  new CpuDensity('CPU, 1 worker', remote(spawn(), 'density', problem));
