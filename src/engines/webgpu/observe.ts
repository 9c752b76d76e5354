/** Observables of the cloud, added up on the GPU: a few thousand numbers are read, whatever n is. */
import { meansOf, observablesOf, type Means } from '../../core/observables.ts';
import { OBSERVERS, ObservedParticles, observe } from '../../../shaders/observe.ts';
import { BLOCK, WORKGROUP } from '../../../shaders/particle.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import type { Readback } from '../../gpu/readback.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { replicasOf, type Problem } from '../engine.ts';
import { uploadInputs } from './rows/pack.ts';
import { bytesOf } from './capacity.ts';
import type { Rig } from './rig.ts';

const bytesOfSums = (problem: Problem): number => OBSERVERS * observablesOf(problem).length * 4;

export class Observer {
  private constructor(
    private readonly problem: Problem,
    private readonly sums: readonly GPUBuffer[],
    readonly dispatches: readonly Dispatch[],
  ) {}

  static async create({ memory, problem, state, limits }: Rig): Promise<Observer> {
    const { parts, theta } = state;
    const { directions = [] } = problem;
    const size = bytesOfSums(problem);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const { along } = await memory.allocate({
      along: {
        size: bytesOf.particles(directions.length, problem),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
      },
    });
    uploadInputs(memory.context, along, directions.flat(), problem);
    const sums = Object.values(
      await memory.allocate(Object.fromEntries(parts.map((_, k) => [`sums ${k}`, { size, usage }]))),
    );
    const passes = await Promise.all(
      parts.map(({ n: own, systems }, k) => {
        const pitch = roundUp(own, BLOCK);
        const observed = memory.constant(
          'observed',
          ObservedParticles.pack({ particles: systems * pitch, n: own, pitch }),
        );
        return makePass(
          memory,
          {
            shader: observe(problem),
            buffers: { observed, theta: theta[k], along, sums: sums[k] },
            threads: OBSERVERS,
            workgroup: WORKGROUP,
            cost: Math.ceil((systems * pitch) / OBSERVERS),
          },
          limits,
        );
      }),
    );
    return new Observer(problem, sums, passes.flat());
  }

  /** What the last run of the dispatches gave. */
  async read(readback: Readback): Promise<Means> {
    const { problem } = this;
    const count = observablesOf(problem).length;
    const bytes = await readback.read(
      this.sums.map((buffer) => ({ buffer, offset: 0, size: bytesOfSums(problem) })),
    );
    const all = new Float32Array(bytes);
    const sums = new Float64Array(count);
    all.forEach((value, i) => (sums[i % count] += value));
    return meansOf(sums, replicasOf(problem) * problem.n, problem);
  }
}
