/** What a batch of steps took, for the pace. */
import type { Engine } from '../../../engines/engine.ts';
import type { Spent } from '../../../gpu/schedule.ts';
import { batchOf, type Batch } from './pace.ts';

export class Stopwatch {
  /** Where the engine was when the last batch was answered, and when, of a run that has played since; else null. */
  private last: { readonly step: number; readonly spent: Spent | undefined; readonly at: number } | null = null;

  constructor(private readonly now: () => number) {}

  /** The time until the next batch is not a run's. */
  restart(): void {
    this.last = null;
  }

  /** Takes steps on this engine; those that were done since the last batch, because somebody asked for them, are of this one. */
  async time(engine: Engine, advance: () => Promise<void>): Promise<Batch> {
    const started = this.now();
    const { step, spent, at } = this.last ?? { step: engine.step, spent: engine.spent, at: started };
    await advance();
    const answered = this.now();
    this.last = { step: engine.step, spent: engine.spent, at: answered };
    return batchOf(engine.step - step, spent, engine.spent, {
      elapsed: answered - started,
      since: started - at,
    });
  }
}
