/**
 * All particles, whichever threads their shards live in, and how they meet the samples: residuals go in, Σ_j
 * w1_j φ(h_j) comes out. A grid grows before a particle leaves it. No bit of an answer depends on the number of
 * threads.
 */
import { isOutside } from '../../core/flow.ts';
import type { Extent, Grid } from '../../core/mesh/grid.ts';
import { added, joined, type Sums } from '../../core/sums.ts';
import { FIRST_SPACING, gridFor, METHODS, MOST_NODES, nodesOf } from '../../core/methods.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { CapacityError, type Method, type Problem, type Theta } from '../engine.ts';
import {
  LocalGroup,
  openSums,
  RemoteGroup,
  shardRanges,
  type Plan,
  type ShardGroup,
  type ShardRange,
} from './shards.ts';
import { Remote, type Port } from '../workers/remote.ts';

/** Below this many pairs (particle, sample) a step is shorter than the message that asks a worker for it. */
export const PAIRS_WORTH_A_WORKER = 2 ** 15;

export interface CpuOptions {
  /** Opens one more worker; without it everything runs on this thread. */
  readonly spawn?: () => Port;
  /** Workers wanted (default: none). The result does not depend on it. */
  readonly workers?: number;
  /** Default: direct. */
  readonly method?: Method;
}

export class Cloud {
  readonly threads: number;
  readonly method: Method;
  /** Of a grid, in units of h. */
  private spacing = FIRST_SPACING;
  private readonly ranges: ShardRange[];
  private readonly groups: ShardGroup[];
  private sums: Sums;
  private destroyed = false;

  constructor(
    private readonly problem: Problem,
    { spawn, workers = 0, method = 'direct' }: CpuOptions,
  ) {
    this.method = method;
    this.ranges = shardRanges(problem.n, method);
    const useful =
      problem.n * problem.m >= PAIRS_WORTH_A_WORKER && spawn ? Math.min(workers, this.ranges.length) : 0;
    this.threads = Math.max(1, useful);
    const { theta, ...rest } = problem;
    const cut = cutTheta(theta, this.ranges, problem);
    this.groups = Array.from({ length: this.threads }, (_, g) => {
      const mine = <T>(list: readonly T[]): T[] => list.filter((_, k) => k % this.threads === g);
      const setup = { problem: rest, thetas: mine(cut), firsts: mine(this.ranges).map(({ first }) => first) };
      return useful > 1 ? new RemoteGroup(new Remote(spawn!(), 'shards', setup)) : new LocalGroup(setup);
    });
    this.sums = openSums(problem, { method: 'direct', grid: null });
  }

  /** Σ_j w1_j φ(h_j) [m] where the particles are; with a spacing, on a new grid of it. */
  async outputs(spacing = this.spacing): Promise<Float64Array> {
    this.spacing = spacing;
    await this.lay();
    return this.gather(await this.ask((group) => group.outputs()));
  }

  /**
   * Moves the particles through stage i of the step that ends at `step` with residuals r [m]; the outputs where
   * the next stage starts from.
   */
  async advance(stage: number, r: Float64Array, dt: number, step: number): Promise<Float64Array> {
    const field = await this.field(r);
    return this.gather(await this.ask((group) => group.advance(stage, field, dt, step)));
  }

  /** Σ_j w1_j φ(h_j) at inputs x [k, d], with the method itself where it pays. */
  async outputsAt(x: Float64Array): Promise<Float64Array> {
    const samples = { ...this.problem, x, m: x.length / this.problem.d };
    let plan: Plan = { method: this.method, grid: null };
    if (METHODS[this.method].approximate) {
      const grid = gridFor(samples, this.spacing, await this.extent());
      plan =
        samples.m < FEW || !(nodesOf(grid) <= MOST_NODES)
          ? { method: 'direct', grid: null }
          : { method: this.method, grid };
    }
    const sums = openSums(this.problem, plan, x);
    const collected = sums.collect(added(await this.ask((group) => group.outputs(x, plan))));
    return added(allBands(sums).map((band) => sums.outputs(collected, band)));
  }

  /**
   * [greatest |Δb| of each component, Σ b², entries] over at least `count` particles, or all: see
   * Flow.driftErrors.
   */
  async driftErrors(r: Float64Array, count: number, phase: number): Promise<Float64Array> {
    const field = await this.field(r);
    const share = Math.min(1, count / this.problem.n);
    const parts = await this.ask((group) => group.driftErrors(field, r, share, phase));
    const sum = added(parts);
    for (let c = 0; c < shapeOf(this.problem).width; c++) sum[c] = Math.max(...parts.map((part) => part[c]));
    return sum;
  }

