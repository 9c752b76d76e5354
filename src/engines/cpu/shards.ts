/**
 * The particles of the CPU engine, cut into a fixed number of shards. Shards live in workers or in this thread;
 * a stage sends a field to each and gets its deposits back (core/sums.ts). The cut depends on n and the method
 * alone and deposits are added in shard order, so the bits do not depend on how many workers share the shards.
 */
import { BLOCK, Flow } from '../../core/dynamics/flow.ts';
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { featureOf } from '../../core/features/features.ts';
import { extentOf, type Grid } from '../../core/mesh/grid.ts';
import { driftCheck, type DriftCheck } from '../../core/methods/drift-check.ts';
import { METHODS } from '../../core/methods/methods.ts';
import { shapeOf } from '../../core/shape.ts';
import { observableSums } from '../../core/observables.ts';
import type { Tempo } from '../../core/dynamics/schedules.ts';
import { added, joined, type Sums } from '../../core/sums.ts';
import type { Method, Problem } from '../engine.ts';
import { MeshSums } from '../../core/mesh/sums.ts';
import { VectorMesh } from './simd/mesh.ts';
import { compiledModule, type CompiledKernels, type CompiledModule } from './simd/module.ts';
import { kernelSums, serves } from './simd/sums.ts';

const MOST_SHARDS = 16;

export interface ShardRange {
  readonly first: number;
  readonly last: number;
}

/** Particle ranges [first, last) of the shards of a cloud of n: whole blocks, as equal as they come. */
export function shardRanges(n: number, method: Method = 'direct'): ShardRange[] {
  const blocks = Math.ceil(n / BLOCK);
  const count = Math.min(MOST_SHARDS, Math.ceil(n / METHODS[method].leastShard));
  const edge = (k: number): number => Math.min(n, Math.floor((k * blocks) / count) * BLOCK);
  return Array.from({ length: count }, (_, k) => ({ first: edge(k), last: edge(k + 1) }));
}

/** How particles meet samples, as plain data for every thread. */
export interface Plan {
  readonly method: Method;
  readonly grid: Grid | null;
  /** The mesh method's vector code; null where the scalar code serves. */
  readonly mesh: CompiledModule | null;
}

/** A method on the grid, if it wants one, for threads that move particles; by vector code where there is any. */
export const planFor = async (method: Method, grid: Grid | null, vectors: boolean): Promise<Plan> => ({
  method,
  grid,
  mesh: grid && vectors ? await compiledModule('mesh-f64') : null,
});

/** Sums over all pairs. */
export const DIRECT: Plan = { method: 'direct', grid: null, mesh: null };

/**
 * Sums at the problem's samples, or at other inputs x [k, d]: direct ones by vector kernels, where there are any
 * that serve.
 */
export function openSums(
  samples: Omit<Problem, 'theta'>,
  { method, grid, mesh }: Plan,
  kernels: CompiledKernels | null,
  x = samples.x,
): Sums {
  const { c, d, weights } = shapeOf(samples);
  const m = x.length / d;
  const inputs = x === samples.x ? samples : { c, d, weights, m, x, y: new Float64Array(m * c) };
  const feature = featureOf(samples);
  if (method === 'direct' && kernels && serves(kernels, inputs, feature)) return kernelSums(kernels, inputs);
  const sums = METHODS[method].open(inputs, feature, grid);
  // a grid over particles that are nowhere has no size
  return mesh && grid && sums instanceof MeshSums && sums.size > 0 ? new VectorMesh(sums, grid, d, mesh) : sums;
}

/** What a group of shards is told at the start: the problem without θ, and θ of its own shards. */
export interface GroupSetup {
  readonly problem: Omit<Problem, 'theta'>;
  /** θ of each shard [n_k, c + d], and the numbers of their first particles. */
  readonly thetas: readonly Float64Array[];
  readonly firsts: readonly number[];
  /** Vector kernels of the activation; without them scalar code serves. */
  readonly kernels: CompiledKernels | null;
}

/** One thread's share of the shards. Answers come one per shard, or per band asked for, in order. */
export class HostedShards {
  private readonly problem: GroupSetup['problem'];
  private readonly flows: Flow[];
  private readonly firsts: readonly number[];
  private readonly kernels: CompiledKernels | null;
  private sums: Sums;

  constructor({ problem, thetas, firsts, kernels }: GroupSetup, plan = DIRECT) {
    const feature = featureOf(problem);
    const options = {
      samples: problem,
      feature,
      tableau: INTEGRATORS[problem.integrator],
      speed: problem.speed,
      ...(problem.terms && { terms: problem.terms }),
    };
    this.problem = problem;
    this.firsts = firsts;
    this.kernels = kernels;
    this.sums = openSums(problem, plan, kernels);
    this.flows = thetas.map((theta, k) => new Flow(theta.slice(), { ...options, first: firsts[k] }, this.sums));
  }

