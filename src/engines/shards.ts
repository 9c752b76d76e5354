/**
 * The particles of the CPU engine, cut into a fixed number of shards. Shards live in workers or in this thread; a stage
 * sends r to each and gets its partial output sums back, m numbers a shard. The cut depends on n alone and partial sums
 * are added in shard order, so the bits do not depend on how many workers share the shards.
 */
import { ACTIVATIONS } from '../core/activations.ts';
import { BLOCK, Flow } from '../core/flow.ts';
import { INTEGRATORS } from '../core/integrators.ts';
import type { Problem } from './engine.ts';

const MOST_SHARDS = 16;

export interface ShardRange {
  readonly first: number;
  readonly last: number;
}

/** Particle ranges [first, last) of the shards of a cloud of n: whole blocks, as equal as they come. */
export function shardRanges(n: number): ShardRange[] {
  const blocks = Math.ceil(n / BLOCK), count = Math.min(MOST_SHARDS, blocks);
  const edge = (k: number): number => Math.min(n, Math.floor((k * blocks) / count) * BLOCK);
  return Array.from({ length: count }, (_, k) => ({ first: edge(k), last: edge(k + 1) }));
}

/** What a group of shards is told at the start: the problem without θ, and θ of its own shards. */
export interface GroupSetup {
  readonly problem: Omit<Problem, 'theta'>;
  /** θ of each shard [n_k, 1 + d]. */
  readonly thetas: readonly Float64Array[];
}

/** One thread's share of the shards. Every method returns one array per shard, in shard order. */
export interface ShardGroup {
  /** Partial sums Σ_j w1_j φ(h_j) [m] (or at x [k, d]). */
  outputs(x?: Float64Array): Promise<Float64Array[]>;
  /** Stage i of a step with residuals r [m]; partial sums of the state that the next stage starts from. */
  advance(stage: number, r: Float64Array, dt: number): Promise<Float64Array[]>;
  theta(): Promise<Float64Array[]>;
  speeds(): Promise<Float32Array[]>;
  setTheta(thetas: readonly Float64Array[]): Promise<void>;
  destroy(): void;
}

/** The shards themselves, in the thread that runs this. */
export class LocalShards {
  private readonly flows: Flow[];

  constructor({ problem, thetas }: GroupSetup) {
    const options = {
      samples: problem,
      activation: ACTIVATIONS[problem.activation],
      tableau: INTEGRATORS[problem.integrator],
      speed: problem.speed,
    };
    this.flows = thetas.map((theta) => new Flow(theta.slice(), options));
  }

  outputs(x?: Float64Array): Float64Array[] {
    return this.flows.map((flow) => flow.outputs(x));
  }
  advance(stage: number, r: Float64Array, dt: number): Float64Array[] {
    return this.flows.map((flow) => flow.advance(stage, r, dt));
  }
  theta(): Float64Array[] {
    return this.flows.map((flow) => flow.theta.slice());
  }
  speeds(): Float32Array[] {
    return this.flows.map((flow) => flow.speeds.slice());
  }
  setTheta(thetas: readonly Float64Array[]): void {
    this.flows.forEach((flow, k) => flow.theta.set(thetas[k]));
  }
}

/** Shards of this thread behind the asynchronous interface; gives the event loop a turn now and then. */
export class LocalGroup implements ShardGroup {
  private readonly shards: LocalShards;
  private lastTurn = performance.now();

  constructor(setup: GroupSetup) {
    this.shards = new LocalShards(setup);
  }
  outputs = async (x?: Float64Array): Promise<Float64Array[]> => this.shards.outputs(x);
  theta = async (): Promise<Float64Array[]> => this.shards.theta();
  speeds = async (): Promise<Float32Array[]> => this.shards.speeds();
  setTheta = async (thetas: readonly Float64Array[]): Promise<void> => this.shards.setTheta(thetas);
  async advance(stage: number, r: Float64Array, dt: number): Promise<Float64Array[]> {
    if (performance.now() - this.lastTurn > 15) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.lastTurn = performance.now();
    }
    return this.shards.advance(stage, r, dt);
  }
  destroy(): void {}
}
