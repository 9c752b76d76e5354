/** How many steps to take at a time: what is left of a frame when the page has drawn, never more. */
import type { Engine } from '../../engines/engine.ts';

/**
 * Milliseconds of a frame that steps may take when drawing takes next to none: of 60 a second, less what asking
 * and answering take.
 */
const MOST = 13;
const FIRST = 4;
/** Milliseconds that an answer may take though nobody else is at the device. */
const ANSWER = 1.5;
/**
 * A frame that was too long gives back what it was too long by, up to so much: a plot is drawn now and then.
 */
const YIELD = 1;
/** One that was not tries for so many milliseconds more. */
const TRY = 0.1;
/**
 * Where drawing alone outlasts a frame, steps take this share of its time: the picture would show nothing new
 * without them.
 */
const LEAST = 1 / 3;
/** Batches whose median tells what a step takes: clocks count a picture to one batch or to the next. */
const BATCHES = 5;
const SMOOTHING = 0.2;

export interface Batch {
  readonly steps: number;
  /** Milliseconds from question to answer. */
  readonly elapsed: number;
  /** Of these, those that the steps took; all, where it is not known. */
  readonly busy: number;
  /** And those that they waited for the drawing of the frame before. */
  readonly waited: number;
}

export class Pace {
  /** Steps of the next batch. */
  steps = 1;
  /** Steps per second while stepping, smoothed; 0 before the first. */
  rate = 0;
  /** Most steps a batch (a person may want to watch each one). */
  most = 1000;
  /** Most steps a batch that a run beside this one can follow. */
  followed = Infinity;
  /** Milliseconds of stepping in a frame. */
  private room = FIRST;
  /** Milliseconds a step, of the last batches. */
  private prices: number[] = [];
  /** Of the last batch. */
  private waited = 0;
  /** Milliseconds of a batch that steps did not take, smoothed. */
  private others = 0;

  restart(): void {
    this.steps = 1;
    this.rate = 0;
    this.room = FIRST;
    this.prices = [];
    this.waited = this.others = 0;
  }

  /** A batch was taken: the next one is as long as the frame has room, and no more than twice as many steps. */
  note({ steps, elapsed, busy, waited }: Batch): void {
    if (steps <= 0) return;
    const rate = (1000 * steps) / Math.max(elapsed, 0.05);
    this.rate = this.rate === 0 ? rate : this.rate + SMOOTHING * (rate - this.rate);
    this.others += SMOOTHING * (elapsed - busy - this.others);
    this.room = Math.max(
      LEAST * this.others,
      this.room + this.changeOf(waited - ANSWER, waited >= this.waited),
    );
    this.waited = waited;
    this.prices = [...this.prices, busy / steps].slice(-BATCHES);
    const fitting = Math.floor(this.room / Math.max(median(this.prices), 1e-6));
    this.steps = Math.max(1, Math.min(fitting, 2 * this.steps, this.most, this.followed));
  }

  /**
   * Milliseconds more or less of stepping after a frame that was so late; while a queue grows shorter, neither.
   */
  private changeOf(late: number, grows: boolean): number {
    if (late > 0) return grows ? -Math.min(YIELD, late) : 0;
    return Math.min(TRY, MOST - this.room);
  }
}

const median = (values: readonly number[]): number => [...values].sort((p, q) => p - q)[values.length >> 1];

/** What a device did meanwhile; one that does not say did nothing else. */
export const spentSince = (
  before: Engine['spent'],
  after: Engine['spent'],
  elapsed: number,
): Pick<Batch, 'busy' | 'waited'> =>
  before && after
    ? { busy: after.busy - before.busy, waited: after.waited - before.waited }
    : { busy: elapsed, waited: 0 };
