/**
 * All particles, whichever threads their shards live in, and how they meet the samples: residuals go in, Σ_j
 * w1_j φ(h_j) comes out. A grid grows before a particle leaves it. No bit of an answer depends on the number of
 * threads.
 */
import { isOutside } from '../../core/dynamics/flow.ts';
import type { Extent, Grid } from '../../core/mesh/grid.ts';
import { added, joined, type Sums } from '../../core/sums.ts';
import { together, type DriftCheck } from '../../core/methods/drift-check.ts';
import { FIRST_SPACING, gridFor, METHODS, MOST_NODES, nodesOf } from '../../core/methods/methods.ts';
import type { Tempo } from '../../core/dynamics/schedules.ts';
import { shapeOf } from '../../core/shape.ts';
import { checked } from '../accuracy.ts';
import { outputsIn, type Accuracy, type Method, type Problem, type Theta } from '../engine.ts';
import { local, type Hosted } from '../workers/calls.ts';
import { remote } from '../workers/remote.ts';
import {
  allBands,
  DIRECT,
  HostedShards,
  openSums,
  outputsOf,
  planFor,
  shardRanges,
  type Plan,
  type ShardRange,
} from './shards.ts';
import { spelt } from './simd/sums.ts';
import { cutRows, Threads, type CpuOptions } from './threads.ts';

/** At once, or later. */
export type Later<T> = T | Promise<T>;

/** All particles of a system, wherever they are. */
export interface Particles {
  /** For people. */
  readonly adapter: string;
  readonly method: Method;
  /** They meet the samples by the method from now on. */
  lay(): Later<void>;
  /** Σ_j w1_j φ(h_j) [m, c] where they are. */
  outputs(): Later<Float64Array>;
  /** The same at all of the problem's samples, whatever steps take: by direct sums. */
  outputsOfAll(): Later<Float64Array>;
  /** From now on the samples are x [k, d]. */
  feed(x: Float64Array): Later<void>;
  /**
   * Moves them through stage i of the step that ends at `step` with residuals r [m, c]; the outputs where the next
   * stage starts from, whose samples may be others, x [k, d].
   */
  advance(stage: number, r: Float64Array, tempo: Tempo, step: number, x?: Float64Array): Later<Float64Array>;
  /** Σ_j w1_j φ(h_j) at inputs x [k, d], with the method itself where it pays. */
  outputsAt(x: Float64Array): Later<Float64Array>;
  /** Σ_j q(θ_j) of every observable. */
  observe(): Later<Float64Array>;
  theta(): Later<Float64Array[]>;
  rows(every: number): Later<Float32Array[]>;
  speeds(every: number): Later<Float32Array[]>;
  /** What momentum carries, shard by shard. */
  velocity(): Later<Float64Array[]>;
  place(theta: Theta, velocity?: Theta | null): Later<void>;
  destroy(): void;
}

export class ThreadedParticles implements Particles {
  readonly adapter: string;
  readonly method: Method;
  /** Of a grid, in units of h. */
  private spacing: Accuracy['spacing'] = FIRST_SPACING;
  private readonly ranges: ShardRange[];
  private readonly threads: Threads<HostedShards>;
  private readonly planFor: (method: Method, grid?: Grid | null) => Promise<Plan>;
  private sums: Sums;
  /** What meets the samples now: the method, or direct sums since the cloud has outgrown it. */
  private current: Method;

  constructor(
    private readonly problem: Problem,
    options: CpuOptions,
    /** A particle is outside of the grid: there is another, or none, from now on. */
    private readonly grow: () => Promise<void>,
  ) {
    this.current = this.method = options.method ?? 'direct';
    this.ranges = shardRanges(problem.n, this.method);
    const { theta, ...rest } = problem;
    const { kernels = null } = options;
    const thetas = this.cut(theta);
    const firsts = this.ranges.map(({ first }) => first);
    this.threads = new Threads(this.ranges.length, problem.n * problem.m, options, (mine, port) => {
      const setup = { problem: rest, thetas: mine(thetas), firsts: mine(firsts), kernels };
      return port ? remote(port, 'shards', setup) : local(new HostedShards(setup), ['advance']);
    });
    this.adapter = `${this.threads.adapter}${spelt(problem, this.method, kernels)}`;
    this.planFor = (method, grid = null) => planFor(method, grid, kernels !== null);
    this.sums = openSums(problem, DIRECT, null);
  }

  /** Particles meet the samples by the method from now on; if that is on a grid, on a new one over an extent. */
  async lay(spacing = this.spacing, extent?: Extent): Promise<void> {
    const approximate = METHODS[this.method].approximate;
    const grid = approximate ? this.gridOver(spacing, extent ?? (await this.extent())) : null;
    this.spacing = spacing;
    await this.meet(await this.planFor(this.method, grid));
  }

  /** They meet the samples by direct sums from now on. */
  async leave(): Promise<void> {
    await this.meet(DIRECT);
  }

  async outputs(): Promise<Float64Array> {
    return this.gather(await this.threads.ask((shards) => shards.outputs()));
  }

  async outputsOfAll(): Promise<Float64Array> {
    return added(await this.threads.ask((shards) => shards.outputs(DIRECT)));
  }

