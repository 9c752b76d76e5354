/**
 * A run whose engine is gone goes on with a new one: the same draw and the same steps give the same θ. A try ends with
 * whatever takes the device away once more: no adapter, no device, a loss while it is opened or computes. Tries are few;
 * then the CPU computes, and at last this thread alone.
 */
import { DeviceLostError } from '../../engines/engine.ts';
import { UnavailableError } from '../../engines/select.ts';
import type { Way } from './opening.ts';
import { say } from '../say.ts';

/** At most so many tries within so many milliseconds. */
const TRIES = 3;
const WITHIN = 60_000;
/** Milliseconds after which a browser that has no adapter may have one again: its GPU process starts anew. */
const RESTART = 1000;

/** What is said where another one has taken over. */
export const RECOVERED = {
  GPU: say('The graphics device was lost; the run was computed again up to here.'),
  thread: say('A worker stopped; the run was computed again up to here.'),
};

export class Recovery {
  /** When the last tries began. */
  private tries: number[] = [];

  /**
   * Does what `open` says, again where what computes is lost. `gone`: how it was lost before, in that way. Rejects with
   * what is no loss.
   */
  async through<T>(
    open: (way: Way) => Promise<T>,
    gone: DeviceLostError | null = null,
    first: Way = {},
  ): Promise<T> {
    let [way, lost] = [first, gone];
    for (;;) {
      if (lost) way = this.after(lost, way);
      try {
        return await open(way);
      } catch (error) {
        if (error instanceof DeviceLostError) lost = error;
        else if (lost && error instanceof UnavailableError && way.engine === 'webgpu')
          await new Promise((done) => setTimeout(done, RESTART));
        else throw error;
      }
    }
  }

  private after({ of, hung, message }: DeviceLostError, way: Way): Way {
    if (!hung && this.mayTry()) return way;
    const tries = say('{count} tries within a minute to go on', { count: TRIES });
    if (of === 'thread')
      return { ...way, threads: false, why: say('its workers stopped, and {tries} did not last', { tries }) };
    return {
      engine: 'cpu',
      why: hung ? message : say('the graphics device was lost, and {tries} with it did not last', { tries }),
    };
  }

  private mayTry(): boolean {
    const now = performance.now();
    this.tries = this.tries.filter((begun) => now - begun < WITHIN);
    return this.tries.length < TRIES && this.tries.push(now) > 0;
  }
}
