/**
 * Stepping beside drawing on a display of 60 Hz, by a model of both: a queue that works in order, and a page
 * that is given a frame when no more than one picture is behind.
 */
import { describe, expect, it } from 'vitest';
import { Pace, type Batch } from '../../src/app/run/pace.ts';

const FRAME = 1000 / 60;
/** Milliseconds from the end of work to its answer. */
const ANSWER = 1;
/** Of a frame, what the page asks for without drawing. */
const MOST = 13;

interface Machine {
  /** Milliseconds a step and a picture. */
  readonly step: number;
  readonly draw: number;
}

interface Seen {
  /** Share of the display's frames in which a new picture was asked for. */
  readonly drawn: number;
  /** Milliseconds of stepping in a picture's time, and their share of all time. */
  readonly stepping: number;
  readonly share: number;
  readonly steps: readonly number[];
}

/** What became of the last of so many frames. */
function play({ step, draw }: Machine, pace: Pick<Pace, 'steps' | 'note'>, frames = 3000, last = 1000): Seen {
  const pictures: number[] = [];
  const steps: number[] = [];
  let free = 0;
  let answer: { at: number; batch: Batch } | null = null;
  let moved = false;
  let drawn = 0;
  let stepping = 0;
  for (let k = 0; k < frames; k++) {
    const now = k * FRAME;
    const counts = k >= frames - last;
    if (pictures.filter((done) => done > now).length > 1) continue;
    if (answer && answer.at <= now) {
      pace.note(answer.batch);
      [answer, moved] = [null, true];
    }
    if (!answer) {
      const begun = Math.max(now, free);
      const busy = pace.steps * step;
      free = begun + busy;
      answer = {
        at: free + ANSWER,
        batch: { steps: pace.steps, busy, waited: begun - now, elapsed: free + ANSWER - now },
      };
      steps.push(pace.steps);
      if (counts) stepping += busy;
    }
    if (!moved) continue;
    moved = false;
    free = Math.max(now, free) + draw;
    pictures.push(free);
    if (counts) drawn++;
  }
  return {
    drawn: drawn / last,
    stepping: stepping / Math.max(1, drawn),
    share: stepping / (last * FRAME),
    steps,
  };
}

describe.each([0.02, 0.3, 2])('steps of %f ms', (step) => {
  it.each([0.5, 3, 6, 9, 12])(
    'beside pictures of %f ms take what is left of the frame, and nearly all of it',
    (draw) => {
      const { drawn, stepping } = play({ step, draw }, new Pace());
      expect(drawn).toBeGreaterThan(0.97);
      expect(stepping).toBeLessThanOrEqual(Math.min(MOST, FRAME - draw) + 0.3);
      // whole steps, and no more in the first second of a try
      expect(stepping).toBeGreaterThan(0.75 * Math.min(MOST, FRAME - draw) - step);
    },
  );
});

it('the model tells: as many steps whatever the picture costs lose pictures', () => {
  expect(play({ step: 1, draw: 9 }, { steps: 13, note: () => undefined }).drawn).toBeLessThan(0.8);
});

it.each([30, 100])(
  'where a picture of %f ms alone outlasts the frame, steps have about a quarter of the time',
  (draw) => {
    const { share } = play({ step: 0.1, draw }, new Pace());
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  },
);

it('a step that outlasts the frame is taken alone', () => {
  const { steps } = play({ step: 40, draw: 3 }, new Pace());
  expect(Math.max(...steps)).toBe(1);
});

it('batches grow at most twofold, and begin with one step; a limit holds', () => {
  const pace = new Pace();
  const { steps } = play({ step: 1e-4, draw: 1 }, pace);
  expect(steps[0]).toBe(1);
  expect(steps.every((count, i) => i === 0 || count <= 2 * steps[i - 1])).toBe(true);
  expect(Math.max(...steps)).toBe(1000);
  pace.most = 5;
  expect(Math.max(...play({ step: 1e-4, draw: 1 }, pace).steps.slice(1))).toBe(5);
});

it('pictures that become dearer are made room for within half a second', () => {
  const pace = new Pace();
  play({ step: 0.1, draw: 1 }, pace);
  const { drawn } = play({ step: 0.1, draw: 10 }, pace, 130, 100);
  expect(drawn).toBeGreaterThan(0.97);
});
