/** How many steps to take at a time: what is left of a frame when the page has drawn, never more. */

/** Milliseconds of a frame that steps may take when drawing takes next to none: of 60 a second, less what asking and answering take. */
const MOST = 13;
const FIRST = 4;
/** Milliseconds that an answer may take though nobody else is at the device. */
const ANSWER = 1.5;
/** A frame that was too long gives back what it was too long by, up to so much: a plot is drawn now and then. */
const YIELD = 1;
/** One that was not tries for so many milliseconds more. */
const TRY = 0.1;
/** Where drawing alone outlasts a frame, steps take this share of its time: the picture would show nothing new without them. */
const LEAST = 1 / 3;
/** A batch counts this much for every later one. */
const FADE = 0.8;
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
  /** Milliseconds of stepping in a frame. */
  private room = FIRST;
  private seen = { steps: 0, milliseconds: 0 };
  /** Of the last batch. */
  private waited = 0;

  restart(): void {
    this.steps = 1;
    this.rate = 0;
    this.room = FIRST;
    this.seen = { steps: 0, milliseconds: 0 };
  }

  /** A batch was taken: the next one is as long as the frame has room, and no more than twice as many steps. */
  note({ steps, elapsed, busy, waited }: Batch): void {
    if (steps <= 0) return;
    const rate = (1000 * steps) / Math.max(elapsed, 0.05);
    this.rate = this.rate === 0 ? rate : this.rate + SMOOTHING * (rate - this.rate);
    this.room = Math.max(LEAST * Math.min(waited, this.waited), this.room + this.changeOf(waited - ANSWER, waited >= this.waited), Math.min(this.room, TRY));
    this.waited = waited;
    this.seen = { steps: FADE * this.seen.steps + steps, milliseconds: FADE * this.seen.milliseconds + busy };
    const fitting = Math.floor((this.room * this.seen.steps) / Math.max(this.seen.milliseconds, 0.05));
    this.steps = Math.max(1, Math.min(fitting, 2 * this.steps, this.most));
  }

  /** Milliseconds more or less of stepping after a frame that was so late; while a queue grows shorter, neither. */
  private changeOf(late: number, grows: boolean): number {
    if (late > 0) return grows ? -Math.min(YIELD, late) : 0;
    return Math.min(TRY, MOST - this.room);
  }
}
