/** The mean-field PDE in float64, on this thread or in a worker. */
import { formOf } from '../../core/activations/parametric.ts';
import { MeanFieldPde } from '../../core/analysis/pde.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import type { DensityProblem, PatientDensity } from '../density.ts';
import { local, type Hosted } from '../workers/calls.ts';
import { remote, type Port } from '../workers/remote.ts';

/** Time steps between two looks whether there is another aim. */
const STRETCH = 16;

/** What a thread hosts: some steps at a time, so that it can be told of another aim. */
export class HostedDensity {
  private readonly pde: MeanFieldPde;

  constructor({ mass, activation, loss, ...rest }: DensityProblem) {
    this.pde = new MeanFieldPde(mass.slice(), {
      ...rest,
      activation: formOf(activation),
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

/** Whichever thread hosts it. */
class CpuDensity implements PatientDensity {
  t = 0;

  constructor(
    readonly adapter: string,
    private readonly host: Hosted<HostedDensity>,
  ) {}

  async advanceTo(t: number): Promise<void> {
    while (this.t < t) await this.approach(t);
  }
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

export const createCpuDensity = (problem: DensityProblem): PatientDensity =>
  new CpuDensity('CPU, 1 thread', local(new HostedDensity(problem), ['advance']));

/** In a worker: the page's own thread stays free. */
export const openWorkerDensity = (spawn: () => Port, problem: DensityProblem): PatientDensity =>
  new CpuDensity('CPU, 1 worker', remote(spawn(), 'density', problem));
