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

/** From so many on it would keep the thread that asks from all else for a tenth of a second or more. */
const PAIRS_TOO_MANY_HERE = 2 ** 22;

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

/** Threads that have something to do for so many things with so many pairs in a step; one is this thread. */
export const threadsFor = (things: number, pairs: number, { spawn, workers = 0 }: CpuOptions): number =>
  pairs >= PAIRS_WORTH_A_WORKER && spawn ? Math.max(1, Math.min(workers, things)) : 1;

/** Whether they are all done in the thread that asks. */
export const staysHere = (things: number, pairs: number, options: CpuOptions): boolean =>
  threadsFor(things, pairs, options) === 1 &&
  !(options.spawn && (options.workers ?? 0) > 0 && pairs >= PAIRS_TOO_MANY_HERE);

/** What is said to who calls an engine that is gone. */
export const DESTROYED = 'the CPU engine was destroyed';

/** For people. */
export const threadsText = (count: number): string => (count > 1 ? `CPU, ${count} workers` : 'CPU, 1 thread');

/** Some of a list: what is dealt to one thread. */
export type Deal = <E>(list: readonly E[]) => E[];

export class Threads<T> {
  readonly count: number;
  private readonly hosts: readonly Hosted<T>[];
  private destroyed = false;

  /** `open` hosts a thread's share of the things; without a port in the thread that asks, which then is the only one. */
  constructor(
    private readonly things: number,
    pairs: number,
    options: CpuOptions,
    open: (mine: Deal, port: Port | null) => Hosted<T>,
  ) {
    this.count = threadsFor(things, pairs, options);
    const spawn = staysHere(things, pairs, options) ? null : options.spawn!;
    this.hosts = Array.from({ length: this.count }, (_, g) => open(this.dealt(g), spawn && spawn()));
  }

  /** For people. */
  get adapter(): string {
    return threadsText(this.count);
  }

  /** Thread by thread. */
  async tell<A>(order: (host: Hosted<T>, mine: Deal) => Promise<A>): Promise<A[]> {
    if (this.destroyed) throw new Error(DESTROYED);
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
  ranges.map(({ first, last }) => new Float64Array(theta.subarray(first * width, last * width)));
