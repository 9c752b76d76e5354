/**
 * How a method on a grid is kept accurate, on every engine alike: the grid of step 0 is chosen from the
 * tolerance; now and then the drift is measured against the definition, and where it is too far off a finer
 * grid is laid.
 */
import { nextSpacing, TOLERANCE, type DriftError } from '../core/methods/accuracy.ts';
import type { Extent, Grid } from '../core/mesh/grid.ts';
import { FIRST_SPACING, gridFor, MOST_NODES, nodesOf } from '../core/methods/methods.ts';
import type { Samples } from '../core/model.ts';
import { CapacityError, type Accuracy, type EngineName } from './engine.ts';

/** In what engines differ. */
export interface Policy {
  /** Steps between two checks. */
  readonly every: number;
  /** A finer grid is laid where the error measured is above this, and above the engine's rounding. */
  readonly limit: number;
  /** Whether f and r follow each of the grids that are tried at step 0, or only the last of them. */
  readonly settles: 'each' | 'last';
}

export const POLICIES = {
  /** The largest error of a sample may be that of all particles, or half of it: a grid is not dear. */
  cpu: { every: 16, limit: 0.6 * TOLERANCE, settles: 'each' },
  /** A grid has buffers and passes of its own, and a check waits for the device. */
  webgpu: { every: 32, limit: TOLERANCE, settles: 'last' },
} as const satisfies Partial<Record<EngineName, Policy>>;

/** Grids tried at step 0 before the first check; each may be that many times as wide as the one before. */
const TRIALS = { rounds: 2, growth: 3 };
/** Refinements in one check: each brings the error down at least tenfold. */
const ROUNDS = 4;
/** Share of the nodes allowed that a finer grid may have: particles want room to move. */
const ROOM = 1 / 4;
/** Checks look at other particles each time. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export const FIRST_ACCURACY: Accuracy = { spacing: FIRST_SPACING, error: 0 };

/** What an engine does with its grid. */
export interface Gridded {
  readonly problem: Samples;
  /** Where the particles are. */
  extent(): Promise<Extent>;
  /** Another grid, of spacings in units of h, over an extent; f and r do not follow yet. */
  lay(spacing: Accuracy['spacing'], extent: Extent): Promise<void>;
  /** f, r and the loss at the current θ, by the grid that there is. */
  settle(): Promise<void>;
  /** Of evenly spaced particles; `phase` ∈ [0, 1) says where between. */
  measured(phase: number): Promise<DriftError>;
}

export class Resolution {
  accuracy = FIRST_ACCURACY;
  /** What suits θ at step 0. */
  first = FIRST_ACCURACY;

  constructor(
    private readonly grids: Gridded,
    private readonly policy: Policy,
  ) {}

  /** Steps from this one to the next check. */
  untilCheck(step: number): number {
    return this.policy.every - (step % this.policy.every);
  }

  isDue(step: number): boolean {
    return step % this.policy.every === 0;
  }

  /** A grid over particles elsewhere, which are not settled yet; default: where they are now. */
  async place(accuracy: Accuracy, extent?: Extent): Promise<void> {
    await this.grids.lay(accuracy.spacing, extent ?? (await this.grids.extent()));
    this.accuracy = accuracy;
  }

  /** A grid of the same spacing over the particles where they are now, in the middle of a step. */
  async grow(): Promise<void> {
    await this.place(this.accuracy);
  }

  /** The grid that suits θ at step 0, where the particles are. */
  async suit(step: number): Promise<void> {
    const extent = await this.grids.extent();
    for (let round = 1; round <= TRIALS.rounds; round++) {
      const spacing = nextSpacing(this.accuracy.spacing, await this.measured(step), TRIALS.growth);
      await this.place({ ...this.accuracy, spacing }, extent);
      // Residuals of a rough grid will do to choose a finer one by.
      if (this.policy.settles === 'each' || round === TRIALS.rounds) await this.grids.settle();
    }
    await this.keep(step);
    this.first = { spacing: this.accuracy.spacing, error: 0 };
  }

  /** Measures the drift's error; lays finer grids while it is above the limit and there is room for them. */
  async keep(step: number): Promise<void> {
    let error = await this.measured(step);
    for (let round = 0; round < ROUNDS && this.isTooLarge(error) && (await this.refine(error)); round++)
      error = await this.measured(step);
    this.accuracy = { ...this.accuracy, error: Math.max(this.accuracy.error, error.total) };
  }

  private isTooLarge({ total, rounding }: DriftError): boolean {
    return total > Math.max(this.policy.limit, rounding);
  }

  /** Lays a finer grid, if there is room for it. */
  private async refine(error: DriftError): Promise<boolean> {
    const spacing = nextSpacing(this.accuracy.spacing, error, 1);
    const extent = await this.grids.extent();
    const fits = nodesOf(gridFor(this.grids.problem, spacing, extent)) <= ROOM * MOST_NODES;
    if (!fits) return false;
    await this.place({ ...this.accuracy, spacing }, extent);
    await this.grids.settle();
    return true;
  }

  private measured(step: number): Promise<DriftError> {
    return this.grids.measured((step * GOLDEN) % 1);
  }
}

/** The grid, if it has no more nodes than are allowed. */
export function checked(grid: Grid): Grid {
  const nodes = nodesOf(grid);
  if (nodes <= MOST_NODES) return grid;
  throw new CapacityError(
    `method = "mesh": the neurons are so far apart that the grid needs ${nodes} nodes, and ${MOST_NODES} are allowed: choose "direct"`,
  );
}
