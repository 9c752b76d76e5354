/** Residual paths that drive the particles in place of their own residuals: uploaded ahead, put into r step by step. */
import { Path } from '../../../shaders/bindings.ts';
import { drive } from '../../../shaders/drive.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { makePass } from '../../gpu/pass.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { outputsIn, replicasOf } from '../engine.ts';
import type { Rig } from './rig.ts';

/** Numbers of a path that the device holds at a time. */
const MOST = 2 ** 20;

export class ResidualPaths {
  private constructor(
    private readonly rig: Rig,
    /** Steps whose rows the device holds at a time. */
    readonly most: number,
    private readonly path: GPUBuffer,
    private readonly rows: GPUBuffer,
    /** Before a step: its row into r. */
    readonly dispatches: readonly Dispatch[],
  ) {}

  static async create(rig: Rig): Promise<ResidualPaths> {
    const { memory, problem, state, points, limits } = rig;
    const numbers = outputsIn(problem);
    const most = Math.max(1, Math.floor(MOST / numbers));
    const { rows } = await memory.allocate({
      rows: { size: most * numbers * 4, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST },
    });
    const path = memory.constant('path', Path.pack({ first: 0, numbers }));
    const dispatches = await makePass(
      memory,
      {
        shader: drive(),
        buffers: { path, status: state.status, rows, r: points.r },
        threads: replicasOf(problem) * numbers,
        workgroup: WORKGROUP,
        cost: 1,
      },
      limits,
    );
    return new ResidualPaths(rig, most, path, rows, dispatches);
  }

  /** Rows [k, m c], at most `most` of them, of the steps from `first` on; what came before is submitted. */
  place(rows: Float64Array, first: number): void {
    const { queue } = this.rig.gpu.device;
    queue.writeBuffer(this.rows, 0, Float32Array.from(rows));
    queue.writeBuffer(this.path, 0, Path.pack({ first, numbers: outputsIn(this.rig.problem) }));
  }
}
