/** How many steps to take at a time: what is left of a frame when the page has drawn, never more. */
import type { Engine } from '../../../engines/engine.ts';

/** Milliseconds between two pictures of a display, if it is one of 60 a second. */
const FRAME = 1000 / 60;
/** Of these, what asking and answering take where an answer comes at once. */
const SPARE = 3.5;
/** Frames from asking for steps to their answer, at most: meanwhile others are asked for. */
const AHEAD = 2;
const FIRST = 4;
/** Steps that begin so many milliseconds later than the promptest had others' work before them. */
const UNEVEN = 1.5;
/** Others that they had before them for so long may lose their picture. */
const LATE = 5;
/** The promptest answer is forgotten by so many milliseconds a batch: a device may become slower to answer. */
const FORGOTTEN = 0.002;
/**
 * A frame that was too long gives back what it was too long by, up to so much: a plot is drawn now and then.
 */
const YIELD = 1;
/** One that was not tries for so many milliseconds more. */
const TRY = 0.1;
/**
 * Where drawing alone outlasts a frame, steps take this share of its time, more than a third of all: the picture would
 * show nothing new without them.
 */
const LEAST = 0.7;
/** Batches that tell what a step takes, and whether all begin late: hosts are not exact about when that is. */
const BATCHES = 6;
const SMOOTHING = 0.2;
/** Milliseconds over which the rate is smoothed. */
const RATE = 500;

export interface Batch {
  readonly steps: number;
  /** Milliseconds from the answer before to this one, of a run that plays. */
  readonly period: number;
  /** Of these, those that the steps took; from question to answer, where it is not known. */
  readonly busy: number;
  /** Those between the end of the steps before and the beginning of these: others' work, or nothing to do. */
  readonly apart: number;
  /** Those from question to beginning, as the host sees it; null where the device does nothing else. */
  readonly waited: number | null;
}

export class Pace {
  /** Steps of the next batch. */
  steps = 1;
  /** Steps per second, smoothed; 0 before the first. */
  rate = 0;
  /** Most steps a batch (a person may want to watch each one). */
  most = 1000;
  /** Most steps a batch that a run beside this one can follow. */
  followed = Infinity;
  /** Milliseconds of stepping in a frame. */
  private room = FIRST;
  private last: Batch[] = [];
  /** Milliseconds to an answer of a device where nobody else is: the least seen. */
  private prompt = Infinity;
  /** Milliseconds of a batch that steps did not take, smoothed. */
  private others = 0;

  restart(): void {
    this.steps = 1;
    this.rate = 0;
    this.room = FIRST;
    this.last = [];
    this.others = 0;
    this.prompt = Infinity;
  }

  /** A batch was taken: the next one is as long as the frame has room, and no more than twice as many steps. */
  note(batch: Batch): void {
    const { steps, period, apart, waited } = batch;
    if (steps <= 0) return;
    const rate = (1000 * steps) / Math.max(period, 0.05);
    this.rate += (this.rate === 0 ? 1 : 1 - Math.exp(-period / RATE)) * (rate - this.rate);
    if (waited !== null) this.prompt = Math.min(this.prompt + FORGOTTEN, waited);
    const others = waited === null ? apart : Math.max(0, Math.min(apart, waited - this.prompt));
    this.others += SMOOTHING * (others - this.others);
    this.last = [...this.last, batch].slice(-BATCHES);
    const least = waited === null || this.others > FRAME - SPARE ? LEAST * this.others : 0;
    this.room = Math.max(least, this.room + Math.max(-YIELD, this.change(this.last)));
    const fitting = Math.floor(this.room / Math.max(priceOf(this.last), 1e-6));
    this.steps = Math.max(1, Math.min(fitting, 2 * steps, this.most, this.followed));
  }

  /** The answer itself must come before the frame ends in which it is waited for. */
  private get mostRoom(): number {
    const answer = Number.isFinite(this.prompt) ? this.prompt + 2 * this.others : 0;
    return Math.min(FRAME, AHEAD * FRAME - answer) - SPARE;
  }

  /** Milliseconds more or less of stepping after these batches, all of them late or not; as in the queue they came. */
  private change(few: readonly Batch[]): number {
    const late = Math.min(...few.map(({ waited }) => waited ?? 0)) - this.prompt;
    if (few[0].waited === null || late <= UNEVEN) return Math.min(TRY, this.mostRoom - this.room);
    const length = few.reduce((sum, { busy, apart }) => sum + busy + apart, 0) / few.length;
    return -Math.max(0, length - FRAME, grows(few) ? late - LATE : 0);
  }
}

const grows = (few: readonly Batch[]): boolean => few.at(-1)!.waited! >= (few.at(-2)?.waited ?? 0);

/**
 * Milliseconds a step: the median over all steps of the batches. Clocks count a picture to one batch or to the next,
 * and nothing to one that is shorter than their ticks.
 */
function priceOf(batches: readonly Batch[]): number {
  const prices = batches
    .map(({ busy, steps }) => ({ price: busy / steps, steps }))
    .sort((p, q) => p.price - q.price);
  let left = prices.reduce((sum, { steps }) => sum + steps, 0) / 2;
  return prices.find(({ steps }) => (left -= steps) < 0)!.price;
}

/** Milliseconds from question to answer, and before them since the last answer. */
interface Taken {
  readonly elapsed: number;
  readonly since: number;
}

/** A batch by what a device tells of it; one that does not tell did nothing else, and pictures came between. */
export function batchOf(
  steps: number,
  before: Engine['spent'],
  after: Engine['spent'],
  { elapsed, since }: Taken,
): Batch {
  const period = since + elapsed;
  if (!before || !after) return { steps, period, busy: elapsed, apart: since, waited: null };
  return {
    steps,
    period,
    busy: after.busy - before.busy,
    apart: after.apart - before.apart,
    waited: after.waited - before.waited,
  };
}
