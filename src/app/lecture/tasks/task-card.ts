/** A chapter's task on the page: looked at when the run stands, and when the person asks. */
import { capital } from '../../../core/words/sentence.ts';
import type { Page } from '../../page.ts';
import { Turns } from '../../run/turns.ts';
import { button, make } from '../../shell/dom.ts';
import { factsOf } from '../facts.ts';
import type { ChapterId } from '../ids.ts';
import { titled } from '../parts.ts';
import { taskOf } from './tasks.ts';
import { say } from '../../say.ts';

export class TaskCard {
  readonly element = make('section', 'task');
  private readonly said = make('p', '');
  private readonly off = new AbortController();
  /** Looking may cost this share of the time. */
  private readonly turns = new Turns(0.1, 500);

  constructor(
    private readonly page: Page,
    private readonly id: ChapterId,
  ) {
    const { text, hint } = taskOf(id);
    const details = make('details', '');
    details.append(make('summary', '', say('Where to begin')), make('p', '', `${capital(hint)}.`));
    this.said.setAttribute('role', 'status');
    this.element.setAttribute('aria-label', say('Build it'));
    this.element.append(
      titled(say('Build it'), text),
      button(say('Check'), () => page.act(() => this.look(true))),
      this.said,
      details,
    );
    page.session.events.addEventListener('state', () => this.glance(), { signal: this.off.signal });
  }

  /** The run stands, perhaps for a moment: steps that are asked for one by one end so, too. */
  private glance(): void {
    if (this.page.session.state !== 'paused') return;
    void this.turns
      .take(
        (work) => work(),
        () => this.look(false),
      )
      .catch(() => undefined); // of a run that is gone
  }

  end(): void {
    this.off.abort();
  }

  /** Who has not asked is told of success alone. */
  private async look(asked: boolean): Promise<void> {
    const { session } = this.page;
    if (!session.prepared || session.isLookingBack) return;
    const isDone = taskOf(this.id).isDone(await factsOf(session), session.config());
    if (this.off.signal.aborted) return;
    this.element.classList.toggle('done', isDone);
    if (isDone) this.said.textContent = say('Done: this run has it.');
    else this.said.textContent = asked ? say('Not yet: this run has it not.') : '';
  }
}
