/**
 * Mini-batches on a GPU for a method whose cost is not that of rows: weights of all, uploaded for some steps at a time,
 * that residuals are multiplied by.
 */
import { batch } from '../../../../shaders/batch.ts';
import { Path } from '../../../../shaders/bindings.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { Batches } from '../../../core/dynamics/batches.ts';
import type { Memory } from '../../../gpu/memory.ts';
import { makePass } from '../../../gpu/pass.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { replicasOf, type Problem } from '../../engine.ts';
import type { Ground } from '../rig.ts';

/** Weights that the device holds at a time. */
const MOST = 2 ** 20;

export class BatchRows {
  private constructor(
    private readonly memory: Memory,
    private readonly batches: Batches,
    private readonly m: number,
    /** Steps whose weights the device holds at a time. */
    readonly most: number,
    private readonly path: GPUBuffer,
    private readonly weights: GPUBuffer,
  ) {}

  static async create(memory: Memory, { m, batch: plan }: Problem): Promise<BatchRows | null> {
    if (!plan) return null;
    const most = Math.max(1, Math.floor(MOST / m));
    const { weights } = await memory.allocate({
      weights: { size: most * m * 4, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST },
    });
    const path = memory.constant('batches', Path.pack({ first: 0, numbers: m }));
    return new BatchRows(memory, new Batches(plan, m), m, most, path, weights);
  }

  /** Before a stage: residuals of the step's batch alone. */
  dispatches(memory: Memory, { problem, state, points, limits }: Ground): Promise<Dispatch[]> {
    const { path, weights } = this;
    const { f, y, r } = points;
    return makePass(
      memory,
      {
        shader: batch(problem),
        buffers: { path, status: state.status, weights, f, y, r },
        threads: replicasOf(problem) * problem.m,
        workgroup: WORKGROUP,
        cost: 1,
      },
      limits,
    );
  }

  /** For `count` steps from θ_first on, at most `most` of them; what came before is submitted. */
  place(first: number, count: number): void {
    const { m, memory } = this;
    const { queue } = memory.context.device;
    const rows = new Float32Array(count * m);
    for (let k = 0; k < count; k++) this.batches.weights(first + k, rows.subarray(k * m, (k + 1) * m));
    queue.writeBuffer(this.weights, 0, rows);
    queue.writeBuffer(this.path, 0, Path.pack({ first, numbers: m }));
  }
}