  async feed(x: Float64Array): Promise<void> {
    await this.threads.tell((shards) => shards.feed(x));
  }

  async advance(
    stage: number,
    r: Float64Array,
    tempo: Tempo,
    step: number,
    x?: Float64Array,
  ): Promise<Float64Array> {
    const field = await this.field(r);
    return this.gather(await this.threads.ask((shards) => shards.advance(stage, field, tempo, step, x)));
  }

  async outputsAt(x: Float64Array): Promise<Float64Array> {
    const samples = { ...this.problem, x, m: x.length / this.problem.d };
    let plan = await this.planFor(this.current);
    if (METHODS[this.current].approximate) {
      const grid = gridFor(samples, this.spacing, await this.extent());
      const pays = samples.m >= FEW && nodesOf(grid) <= MOST_NODES;
      plan = await (pays ? this.planFor(this.method, grid) : this.planFor('direct'));
    }
    const sums = openSums(this.problem, plan, null, x);
    return outputsOf(sums, await this.threads.ask((shards) => shards.outputs(plan, x)));
  }

  /** How far drifts are from the truth, compared in at least `count` shares of the particles. */
  async driftCheck(r: Float64Array, count: number, phase: number): Promise<DriftCheck> {
    const field = await this.field(r);
    const closer = this.sums.closer ? await this.field(r, 'closer') : field;
    const share = Math.min(1, count / this.problem.n);
    const checks = await this.threads.ask((shards) => shards.driftChecks(field, closer, r, share, phase));
    return together(checks);
  }

  async observe(): Promise<Float64Array> {
    return added(await this.threads.ask((shards) => shards.observe()));
  }

  theta(): Promise<Float64Array[]> {
    return this.threads.ask((shards) => shards.theta());
  }

  rows(every: number): Promise<Float32Array[]> {
    return this.threads.ask((shards) => shards.rows(every));
  }

  speeds(every: number): Promise<Float32Array[]> {
    return this.threads.ask((shards) => shards.speeds(every));
  }

  velocity(): Promise<Float64Array[]> {
    return this.threads.ask((shards) => shards.velocity());
  }

  async place(theta: Theta, velocity: Theta | null = null): Promise<void> {
    const thetas = this.cut(theta);
    const velocities = velocity && this.cut(velocity);
    await this.threads.tell((shards, mine) => shards.setTheta(mine(thetas), velocities && mine(velocities)));
  }

  destroy(): void {
    this.threads.destroy();
  }

  /** Where the particles are. */
  async extent(): Promise<Extent> {
    const parts = await this.threads.ask((shards) => shards.extents());
    const over = (c: number, pick: (...values: number[]) => number): number =>
      pick(...parts.map((part) => part[c]));
    return [over(0, Math.min), over(1, Math.max), over(2, Math.min), over(3, Math.max)];
  }

  private async meet(plan: Plan): Promise<void> {
    this.current = plan.method;
    this.sums = openSums(this.problem, plan, null);
    await this.threads.tell((shards) => shards.plan(plan));
  }

  private cut(theta: Theta): Float64Array[] {
    return cutRows(theta, this.ranges, shapeOf(this.problem).width);
  }

  /** Of particles that are nowhere the grid has NaN nodes, and the loss will say so. */
  private gridOver(spacing: Accuracy['spacing'], extent: Extent): Grid {
    const grid = gridFor(this.problem, spacing, extent);
    return Number.isNaN(nodesOf(grid)) ? grid : checked(grid);
  }

  private async field(r: Float64Array, kind: 'field' | 'closer' = 'field'): Promise<Float64Array> {
    const parts = await this.share(
      (bands) => bands.map((band) => this.sums[kind]!(r, band)),
      (shards, bands) => shards.fields(r, bands, kind),
    );
    return joined(parts, Float64Array);
  }

  /** Outputs from one deposit a shard. NaN where a particle is nowhere: no grid covers it. */
  private async gather(deposits: Float64Array[]): Promise<Float64Array> {
    let parts = deposits;
    if (parts.some(isOutside)) {
      if (!(await this.extent()).every(Number.isFinite))
        return new Float64Array(outputsIn(this.problem)).fill(NaN);
      await this.grow();
      parts = await this.threads.ask((shards) => shards.outputs());
    }
    const collected = this.sums.collect(added(parts));
    return added(
      await this.share(
        (bands) => bands.map((band) => this.sums.outputs(collected, band)),
        (shards, bands) => shards.results(collected, bands),
      ),
    );
  }

  /**
   * One array per band, in order: computed here, or by all threads where there are several bands and threads.
   */
  private async share(
    here: (bands: readonly number[]) => Float64Array[],
    there: (shards: Hosted<HostedShards>, bands: readonly number[]) => Promise<Float64Array[]>,
  ): Promise<Float64Array[]> {
    const bands = allBands(this.sums);
    if (this.threads.count === 1 || bands.length === 1) return here(bands);
    return this.threads.ask((shards, mine) => there(shards, mine(bands)), bands.length);
  }
}

/** Inputs for which direct sums are as fast as a grid. */
const FEW = 8;
