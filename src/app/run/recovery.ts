/**
 * A run whose graphics device is lost goes on with a new one: the same draw and the same steps give the same θ.
 * A try ends with whatever takes the device away once more: no adapter, no device, a loss while it is opened or
 * computes. Tries are few; then the CPU computes.
 */
import { DeviceLostError, isCpu, type Engine } from '../../engines/engine.ts';
import { UnavailableError } from '../../engines/select.ts';
import type { Opener, Running } from './opening.ts';

/** At most so many tries within so many milliseconds. */
const TRIES = 3;
const WITHIN = 60_000;
/** Milliseconds after which a browser that has no adapter may have one again: its GPU process starts anew. */
const RESTART = 1000;
const WHY = `the graphics device was lost, and ${TRIES} tries within a minute to go on with it did not last`;

export class Recovery {
  /** When the last tries began. */
  private tries: number[] = [];

  constructor(private readonly opener: Pick<Opener, 'reopen'>) {}

  /** `repeat` takes over what is opened, and brings it to where the run was. */
  async run(lost: Running, repeat: (again: Running) => Promise<void>): Promise<void> {
    while (this.mayTry()) {
      try {
        return await repeat(await this.opener.reopen(lost, lost.engine.info.name));
      } catch (error) {
        if (error instanceof UnavailableError) await new Promise((done) => setTimeout(done, RESTART));
        else if (!(error instanceof DeviceLostError)) throw error;
      }
    }
    await repeat({ ...(await this.opener.reopen(lost, 'cpu')), why: WHY });
  }

  private mayTry(): boolean {
    const now = performance.now();
    this.tries = this.tries.filter((begun) => now - begun < WITHIN);
    return this.tries.length < TRIES && this.tries.push(now) > 0;
  }
}

/** The same steps again. A CPU may take long over those of a GPU: there, whoever pauses ends them. */
export async function repeated(
  engine: Engine,
  stretches: readonly { readonly dt: number; readonly steps: number }[],
  signal: AbortSignal,
): Promise<void> {
  for (const { dt, steps } of stretches) {
    engine.setStepSize(dt);
    await engine.advance(steps, isCpu(engine.info.name) ? { signal } : {});
  }
}
