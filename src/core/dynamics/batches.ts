/**
 * Mini-batches of the rows of finite data. In the step that starts at θ_k the sums over β and the 1/m run over the
 * step's batch, which depends on (seed, m, size, k) alone: so that a run can be cut anywhere and resumed. A batch is
 * rows of its own, in the order of their numbers, or, for sums whose cost is not that of their rows, weights of the
 * residuals: r^β is multiplied by m/size for each time that row β is in it, by 0 where it is not.
 */
import type { Feed, Rows } from './feed.ts';
import type { Samples } from '../model.ts';
import { picked } from '../picked.ts';
import { keyOf, philox, STREAMS } from '../random.ts';
import { shapeOf } from '../shape.ts';

export interface Batch {
  /** Rows in each, not more than m without replacement. */
  readonly size: number;
  /**
   * Whether rows are drawn independently; else an epoch of ⌊m/size⌋ steps takes them in the order of a permutation,
   * and what is left over is dropped.
   */
  readonly replacement: boolean;
  readonly seed: number;
}

export const completeBatch = (given: Pick<Batch, 'size'> & Partial<Batch>): Batch => ({
  replacement: false,
  seed: 1,
  ...given,
});

/** One sentence where m rows have no such batch, else null. */
export const batchFault = ({ size, replacement }: Batch, m: number): string | null =>
  !replacement && size > m
    ? `dynamics.batch.size = ${size} is more than the m = ${m} rows: give at most that many, or "replacement": true`
    : null;

export class Batches {
  private readonly words = new Uint32Array(4);
  private readonly key: readonly [number, number];
  /** Of the epoch that was asked for last. */
  private order: readonly number[] = [];
  private epoch = -1;

  constructor(
    private readonly batch: Batch,
    private readonly m: number,
  ) {
    this.key = keyOf(batch.seed);
  }

  /** The rows of the batch of the step that starts at θ_k. */
  rows(k: number): readonly number[] {
    const { batch, m } = this;
    const { size } = batch;
    if (batch.replacement) return Array.from({ length: size }, (_, i) => Math.floor(this.uniform(i, k) * m));
    const steps = Math.floor(m / size);
    const at = (k % steps) * size;
    return this.permutation(Math.floor(k / steps)).slice(at, at + size);
  }

  /** The same in the order of their numbers: a batch of all rows is summed as they are. */
  sorted(k: number): readonly number[] {
    return [...this.rows(k)].sort((p, q) => p - q);
  }

  /** What it multiplies residuals by, written to `out` [m]. */
  weights(k: number, out: Float64Array | Float32Array): void {
    const unit = this.m / this.batch.size;
    out.fill(0);
    for (const row of this.rows(k)) out[row] += unit;
  }

  /** Rows by random rank. */
  private permutation(epoch: number): readonly number[] {
    if (epoch === this.epoch) return this.order;
    const rank = Float64Array.from({ length: this.m }, (_, row) => this.uniform(row, epoch));
    this.order = Array.from(rank.keys()).sort((p, q) => rank[p] - rank[q] || p - q);
    this.epoch = epoch;
    return this.order;
  }

  /** On [0, 1), 53 bits, for place i of a step or an epoch: counter (i, step's low word, stream, its high word). */
  private uniform(i: number, step: number): number {
    const { words, key } = this;
    philox(words, i, step >>> 0, STREAMS.batch, Math.floor(step / 2 ** 32), key[0], key[1]);
    return ((words[0] >>> 5) * 2 ** 26 + (words[1] >>> 6)) * 2 ** -53;
  }
}

/** Batches as rows of their own. */
export class BatchFeed implements Feed {
  readonly size: number;
  private readonly batches: Batches;

  constructor(
    batch: Batch,
    private readonly samples: Samples,
  ) {
    this.size = batch.size;
    this.batches = new Batches(batch, samples.m);
  }

  rows(k: number): Rows {
    const { x, y } = this.samples;
    const { c, d } = shapeOf(this.samples);
    const rows = this.batches.sorted(k);
    return { x: picked(x, rows, d), y: picked(y, rows, c) };
  }
}

/** Residuals [m, c] times the weights [m] of their rows. */
export function weighted(r: Float64Array, weights: Float64Array, c: number): Float64Array {
  return r.map((value, at) => {
    const weight = weights[Math.floor(at / c)];
    return weight === 0 ? 0 : weight * value;
  });
}
