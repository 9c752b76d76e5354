/** The buttons of a chapter's "Try", and what each run came to, beside one another. */
import { mergeConfig, type ConfigInput } from '../../core/config/config.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Page } from '../page.ts';
import { stepsLeft, type Goal } from '../run/goal.ts';
import { button, headedRow, make } from '../shell/dom.ts';
import { short, wayOfRun } from './numbers.ts';
import type { Try } from './tries.ts';
import { say } from '../say.ts';

const HEADS = [say('step'), say('loss'), say('way')];
const WAY = say('Root mean square way of the neurons from their start, over their size there');

export class Attempts {
  readonly element = make('div', 'attempts');
  private readonly table = make('table', '');
  private readonly off = new AbortController();
  private count = 0;
  /** Draws so far: the next has another seed. */
  private draws = 0;
  private pending: { readonly one: Try; readonly engine: Engine } | null = null;
  private isStopSet = false;

  constructor(
    private readonly page: Page,
    private readonly scene: ConfigInput,
    tries: readonly Try[],
  ) {
    const buttons = make('div', 'try-buttons');
    buttons.append(...tries.map((one) => button(one.label, () => page.act(() => this.run(one)))));
    buttons.setAttribute('role', 'group');
    buttons.setAttribute('aria-label', say('Try'));
    const head = make('tr', '');
    head.append(make('td', ''), ...HEADS.map((text) => make('th', '', text)));
    head.lastElementChild!.setAttribute('title', WAY);
    for (const cell of head.querySelectorAll('th')) cell.scope = 'col';
    this.table.append(make('caption', 'visually-hidden', say('What the tries came to')), head);
    this.table.hidden = true;
    this.element.append(buttons, this.table);
    page.session.events.addEventListener('state', () => page.act(() => this.look()), {
      signal: this.off.signal,
    });
  }

  /** Another chapter: what it has set is taken back. */
  end(): void {
    this.off.abort();
    this.pending = null;
    if (this.isStopSet) this.stopAt(null);
  }

  private async run(one: Try): Promise<void> {
    const { session } = this.page;
    const mine = ++this.count;
    this.pending = null;
    this.stopAt(one.stop);
    const set: ConfigInput = one.redraws
      ? mergeConfig(one.set ?? {}, { initial: { seed: ++this.draws + 1 } })
      : (one.set ?? {});
    await session.configure(one.keeps ? set : mergeConfig(this.scene, set));
    if (mine !== this.count || this.off.signal.aborted) return;
    if (one.stop === null) {
      await session.pause();
      return this.note(one);
    }
    this.pending = { one, engine: session.live! };
    await session.play();
  }

  /** The run stands: is it where the try stops? */
  private async look(): Promise<void> {
    const { pending } = this;
    const { session } = this.page;
    if (!pending || session.live !== pending.engine) return;
    if (session.state === 'error') {
      this.pending = null;
      const { step } = session.metrics(true);
      return this.lay(pending.one.label, [step.toLocaleString('en'), say('diverged'), '–']);
    }
    const outlook = { ...session.metrics(true), r2: session.r2, dt: session.config().dynamics.dt };
    if (session.state !== 'paused' || stepsLeft(pending.one.stop, outlook) > 0) return;
    this.pending = null;
    await this.note(pending.one);
  }

  private async note({ label }: Try): Promise<void> {
    const { step, loss } = this.page.session.metrics(true);
    this.lay(label, [step.toLocaleString('en'), short(loss), short(await wayOfRun(this.page.session))]);
  }

  private lay(label: string, cells: readonly string[]): void {
    this.table.hidden = false;
    this.table.append(headedRow(label, ...cells));
  }

  private stopAt(goal: Goal | null): void {
    this.page.view.stop = goal;
    this.page.session.stopAt(goal);
    this.isStopSet = goal !== null;
    this.page.linkChanged();
  }
}
