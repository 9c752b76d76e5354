/** Earlier configurations of the page: back to one, and forward again. */
import type { Config } from '../../core/config/config.ts';
import { sameJson } from '../../core/json.ts';
import { Serial } from '../../core/serial.ts';
import type { Page } from '../page.ts';

/** Configurations kept. */
const MOST = 100;

export class Undo {
  private past: Config[] = [];
  private future: Config[] = [];
  private present: Config | null = null;
  private going = false;
  /** A key that is pressed twice takes two changes back, one after the other. */
  private readonly queue = new Serial();

  constructor(private readonly page: Pick<Page, 'session'>) {
    for (const event of ['replaced', 'state']) page.session.events.addEventListener(event, () => this.note());
  }

  /** Rejects with a sentence when there is nothing to take back. */
  undo(): Promise<void> {
    return this.queue.run(() => this.swap(this.past, this.future, 'Nothing to undo: no setting was changed'));
  }

  /** Rejects with a sentence when nothing was undone. */
  redo(): Promise<void> {
    return this.queue.run(() => this.swap(this.future, this.past, 'Nothing to do again: nothing was undone'));
  }

  /** The last of `from` becomes the present, which goes to `to`. */
  private async swap(from: Config[], to: Config[], none: string): Promise<void> {
    const entry = from.at(-1);
    const { present } = this;
    if (!entry || !present) throw new Error(none);
    await this.go(entry);
    from.pop();
    to.push(present);
    this.settle();
  }

  /** The page's configuration has perhaps changed. */
  private note(): void {
    const { session } = this.page;
    if (this.going || !session.prepared || sameJson(session.config(), this.present)) return;
    if (this.present) this.past = [...this.past, this.present].slice(-MOST);
    this.future = [];
    this.settle();
  }

  private settle(): void {
    this.present = this.page.session.config();
  }

  /**
   * The whole configuration; one of the same preset is laid over the present one, so that a changed dt keeps θ.
   */
  private async go(config: Config): Promise<void> {
    const { session } = this.page;
    const { preset, ...rest } = config;
    this.going = true;
    try {
      await session.configure(preset === session.config().preset ? rest : config);
    } finally {
      this.going = false;
    }
  }
}
