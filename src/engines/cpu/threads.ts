/**
 * Shards, replicas or bands, dealt out among threads like cards, one to each in turn; answers come back in the
 * order of the things, whatever threads gave them.
 */
import type { Method, Theta } from '../engine.ts';
import type { Hosted } from '../workers/calls.ts';
import type { Port } from '../workers/remote.ts';
import type { CompiledKernels } from './simd/module.ts';

/** Below this many pairs (particle, sample) a step is shorter than the message that asks a worker for it. */
const PAIRS_WORTH_A_WORKER = 2 ** 15;

export interface CpuOptions {
  /** Opens one more worker; without it everything runs on this thread. */
  readonly spawn?: () => Port;
  /** Workers wanted (default: none). The result does not depend on it. */
  readonly workers?: number;
  /** Default: direct. */
  readonly method?: Method;
  /** Vector kernels for direct sums, or null for the scalar code. Default: those of float64, if this machine can run them. */
  readonly kernels?: CompiledKernels | null;
}

/** Some of a list: what is dealt to one thread. */
export type Deal = <E>(list: readonly E[]) => E[];

export class Threads<T> {
  readonly count: number;
  private readonly hosts: readonly Hosted<T>[];
  private destroyed = false;

  /** `open` hosts a thread's share of the things; without a port in this thread, which then is the only one. */
  constructor(
    private readonly things: number,
    pairs: number,
    { spawn, workers = 0 }: CpuOptions,
    open: (mine: Deal, port: Port | null) => Hosted<T>,
  ) {
    const useful = pairs >= PAIRS_WORTH_A_WORKER && spawn ? Math.min(workers, things) : 0;
    this.count = Math.max(1, useful);
    this.hosts = Array.from({ length: this.count }, (_, g) =>
      open(this.dealt(g), useful > 1 ? spawn!() : null),
    );
  }

  /** For people. */
  get adapter(): string {
    return this.count > 1 ? `CPU, ${this.count} workers` : 'CPU, 1 thread';
  }

  /** Thread by thread. */
  async tell<A>(order: (host: Hosted<T>, mine: Deal) => Promise<A>): Promise<A[]> {
    if (this.destroyed) throw new Error('the CPU engine was destroyed');
    return Promise.all(this.hosts.map((host, g) => order(host, this.dealt(g))));
  }

  /** An answer for each of the things, or of as many others that were dealt. */
  async ask<A>(
    question: (host: Hosted<T>, mine: Deal) => Promise<ArrayLike<A>>,
    things = this.things,
  ): Promise<A[]> {
    return this.inOrder(await this.tell(question), things);
  }

  /** What the threads answered of their shares. */
  inOrder<A>(answers: readonly ArrayLike<A>[], things = this.things): A[] {
    const { count } = this;
    return Array.from({ length: things }, (_, k) => answers[k % count][Math.floor(k / count)]);
  }

  destroy(): void {
    this.destroyed = true;
    for (const host of this.hosts) host.destroy();
  }

  private dealt(g: number): Deal {
    return (list) => list.filter((_, k) => k % this.count === g);
  }
}

/** Copies of the rows first … last − 1 of θ [n, width] of each range, in float64. */
export const cutRows = (
  theta: Theta,
  ranges: readonly { readonly first: number; readonly last: number }[],
  width: number,
): Float64Array[] =>
  ranges.map(({ first, last }) => Float64Array.from(theta.subarray(first * width, last * width)));
