/** Observables of the cloud, added up on the GPU: a few thousand numbers are read, whatever n is. */
import { meansOf, OBSERVABLES, type ObservableName } from '../../core/observables.ts';
import { OBSERVERS, Observed, observe } from '../../../shaders/observe.ts';
import { BLOCK, WORKGROUP } from '../../../shaders/particle.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import type { Readback } from '../../gpu/readback.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { replicasOf } from '../engine.ts';
import type { Rig } from './rig.ts';

const COUNT = Object.keys(OBSERVABLES).length;

export class Observer {
  private constructor(
    private readonly particles: number,
    private readonly sums: readonly GPUBuffer[],
    readonly dispatches: readonly Dispatch[],
  ) {}

  static async create({ memory, problem, state, limits }: Rig): Promise<Observer> {
    const { parts, theta } = state;
    const size = OBSERVERS * COUNT * 4;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const sums = Object.values(
      await memory.allocate(Object.fromEntries(parts.map((_, k) => [`sums ${k}`, { size, usage }]))),
    );
    const passes = await Promise.all(
      parts.map(({ n: own, systems }, k) => {
        const pitch = roundUp(own, BLOCK);
        const observed = memory.constant(
          'observed',
          Observed.pack({ particles: systems * pitch, n: own, pitch }),
        );
        return makePass(
          memory,
          {
            shader: observe(problem),
            buffers: { observed, theta: theta[k], sums: sums[k] },
            threads: OBSERVERS,
            workgroup: WORKGROUP,
            cost: Math.ceil((systems * pitch) / OBSERVERS),
          },
          limits,
        );
      }),
    );
    return new Observer(replicasOf(problem) * problem.n, sums, passes.flat());
  }

  /** What the last run of the dispatches gave. */
  async read(readback: Readback): Promise<Record<ObservableName, number>> {
    const bytes = await readback.read(
      this.sums.map((buffer) => ({ buffer, offset: 0, size: OBSERVERS * COUNT * 4 })),
    );
    const all = new Float32Array(bytes);
    const sums = new Float64Array(COUNT);
    all.forEach((value, i) => (sums[i % COUNT] += value));
    return meansOf(sums, this.particles);
  }
}
