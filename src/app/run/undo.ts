/** Earlier configurations of the page: back to one, and forward again. */
import { inPlaceOf, type Config } from '../../core/config/config.ts';
import { sameJson } from '../../core/words/json.ts';
import { Serial } from '../../core/serial.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { Page } from '../page.ts';
import { say } from '../say.ts';

/** Configurations kept. */
const MOST = 100;

export class Undo {
  private past: Config[] = [];
  private future: Config[] = [];
  private present: Config | null = null;
  private going = false;
  /** A key that is pressed twice takes two changes back, one after the other. */
  private readonly queue = new Serial();

  /** `changed`: there is something to take back, or no longer. */
  constructor(
    private readonly page: Pick<Page, 'session'>,
    private readonly changed: () => void,
  ) {
    for (const event of ['replaced', 'state']) page.session.events.addEventListener(event, () => this.note());
  }

  get can(): boolean {
    return this.past.length > 0;
  }

  /** Rejects with a sentence when there is nothing to take back. */
  undo(): Promise<void> {
    return this.queue.run(() =>
      this.swap(this.past, this.future, say('Nothing to undo: no setting was changed')),
    );
  }

  /** Rejects with a sentence when nothing was undone. */
  redo(): Promise<void> {
    return this.queue.run(() =>
      this.swap(this.future, this.past, say('Nothing to do again: nothing was undone')),
    );
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
    this.changed();
  }

  /**
   * The whole configuration; one of the same preset is laid over the present one, so that a changed dt keeps θ.
   */
  private async go(config: Config): Promise<void> {
    const { session } = this.page;
    const { preset, ...rest } = config;
    const same = preset === session.config().preset;
    const below = same ? session.config() : resolveConfig(config);
    this.going = true;
    try {
      await session.configure({ ...(same ? rest : config), ...inPlaceOf(below, config) });
    } finally {
      this.going = false;
    }
  }
}
