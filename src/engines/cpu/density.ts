/** The mean-field PDE in float64, on this thread or in a worker. */
import { ACTIVATIONS } from '../../core/activations.ts';
import { MeanFieldPde } from '../../core/analysis/pde.ts';
import { LOSSES } from '../../core/losses.ts';
import type { Density, DensityProblem, PatientDensity } from '../density.ts';
import { Remote, type Port } from '../workers/remote.ts';

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
export class WorkerDensity implements PatientDensity {
  readonly adapter = 'CPU, 1 worker';
  t = 0;
  private readonly remote: Remote;

  constructor(spawn: () => Port, problem: DensityProblem) {
    this.remote = new Remote(spawn(), 'density', problem);
  }
  async advanceTo(t: number): Promise<void> {
    while (this.t < t) this.t = await this.remote.call<number>('advance', t);
  }
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
