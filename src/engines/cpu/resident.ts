/**
 * Particles that all are in this thread and that an exact method moves: there is nobody to ask, no grid to grow and
 * nothing to wait for. A step of a small system, of which replicas are thousands, is then little more than its sums.
 */
import { METHODS } from '../../core/methods/methods.ts';
import type { Tempo } from '../../core/dynamics/schedules.ts';
import { shapeOf } from '../../core/shape.ts';
import { added } from '../../core/sums.ts';
import type { Method, Problem, Theta } from '../engine.ts';
import { giveTurn, turnIsDue } from '../workers/calls.ts';
import type { Later, Particles } from './particles.ts';
import { DIRECT, HostedShards, shardRanges, type Plan, type ShardRange } from './shards.ts';
import { spelt } from './simd/sums.ts';
import { cutRows, DESTROYED, staysHere, threadsText, type CpuOptions } from './threads.ts';

/** Whether a problem's particles are such. */
export const areResident = ({ n, m }: Problem, options: CpuOptions): boolean => {
  const { method = 'direct' } = options;
  return !METHODS[method].approximate && staysHere(shardRanges(n, method).length, n * m, options);
};

export class ResidentParticles implements Particles {
  readonly adapter: string;
  readonly method: Method;
  private readonly ranges: readonly ShardRange[];
  private readonly plan: Plan;
  private readonly shards: HostedShards;
  private destroyed = false;

  constructor(
    private readonly problem: Problem,
    { method = 'direct', kernels = null }: CpuOptions,
  ) {
    this.method = method;
    this.ranges = shardRanges(problem.n, method);
    this.plan = { method, grid: null, mesh: null };
    const firsts = this.ranges.map(({ first }) => first);
    this.shards = new HostedShards({ problem, thetas: this.cut(problem.theta), firsts, kernels }, this.plan);
    this.adapter = `${threadsText(1)}${spelt(problem, method, kernels)}`;
  }

  /** They meet the samples by the method from the start. */
  lay(): void {}

  outputs(): Float64Array {
    return this.shards.gathered(this.usable().outputs());
  }

  outputsOfAll(): Float64Array {
    return added(this.usable().outputs(DIRECT));
  }

  feed(x: Float64Array): void {
    this.usable().feed(x);
  }

  advance(stage: number, r: Float64Array, tempo: Tempo, step: number, x?: Float64Array): Later<Float64Array> {
    if (!turnIsDue()) return this.moved(stage, r, tempo, step, x);
    return giveTurn().then(() => this.moved(stage, r, tempo, step, x));
  }

  outputsAt(x: Float64Array): Float64Array {
    return this.usable().gatheredAt(x, this.plan);
  }

  observe(): Float64Array {
    return added(this.usable().observe());
  }
  theta(): Float64Array[] {
    return this.usable().theta();
  }
  rows(every: number): Float32Array[] {
    return this.usable().rows(every);
  }
  speeds(every: number): Float32Array[] {
    return this.usable().speeds(every);
  }
  velocity(): Float64Array[] {
    return this.usable().velocity();
  }

  place(theta: Theta, velocity: Theta | null = null): void {
    this.usable().setTheta(this.cut(theta), velocity && this.cut(velocity));
  }

  destroy(): void {
    this.destroyed = true;
  }

  private moved(stage: number, r: Float64Array, tempo: Tempo, step: number, x?: Float64Array): Float64Array {
    const shards = this.usable();
    return shards.gathered(shards.advance(stage, shards.field(r), tempo, step, x));
  }

  private usable(): HostedShards {
    if (this.destroyed) throw new Error(DESTROYED);
    return this.shards;
  }

  private cut(theta: Theta): Float64Array[] {
    return cutRows(theta, this.ranges, shapeOf(this.problem).width);
  }
}
