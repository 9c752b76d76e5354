/**
 * A mark that a tab leaves while it runs and takes away when it is left: who finds it at the start knows that the tab
 * ended under that many neurons.
 */
import type { ConfigInput } from '../../core/config/config.ts';
import type { TabStore } from '../links/tab-store.ts';
import { say } from '../say.ts';

const NAME = 'neurons';
/** So many times fewer neurons are taken, but no fewer than that. */
const FEWER = 4;
const FEWEST = 1024;

export class Mark {
  private n: number | null = null;

  constructor(private readonly tab: TabStore) {}

  /** So many neurons run from now on. */
  set(n: number): void {
    this.n = n;
    this.tab.set(NAME, String(n));
  }

  /** The tab is left, or hidden, when a system may end it; or it is back. */
  show(present: boolean): void {
    this.tab.set(NAME, present && this.n !== null ? String(this.n) : null);
  }

  /** What is asked for or, where the tab ended under so many neurons, the same with fewer; and a sentence, or none. */
  cautious(input: ConfigInput): { readonly input: ConfigInput; readonly sentence: string } {
    const ended = Number(this.tab.get(NAME) ?? NaN);
    this.tab.set(NAME, null);
    const width = Math.max(FEWEST, Math.floor(ended / FEWER));
    if (!(ended > FEWEST) || (input.model?.width ?? Infinity) <= width) return { input, sentence: '' };
    const [was, now] = [ended, width].map((n) => n.toLocaleString('en'));
    return {
      input: { ...input, model: { ...input.model, width } },
      sentence: say(
        'This tab ended while it ran {was} neurons: it takes {now} now, and the settings take more.',
        { was, now },
      ),
    };
  }
}
