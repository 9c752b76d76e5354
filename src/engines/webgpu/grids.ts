/**
 * The grid of a particle–mesh run on a GPU: chosen from the tolerance, made larger before a particle leaves it,
 * checked now and then.
 */
import { CHECKED_PARTICLES, TOLERANCE, driftError, nextSpacing, type DriftError } from '../../core/accuracy.ts';
import type { Extent, Grid } from '../../core/mesh/grid.ts';
import { FIRST_SPACING, MOST_NODES, gridFor, nodesOf } from '../../core/methods.ts';
import { shapeOf } from '../../core/shape.ts';
import { Cloud } from '../../../shaders/bindings.ts';
import { Memory } from '../../gpu/memory.ts';
import { CapacityError, type Accuracy } from '../engine.ts';
import { meshSums, type MeshSums } from './mesh.ts';
import { run, type Rig } from './rig.ts';
import { prepareSteps, type Steps } from './steps.ts';

/** Steps between two checks of the drift against the definition. */
export const CHECK_EVERY = 32;
export const FIRST_ACCURACY: Accuracy = { spacing: FIRST_SPACING, error: 0 };
/** Refinements in one check. */
const ROUNDS = 4;
/** Checks look at other particles each time. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/**
 * Rounding errors of a drift, in units of ε times the sums of absolute values that shaders/drift-check.ts
 * gives.
 */
const ROUNDING = 8 * 2 ** -24;

interface Measured extends DriftError {
  /** The part of the error that a finer grid would not mend. */
  readonly rounding: number;
}

export class Grids {
  accuracy = FIRST_ACCURACY;
  /** What suits θ at step 0. */
  first = FIRST_ACCURACY;
  private laid: { readonly memory: Memory; readonly sums: MeshSums; readonly steps: Steps } | null = null;
  private readonly checked: number;

  constructor(
    private readonly rig: Rig,
    /** f, r and the loss at the current θ, by the steps that there are now. */
    private readonly settle: () => Promise<void>,
  ) {
    this.checked = Math.min(CHECKED_PARTICLES, rig.problem.n);
  }

  get steps(): Steps {
    return this.laid!.steps;
  }

  /** A grid over particles elsewhere, which are not settled yet. */
  async place(extent: Extent, accuracy: Accuracy): Promise<void> {
    this.accuracy = accuracy;
    await this.lay(extent);
  }

  /** The grid that suits θ at step 0, where the particles are. */
  async suit(step: number): Promise<void> {
    const extent = await this.extent();
    // The residuals of the first, rough grid will do to choose a finer one by.
    for (let round = 0; round < 2; round++)
      await this.lay(extent, nextSpacing(this.accuracy.spacing, await this.measured(step), 3));
    await this.settle();
    await this.keep(step);
    this.first = { spacing: this.accuracy.spacing, error: 0 };
  }

  /**
   * Measures the drift's error, and takes finer grids while it is above the tolerance and there is room for
   * them.
   */
  async keep(step: number): Promise<void> {
    for (let round = 0; ; round++) {
      const error = await this.measured(step);
      const finer = nextSpacing(this.accuracy.spacing, error, 1);
      if (error.total > Math.max(TOLERANCE, error.rounding) && round < ROUNDS && (await this.hasRoomFor(finer)))
        await this.regrid(finer);
      else {
        this.accuracy = { ...this.accuracy, error: Math.max(this.accuracy.error, error.total) };
        return;
      }
    }
  }

  /** A grid of the same spacing over the particles where they are now, in the middle of a step. */
  async grow(): Promise<void> {
    await this.lay(await this.extent());
  }

  destroy(): void {
    this.laid?.memory.destroy();
    this.laid = null;
  }

  private async regrid(spacing: readonly [number, number]): Promise<void> {
    await this.lay(await this.extent(), spacing);
    await this.settle();
  }

  private async lay(extent: Extent, spacing = this.accuracy.spacing): Promise<void> {
    const { gpu, problem, state, points, limits } = this.rig;
    this.accuracy = { ...this.accuracy, spacing };
    const grid = checked(wider(gridFor(problem, this.accuracy.spacing, extent)));
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
  private async extent(): Promise<Extent> {
    const bytes = await this.rig.readback.read([
      { buffer: this.laid!.sums.cloud, offset: 0, size: Cloud.size },
    ]);
    const [, uLow, vLow] = new Float32Array(bytes, Cloud.offsets.low, 4);
    const [, uHigh, vHigh] = new Float32Array(bytes, Cloud.offsets.high, 4);
    return [uLow, uHigh, vLow, vHigh];
  }

  private async hasRoomFor(spacing: readonly [number, number]): Promise<boolean> {
    return nodesOf(gridFor(this.rig.problem, spacing, await this.extent())) <= MOST_NODES / 4;
  }

  private async measured(step: number): Promise<Measured> {
    const { rig, checked: count } = this;
    const { gpu, problem, readback } = rig;
    const { n, d } = problem;
    const { width } = shapeOf(problem);
    const { check, chosen, slopes } = this.laid!.sums;
    const phase = (step * GOLDEN) % 1;
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

function checked(grid: Grid): Grid {
  const nodes = nodesOf(grid);
  if (nodes <= MOST_NODES) return grid;
  throw new CapacityError(
    `method = "mesh": the neurons are so far apart that the grid needs ${nodes} nodes, and ${MOST_NODES} are allowed: choose "direct"`,
  );
}
