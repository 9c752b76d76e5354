/** The grid of a particle–mesh run on a GPU: how it is laid, made larger and measured; accuracy.ts says when. */
import { CHECKED_PARTICLES, driftError, type DriftError } from '../../../core/methods/accuracy.ts';
import type { Extent, Grid } from '../../../core/mesh/grid.ts';
import { gridFor } from '../../../core/methods/methods.ts';
import { shapeOf } from '../../../core/shape.ts';
import { CloudExtent } from '../../../../shaders/bindings.ts';
import { Memory } from '../../../gpu/memory.ts';
import { checked, POLICIES, Resolution, type Gridded } from '../../accuracy.ts';
import type { Accuracy, Problem } from '../../engine.ts';
import { meshSums, type MeshSums } from './mesh.ts';
import { run, type Rig } from '../rig.ts';
import { prepareSteps, type Steps } from '../steps.ts';

/**
 * Rounding errors of a drift, in units of ε times the sums of absolute values that shaders/mesh/drift-check.ts
 * gives.
 */
const ROUNDING = 8 * 2 ** -24;

export class Grids implements Gridded {
  readonly resolution = new Resolution(this, POLICIES.webgpu);
  private laid: { readonly memory: Memory; readonly sums: MeshSums; readonly steps: Steps } | null = null;
  private readonly checked: number;

  constructor(
    private readonly rig: Rig,
    /** f, r and the loss at the current θ, by the steps that there are now. */
    readonly settle: () => Promise<void>,
  ) {
    this.checked = Math.min(CHECKED_PARTICLES, rig.problem.n);
  }

  get problem(): Problem {
    return this.rig.problem;
  }

  get steps(): Steps {
    return this.laid!.steps;
  }

  destroy(): void {
    this.laid?.memory.destroy();
    this.laid = null;
  }

  async lay(spacing: Accuracy['spacing'], extent: Extent): Promise<void> {
    const { gpu, problem, state, points, limits } = this.rig;
    const grid = checked(wider(gridFor(problem, spacing, extent)));
    const memory = new Memory(gpu);
    try {
      const sums = await meshSums(memory, problem, state, points, grid, this.checked, limits);
      const steps = await prepareSteps(memory, this.rig, sums);
      this.destroy();
      this.laid = { memory, sums, steps };
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /** Of the particles whose outputs the GPU found last. */
  async extent(): Promise<Extent> {
    const bytes = await this.rig.readback.read([
      { buffer: this.laid!.sums.cloud, offset: 0, size: CloudExtent.size },
    ]);
    const [, uLow, vLow] = new Float32Array(bytes, CloudExtent.offsets.low, 4);
    const [, uHigh, vHigh] = new Float32Array(bytes, CloudExtent.offsets.high, 4);
    return [uLow, uHigh, vLow, vHigh];
  }

  async measured(phase: number): Promise<DriftError> {
    const { rig, checked: count } = this;
    const { gpu, problem, readback } = rig;
    const { n, d } = problem;
    const { width } = shapeOf(problem);
    const { check, chosen, slopes } = this.laid!.sums;
    const numbers = Uint32Array.from({ length: count }, (_, k) => Math.floor(((k + phase) * n) / count));
    gpu.device.queue.writeBuffer(chosen, 0, numbers);
    await run(rig, check);
    const found = new Float32Array(await readback.read([{ buffer: slopes, offset: 0, size: count * 32 }]));
    const errors = new Float64Array(width + 2);
    let size = 0;
    for (let at = 0; at < found.length; at += 8) {
      for (let c = 0; c < width; c++) {
        errors[c] = Math.max(errors[c], Math.abs(found[at + c] - found[at + 4 + c]));
        errors[width] += found[at + 4 + c] ** 2;
      }
      size = Math.max(size, found[at + 7]);
    }
    errors[width + 1] = count * width;
    return {
      ...driftError(errors, d),
      rounding: (ROUNDING * size) / Math.sqrt(errors[width] / errors[width + 1]),
    };
  }
}

/** float32 may put a particle into the cell beside its own. */
const wider = ({ hu, hv, iFirst, iLast, jFirst, jLast }: Grid): Grid => ({
  hu,
  hv,
  iFirst: iFirst - 1,
  iLast: iLast + 1,
  jFirst: jFirst - 1,
  jLast: jLast + 1,
});
