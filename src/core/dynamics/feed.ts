/** What steps learn from where they do not all take the same rows: batches of finite data, or streams of fresh samples. */
import { BatchFeed, type Batch } from './batches.ts';
import type { Samples } from '../model.ts';
import { Streamed, type Stream } from './streams.ts';

/** Inputs [size, d] and targets [size, c] as engines have them. */
export interface Rows {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Feed {
  /** Rows that a step takes. */
  readonly size: number;
  /** Of the step that starts at θ_k; the same object as long as they are the same. */
  rows(k: number): Rows;
}

export interface Fed extends Samples {
  readonly batch?: Batch;
  readonly stream?: Stream;
}

/** Null where every step takes all samples. */
export function feedOf(problem: Fed): Feed | null {
  if (problem.stream) return new Streamed(problem.stream);
  return problem.batch ? new BatchFeed(problem.batch, problem) : null;
}

/** Rows that a step takes. */
export const rowsTaken = ({ batch, m }: Fed): number => batch?.size ?? m;
