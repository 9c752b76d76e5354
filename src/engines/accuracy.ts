/**
 * How a method on a grid is kept accurate, on every engine alike: the grid of step 0 is chosen from the
 * tolerance; now and then the error of all drifts is bounded, and where it is too large a finer grid is laid. A cloud
 * that no grid suits any more goes on by direct sums.
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
  /** Whether f and r follow each of the grids that are tried at step 0, or only the last of them. */
  readonly settles: 'each' | 'last';
}

export const POLICIES = {
  cpu: { every: 16, settles: 'each' },
  /** A grid has buffers and passes of its own, and a check waits for the device. */
  webgpu: { every: 32, settles: 'last' },
} as const satisfies Partial<Record<EngineName, Policy>>;

/** A finer grid is laid where the bound is above this, or would be if it went on growing until the next check. */
export const LIMIT = 0.8 * TOLERANCE;
/** At most that many times between two checks. */
const GROWTH = 3;
/** The share of the error from which on it is rounding that matters, of which a finer grid has more. */
const ROUNDED = 1 / 2;
/** Grids tried at step 0 before the first check; each may be that many times as wide as the one before. */
const TRIALS = { rounds: 2, growth: 3 };
/** Refinements in one check: each brings the error down at least tenfold. */
const ROUNDS = 4;
/** Share of the nodes allowed that a finer grid may have: particles want room to move. */
const ROOM = 1 / 4;
/** Checks compare other particles each time. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export const FIRST_ACCURACY: Accuracy = { spacing: FIRST_SPACING, error: 0 };

/** What an engine does with its grid. */
export interface Gridded {
  readonly problem: Samples & { readonly n: number };
  /** Where the particles are. */
  extent(): Promise<Extent>;
  /** Another grid, of spacings in units of h, over an extent; f and r do not follow yet. */
  lay(spacing: Accuracy['spacing'], extent: Extent): Promise<void>;
  /** Direct sums from now on; f and r do not follow yet. */
  leave(): Promise<void>;
  /** f, r and the loss at the current θ, by the grid that there is. */
  settle(): Promise<void>;
  /** Of all particles; `phase` ∈ [0, 1) says which of them are compared with the definition. */
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
    return this.accuracy.outgrown ? Infinity : this.policy.every - (step % this.policy.every);
  }

  isDue(step: number): boolean {
    return !this.accuracy.outgrown && step % this.policy.every === 0;
  }

  /** A grid over particles elsewhere, which are not settled yet; default: where they are now. */
  async place(accuracy: Accuracy, extent?: Extent): Promise<void> {
    if (accuracy.outgrown) await this.grids.leave();
    else await this.grids.lay(accuracy.spacing, extent ?? (await this.grids.extent()));
    this.accuracy = accuracy;
  }

  /**
   * A grid of the same spacing over the particles where they are now, in the middle of a step; direct sums where that
   * would be too large.
   */
  async grow(): Promise<void> {
    await this.place(this.accuracy).catch((error: unknown) => {
      if (!(error instanceof CapacityError)) throw error;
      return this.leave();
    });
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
    this.note(await this.refined(await this.measured(step), step, 1));
    const { spacing, outgrown } = this.accuracy;
    this.first = { spacing, error: 0, ...(outgrown && { outgrown }) };
  }

  /** Bounds the drift's error; lays finer grids while it is above the limit and there is room for them. */
  async keep(step: number): Promise<void> {
    if (this.accuracy.outgrown) return;
    const error = await this.measured(step);
    const { recent = 0 } = this.accuracy;
    const growth = recent > 0 ? Math.min(GROWTH, Math.max(1, error.total / recent)) : 1;
    this.note(error); // steps were taken with it
    this.note(await this.refined(error, step, growth));
  }

  /** The bound at the current θ, whether or not a check is due: it changes nothing. */
  async bound(step: number): Promise<number> {
    return this.accuracy.outgrown ? 0 : (await this.measured(step)).total;
  }

  /** With an error that may grow so much until the next check: by grids fine enough for that. */
  private async refined(found: DriftError, step: number, growth: number): Promise<DriftError> {
    let error = found;
    for (let round = 0; round < ROUNDS; round++) {
      const expected = grown(error, growth);
      if (!isTooLarge(expected) || !(await this.refine(expected))) break;
      error = await this.measured(step);
    }
    return error;
  }

  private note({ total }: DriftError): void {
    const { accuracy } = this;
    if (!accuracy.outgrown)
      this.accuracy = { ...accuracy, error: Math.max(accuracy.error, total), recent: total };
  }

  /** Lays a finer grid, if there is room for it; of one with more nodes than particles direct sums take the place. */
  private async refine(error: DriftError): Promise<boolean> {
    const { grids } = this;
    const spacing = nextSpacing(this.accuracy.spacing, error, 1);
    const extent = await grids.extent();
    const nodes = nodesOf(gridFor(grids.problem, spacing, extent));
    const fits = nodes <= ROOM * MOST_NODES;
    if (!fits && nodes < grids.problem.n) return false;
    if (fits) await this.place({ ...this.accuracy, spacing }, extent);
    else await this.leave();
    await grids.settle();
    return fits;
  }

  private async leave(): Promise<void> {
    await this.place({ ...this.accuracy, outgrown: true });
  }

  private measured(step: number): Promise<DriftError> {
    return this.grids.measured((step * GOLDEN) % 1);
  }
}

const grown = ({ parts: [u, v], total, rounding }: DriftError, growth: number): DriftError => ({
  parts: [growth * u, growth * v],
  total: growth * total,
  rounding: growth * rounding,
});

const isTooLarge = ({ total, rounding }: DriftError): boolean => total > LIMIT && rounding < ROUNDED * total;

/** The grid, if it has no more nodes than are allowed. */
export function checked(grid: Grid): Grid {
  const nodes = nodesOf(grid);
  if (nodes <= MOST_NODES) return grid;
  throw new CapacityError(
    `method = "mesh": the neurons are so far apart that the grid needs ${nodes} nodes, and ${MOST_NODES} are allowed: choose "direct"`,
  );
}