  /** Whether a grid of that spacing would leave the particles room to move. */
  async hasRoomFor(spacing: readonly [number, number]): Promise<boolean> {
    return nodesOf(gridFor(this.problem, spacing, await this.extent())) <= MOST_NODES / 4;
  }

  /** Σ_j q(θ_j) of every observable. */
  async observe(): Promise<Float64Array> {
    return added(await this.ask((group) => group.observe()));
  }

  theta(): Promise<Float64Array[]> {
    return this.ask((group) => group.theta());
  }

  /** Of every k-th particle, shard by shard. */
  rows(every: number): Promise<Float32Array[]> {
    return this.ask((group) => group.rows(every));
  }

  speeds(every: number): Promise<Float32Array[]> {
    return this.ask((group) => group.speeds(every));
  }

  async place(theta: Theta): Promise<void> {
    const cut = cutTheta(theta, this.ranges, this.problem);
    await this.tell((group, g) => group.setTheta(cut.filter((_, k) => k % this.threads === g)));
  }

  destroy(): void {
    this.destroyed = true;
    for (const group of this.groups) group.destroy();
  }

  /** Gives every thread the plan for where the particles are. */
  private async lay(): Promise<void> {
    const grid = METHODS[this.method].approximate
      ? this.checked(gridFor(this.problem, this.spacing, await this.extent()))
      : null;
    const plan: Plan = { method: this.method, grid };
    this.sums = openSums(this.problem, plan);
    await this.tell((group) => group.plan(plan));
  }

  private checked(grid: Grid): Grid {
    const nodes = nodesOf(grid);
    if (nodes <= MOST_NODES || Number.isNaN(nodes)) return grid;
    throw new CapacityError(
      `method = "mesh": the neurons are so far apart that the grid needs ${nodes} nodes, and ${MOST_NODES} are allowed: choose "direct"`,
    );
  }

  private async extent(): Promise<Extent> {
    const parts = await this.ask((group) => group.extents());
    const over = (c: number, pick: (...values: number[]) => number): number =>
      pick(...parts.map((part) => part[c]));
    return [over(0, Math.min), over(1, Math.max), over(2, Math.min), over(3, Math.max)];
  }

  private async field(r: Float64Array): Promise<Float64Array> {
    return joined(
      await this.share(
        (bands) => bands.map((band) => this.sums.field(r, band)),
        (group, bands) => group.fields(r, bands),
      ),
    );
  }

  /** Outputs from one deposit a shard. NaN where a particle is nowhere: no grid covers it. */
  private async gather(deposits: Float64Array[]): Promise<Float64Array> {
    let parts = deposits;
    if (parts.some(isOutside)) {
      if (!(await this.extent()).every(Number.isFinite)) return new Float64Array(this.problem.m).fill(NaN);
      await this.lay();
      parts = await this.ask((group) => group.outputs());
    }
    const collected = this.sums.collect(added(parts));
    return added(
      await this.share(
        (bands) => bands.map((band) => this.sums.outputs(collected, band)),
        (group, bands) => group.results(collected, bands),
      ),
    );
  }

  /**
   * One array per band, in order: computed here, or by all threads where there are several bands and threads.
   */
  private async share(
    here: (bands: readonly number[]) => Float64Array[],
    there: (group: ShardGroup, bands: readonly number[]) => Promise<Float64Array[]>,
  ): Promise<Float64Array[]> {
    const bands = allBands(this.sums);
    const { threads } = this;
    if (threads === 1 || bands.length === 1) return here(bands);
    const answers = await this.tell((group, g) =>
      there(
        group,
        bands.filter((band) => band % threads === g),
      ),
    );
    return bands.map((band) => answers[band % threads][Math.floor(band / threads)]);
  }

  /** One array per shard, in shard order, whatever group holds it. */
  private async ask<T>(question: (group: ShardGroup) => Promise<T[]>): Promise<T[]> {
    const answers = await this.tell(question);
    return this.ranges.map((_, k) => answers[k % this.threads][Math.floor(k / this.threads)]);
  }

  private async tell<T>(order: (group: ShardGroup, g: number) => Promise<T>): Promise<T[]> {
    if (this.destroyed) throw new Error('the CPU engine was destroyed');
    return Promise.all(this.groups.map(order));
  }
}

/** Inputs for which direct sums are as fast as a grid. */
const FEW = 8;

const allBands = ({ bands }: Sums): number[] => Array.from({ length: bands }, (_, band) => band);

function cutTheta(theta: Theta, ranges: readonly ShardRange[], sized: Sized): Float64Array[] {
  const { width } = shapeOf(sized);
  return ranges.map(({ first, last }) => Float64Array.from(theta.subarray(first * width, last * width)));
}
