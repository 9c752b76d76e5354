/** The grid of a particle–mesh run on a GPU: how it is laid, made larger and measured; accuracy.ts says when. */
import type { DriftError } from '../../../core/methods/accuracy.ts';
import type { Extent, Grid } from '../../../core/mesh/grid.ts';
import { gridFor } from '../../../core/methods/methods.ts';
import { CloudExtent } from '../../../../shaders/bindings.ts';
import { Memory } from '../../../gpu/memory.ts';
import { checked, POLICIES, Resolution, type Gridded } from '../../accuracy.ts';
import type { Accuracy, Problem } from '../../engine.ts';
import { directSums } from './direct.ts';
import { meshSums, type MeshSums } from './mesh.ts';
import type { Rig } from '../rig.ts';
import { prepareSteps, type Steps } from '../steps.ts';

interface Laid {
  readonly memory: Memory;
  /** Null: the cloud has outgrown it, and sums are direct. */
  readonly mesh: MeshSums | null;
  readonly steps: Steps;
}

export class Grids implements Gridded {
  readonly resolution = new Resolution(this, POLICIES.webgpu);
  private laid: Laid | null = null;

  constructor(
    private readonly rig: Rig,
    /** f, r and the loss at the current θ, by the steps that there are now. */
    readonly settle: () => Promise<void>,
  ) {}

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
    const { problem, state, points, limits } = this.rig;
    const grid = checked(wider(gridFor(problem, spacing, extent)));
    await this.take(async (memory) => {
      const mesh = await meshSums(memory, problem, state, points, grid, limits);
      return { mesh, steps: await prepareSteps(memory, this.rig, mesh) };
    });
  }

  async leave(): Promise<void> {
    const { problem, state, points, limits } = this.rig;
    await this.take(async (memory) => {
      const sums = await directSums(memory, problem, state, points, limits);
      return { mesh: null, steps: await prepareSteps(memory, this.rig, sums) };
    });
  }

  /** Of the particles whose outputs the GPU found last. */
  async extent(): Promise<Extent> {
    const bytes = await this.rig.readback.read([
      { buffer: this.laid!.mesh!.cloud, offset: 0, size: CloudExtent.size },
    ]);
    const [, uLow, vLow] = new Float32Array(bytes, CloudExtent.offsets.low, 4);
    const [, uHigh, vHigh] = new Float32Array(bytes, CloudExtent.offsets.high, 4);
    return [uLow, uHigh, vLow, vHigh];
  }

  async measured(phase: number): Promise<DriftError> {
    const { check, field } = this.laid!.mesh!;
    return check.measured(this.rig, field, phase);
  }

  /** In place of what there was, in memory of its own. */
  private async take(opened: (memory: Memory) => Promise<Omit<Laid, 'memory'>>): Promise<void> {
    const memory = new Memory(this.rig.gpu);
    try {
      const laid = { memory, ...(await opened(memory)) };
      this.destroy();
      this.laid = laid;
    } catch (error) {
      memory.destroy();
      throw error;
    }
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