  /** From now on particles meet samples like that. */
  plan(plan: Plan): void {
    this.meet(openSums(this.problem, plan, this.kernels));
  }
  /** From now on particles meet samples x [k, d], by direct sums. */
  feed(x: Float64Array): void {
    this.meet(openSums(this.problem, DIRECT, this.kernels, x));
  }
  private meet(sums: Sums): void {
    this.sums = sums;
    for (const flow of this.flows) flow.sums = sums;
  }
  /** Parts of the field of residuals r [m], or of a closer one. */
  fields(r: Float64Array, bands: readonly number[], kind: 'field' | 'closer' = 'field'): Float64Array[] {
    return bands.map((band) => this.sums[kind]!(r, band));
  }
  /** Parts of the outputs from all deposits, as `collect` gives them. */
  results(collected: Float64Array, bands: readonly number[]): Float64Array[] {
    return bands.map((band) => this.sums.outputs(collected, band));
  }
  /** All of it, and all of the outputs from the deposits of all shards: of an exact method, where all are here. */
  field(r: Float64Array): Float64Array {
    return joined(this.fields(r, allBands(this.sums)), Float64Array);
  }
  gathered(deposits: readonly Float64Array[]): Float64Array {
    return outputsOf(this.sums, deposits);
  }
  /** At other inputs x [k, d]. */
  gatheredAt(x: Float64Array, plan: Plan): Float64Array {
    const sums = openSums(this.problem, plan, this.kernels, x);
    return outputsOf(
      sums,
      this.flows.map((flow) => flow.outputs(sums)),
    );
  }
  /**
   * Deposits where the particles are, empty where the plan does not cover them; with a plan at other inputs x [k, d],
   * or at all of the problem's.
   */
  outputs(plan?: Plan, x?: Float64Array): Float64Array[] {
    const sums = plan ? openSums(this.problem, plan, this.kernels, x) : this.sums;
    return this.flows.map((flow) => flow.outputs(sums));
  }
  /**
   * Stage i of the step that ends at `step` with a field; deposits of the state that the next stage starts
   * from, at other samples x [k, d] if there are such.
   */
  advance(
    stage: number,
    field: Float64Array,
    { dt, heat }: Tempo,
    step: number,
    x?: Float64Array,
  ): Float64Array[] {
    if (!x) return this.flows.map((flow) => flow.advance(stage, field, dt, step, heat));
    for (const flow of this.flows) flow.move(stage, field, dt, step, heat);
    this.feed(x);
    return this.outputs();
  }
  /** Least and greatest coordinates where the particles are. */
  extents(): Float64Array[] {
    return this.flows.map((flow) => Float64Array.from(extentOf(flow.position, this.problem)));
  }
  /** How far drifts by a field are from the truth, compared in that share of the particles. */
  driftChecks(
    field: Float64Array,
    closer: Float64Array,
    r: Float64Array,
    share: number,
    phase: number,
  ): DriftCheck[] {
    const { sums, problem } = this;
    const cells = sums.errorsOf!(field, closer);
    const definition = { samples: problem, feature: featureOf(problem), r };
    sums.enter(field);
    return this.flows.map(({ theta, n }) =>
      driftCheck(sums, cells, theta, definition, Math.ceil(share * n), phase),
    );
  }
  /** Sums of the observables. */
  observe(): Float64Array[] {
    return this.flows.map((flow) => observableSums(flow.theta, this.problem));
  }
  theta(): Float64Array[] {
    return this.flows.map((flow) => flow.theta.slice());
  }
  /**
   * θ and |b| at the start of the last step, of the particles whose numbers are multiples of `every`: rows [k,
   * c + d] and speeds [k].
   */
  rows(every: number): Float32Array[] {
    return this.flows.map((flow, k) =>
      everyRow(flow.theta, shapeOf(this.problem).width, this.firsts[k], every),
    );
  }
  speeds(every: number): Float32Array[] {
    return this.flows.map((flow, k) => everyRow(flow.speeds, 1, this.firsts[k], every));
  }
  velocity(): Float64Array[] {
    return this.flows.map((flow) => flow.velocity.slice());
  }
  setTheta(thetas: readonly Float64Array[], velocities: readonly Float64Array[] | null): void {
    this.flows.forEach((flow, k) => flow.place(thetas[k], velocities?.[k]));
  }
}

export const allBands = ({ bands }: Sums): number[] => Array.from({ length: bands }, (_, band) => band);

/** The outputs from the deposits of all shards, in this thread. */
export function outputsOf(sums: Sums, deposits: readonly Float64Array[]): Float64Array {
  const collected = sums.collect(added(deposits));
  return added(allBands(sums).map((band) => sums.outputs(collected, band)));
}

/** Of rows numbered from `first`, those whose number is a multiple of `every`. */
function everyRow(
  values: Float64Array | Float32Array,
  width: number,
  first: number,
  every: number,
): Float32Array {
  const start = (every - (first % every)) % every;
  const count = Math.max(0, Math.ceil((values.length / width - start) / every));
  const rows = new Float32Array(count * width);
  for (let k = 0, from = start * width; k < rows.length; from += every * width)
    for (let c = 0; c < width; c++) rows[k++] = values[from + c];
  return rows;
}
