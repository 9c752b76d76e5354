/** What a batch of steps took, for the pace. */
import type { Engine } from '../../../engines/engine.ts';
import { batchOf, type Batch } from './pace.ts';

export class Stopwatch {
  /** When the last batch was answered, of a run that has played since; else null. */
  private answered: number | null = null;

  constructor(private readonly now: () => number) {}

  /** The time until the next batch is not a run's. */
  restart(): void {
    this.answered = null;
  }

  /** Takes steps on this engine. */
  async time(engine: Engine, advance: () => Promise<void>): Promise<Batch> {
    const { step, spent } = engine;
    const started = this.now();
    const since = started - (this.answered ?? started);
    await advance();
    this.answered = this.now();
    return batchOf(engine.step - step, spent, engine.spent, { elapsed: this.answered - started, since });
  }
}
