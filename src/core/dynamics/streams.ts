/**
 * Streams of fresh samples: batches of a generator's rows, each for some steps and then never again. Batch b has the
 * rows size b … size (b + 1) − 1 of the seed, so that what a step takes depends on its number alone, and a run can be
 * cut anywhere and resumed.
 */
import { DATASETS, gathered, namesIn, type Dataset, type DatasetName, type Table } from '../datasets.ts';
import type { Feed, Rows } from './feed.ts';
import { memberOf, mostRows, type Member } from '../generators/dataset.ts';
import { Draws, STREAMS } from '../random.ts';

/** How a stream is drawn from what there is. */
export interface StreamPlan {
  /** Rows in a batch. */
  readonly size: number;
  /** Consecutive steps that take the same. */
  readonly reuse: number;
  /** Deviation of what is added to y, beside the source's noise. */
  readonly labelNoise: number;
}

export const completeStream = (given: Pick<StreamPlan, 'size'> & Partial<StreamPlan>): StreamPlan => ({
  reuse: 1,
  labelNoise: 0,
  ...given,
});

/** A member of a generator's family, whose rows never end. */
export interface Source extends Partial<Member> {
  readonly dataset: DatasetName;
  readonly seed: number;
  /** Deviation added to y of every sample. */
  readonly noise: number;
}

export interface Stream extends StreamPlan {
  readonly source: Source;
  /** A coordinate 1 is appended to x. */
  readonly bias: boolean;
  /** n^(−a0), by which x is multiplied. */
  readonly inner: number;
}

/** One clause where a member has no fresh samples without end, else null. */
export function finiteness(name: DatasetName, given: Partial<Member>): string | null {
  const dataset: Dataset = DATASETS[name];
  if (dataset.spread) return `the rows of ${name} are spread evenly over their number, none is the next`;
  const most = mostRows(dataset, memberOf(dataset, given));
  return Number.isFinite(most) ? `${name} has ${most} rows here` : null;
}

/** The first of the rows that are held out: no stream comes so far. */
const HELD = 2 ** 52;

/** Rows of a source by their numbers; the seed `drawn` has rows of its own, of the same teacher. */
function rowsOf(source: Source, drawn: number): (first: number, count: number) => Pick<Table, 'x' | 'y'> {
  const dataset: Dataset = DATASETS[source.dataset];
  const member = memberOf(dataset, source);
  const row = dataset.rows(Infinity, source.seed, member, drawn);
  const draws = new Draws(drawn, STREAMS.data);
  return (first, count) => gathered(count, member, row, source.noise, draws, first);
}

/** `count` rows that no step takes. */
export const heldOut = (source: Source, count: number, drawn: number): Pick<Table, 'x' | 'y'> =>
  rowsOf(source, drawn)(HELD, count);

/** The batch of step 0 as a person would tabulate it. */
export function firstBatch(stream: Stream): Table {
  const dataset: Dataset = DATASETS[stream.source.dataset];
  return { ...namesIn(dataset, memberOf(dataset, stream.source)), ...new Streamed(stream).batch(0) };
}

export class Streamed implements Feed {
  readonly size: number;
  private readonly read: ReturnType<typeof rowsOf>;
  private readonly labels: Draws;
  /** Of the batch that was asked for last. */
  private last: { readonly number: number; readonly rows: Rows } | null = null;

  constructor(private readonly stream: Stream) {
    const { source, size } = stream;
    this.size = size;
    this.read = rowsOf(source, source.seed);
    this.labels = new Draws(source.seed, STREAMS.labelNoise);
  }

  /** Which batch the step that starts at θ_k takes. */
  number(k: number): number {
    return Math.floor(k / this.stream.reuse);
  }

  rows(k: number): Rows {
    const number = this.number(k);
    if (this.last?.number !== number) this.last = { number, rows: this.encoded(this.batch(number)) };
    return this.last.rows;
  }

  /** Rows as they were drawn. */
  batch(number: number): Pick<Table, 'x' | 'y'> {
    const { size, labelNoise } = this.stream;
    const first = number * size;
    const { x, y } = this.read(first, size);
    if (labelNoise === 0) return { x, y };
    return {
      x,
      y: y.map((value, i) => (this.labels.seek(first + i), value + labelNoise * this.labels.normal())),
    };
  }

  /** Inputs as engines have them: the bias appended, times n^(−a0). */
  private encoded({ x: raw, y }: Pick<Table, 'x' | 'y'>): Rows {
    const { bias, inner } = this.stream;
    const k = raw.length / this.size;
    const d = k + (bias ? 1 : 0);
    const x = new Float64Array(this.size * d).fill(inner);
    for (let at = 0; at < raw.length; at++) x[Math.floor(at / k) * d + (at % k)] = inner * raw[at];
    return { x, y };
  }
}
