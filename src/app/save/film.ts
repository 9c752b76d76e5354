/**
 * A film of the run from now on: for each picture the run goes some steps, so the film is the same on any
 * machine, however slow.
 */
import type { Page } from '../page.ts';
import type { FilmFormat } from './formats.ts';
import { openPainter, type Size } from './picture.ts';
import { say } from '../say.ts';

export interface FilmPlan extends Size {
  readonly seconds: number;
  /** Frames a second. */
  readonly rate: number;
  /** Steps of the run between two frames. */
  readonly steps: number;
  readonly axes: boolean;
  readonly format: FilmFormat;
}

/** Frames that a film may have, and pixels of each: level 6.2 of VP9, AV1 and, nearly, H.264. */
export const MOST_FRAMES = 36_000;
export const MOST_FILM_PIXELS = 35_651_584;

export const framesOf = ({ seconds, rate }: Pick<FilmPlan, 'seconds' | 'rate'>): number =>
  Math.round(seconds * rate);

/** One sentence where this browser cannot make films, else empty. */
export function filmRefusal(): string {
  if ('VideoEncoder' in globalThis) return '';
  return isSecureContext
    ? say(
        'This browser cannot make films: it has no VideoEncoder. Current versions of Chrome, Edge, Firefox and Safari on a computer have one.',
      )
    : say('Films need https:// or localhost, and this page came over plain http.');
}

/** Throws a RangeError with a sentence where the plan is not one. */
export function checkPlan({ width, height, seconds, rate, steps }: FilmPlan): void {
  if (width % 2 !== 0 || height % 2 !== 0)
    throw new RangeError(say('a film of {width} × {height} pixels: give even numbers', { width, height }));
  if (width * height > MOST_FILM_PIXELS)
    throw new RangeError(
      say(
        'a film of {width} × {height} pixels: each picture would have {pixels}, and no codec takes more than {most}: choose a smaller size',
        { width, height, pixels: width * height, most: MOST_FILM_PIXELS },
      ),
    );
  if (!(seconds > 0) || !(rate > 0))
    throw new RangeError(
      say('{seconds} seconds at {rate} frames a second: give numbers above 0', { seconds, rate }),
    );
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(say('{steps} steps a frame: give a whole number from 1', { steps }));
  const frames = framesOf({ seconds, rate });
  if (frames < 1 || frames > MOST_FRAMES)
    throw new RangeError(
      say(
        '{seconds} seconds at {rate} frames a second are {frames} frames: give at least 1 and at most {most}',
        { seconds, rate, frames, most: MOST_FRAMES },
      ),
    );
}

/**
 * Rejects when `signal` aborts, when the run is changed meanwhile, and with what stops the run itself; the run
 * is paused afterwards.
 */
export async function film(
  page: Page,
  plan: FilmPlan,
  signal: AbortSignal,
  onFrame: (frame: number) => void,
): Promise<Blob> {
  checkPlan(plan);
  const { session } = page;
  const { openEncoder } = await import('./encoder.ts');
  await session.pause();
  const { engine } = session;
  const first = session.metrics().step;
  const painter = openPainter(page, plan);
  try {
    const encoder = await openEncoder(painter.sheet, plan.format, plan.rate);
    try {
      for (let frame = 0; frame < framesOf(plan); frame++) {
        if (frame > 0) await session.step(plan.steps);
        if (session.engine !== engine || session.metrics().step !== first + frame * plan.steps)
          throw new Error(say('the run was changed while it was filmed: start the film again'));
        await painter.draw(plan.axes);
        signal.throwIfAborted();
        await encoder.add();
        onFrame(frame + 1);
      }
      return await encoder.finish();
    } catch (error) {
      await encoder.cancel();
      throw error;
    }
  } finally {
    painter.destroy();
  }
}
