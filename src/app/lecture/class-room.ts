/** A class together: what students expected and measured, collected by `npm run classroom` and by nobody else. */
import type { Page } from '../page.ts';
import { TAB } from '../links/tab-store.ts';
import { button, make } from '../shell/dom.ts';
import type { ChapterId } from './ids.ts';
import { classText, type Entry } from './class-text.ts';
import { say } from '../say.ts';

/** Addresses that `npm run classroom` tells end so. */
export const isClass = (): boolean => new URLSearchParams(location.search).has('class');

const WHO = 'who';

export class ClassRoom {
  readonly element = make('div', 'class-room');
  /** Slopes that the class expected, as far as they are shown. */
  predicted: readonly number[] = [];
  private readonly said = make('p', '');

  /** `entry`: what this student has measured, or null; `changed`: others are shown. */
  constructor(
    page: Page,
    private readonly chapter: ChapterId,
    private readonly entry: () => Entry | null,
    private readonly changed: () => void,
  ) {
    this.said.setAttribute('role', 'status');
    this.element.append(
      button(say('Send to the class'), () => page.act(() => this.send())),
      button(say('Show the class'), () => page.act(() => this.show())),
      this.said,
    );
  }

  private async send(): Promise<void> {
    const entry = this.entry();
    if (!entry) throw new Error(say('There is nothing to send yet: measure first'));
    const body = JSON.stringify({ who: this.who(), chapter: this.chapter, ...entry });
    const answer = await fetch('./tally', { method: 'POST', body });
    const { refused } = (await answer.json()) as { refused?: string };
    if (refused !== undefined) throw new Error(refused);
    this.said.textContent = say('Sent, without a name.');
  }

  private async show(): Promise<void> {
    const answer = await fetch(`./tally?chapter=${this.chapter}`);
    if (!answer.ok)
      throw new Error(say('This page does not come from npm run classroom: nobody collects slopes here'));
    const entries = (await answer.json()) as Entry[];
    this.predicted = entries.map(({ predicted }) => predicted);
    this.said.textContent = classText(entries);
    this.changed();
  }

  /** A word for this tab, so that what it sends again replaces what it sent. */
  private who(): string {
    const known = TAB.get(WHO) ?? Array.from(crypto.getRandomValues(new Uint32Array(3)), String).join('-');
    TAB.set(WHO, known);
    return known;
  }
}
