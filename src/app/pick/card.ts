/** The card over the cloud that says what a picked neuron is. */
import { button, make } from '../shell/dom.ts';
import './pick.css';
import { say } from '../say.ts';

export interface Told {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly notes: readonly string[];
  /** It stays until it is closed. */
  readonly isHeld: boolean;
  /** The pointer is in the right half: the card stands at the left. */
  readonly isLeft: boolean;
}

export class Card {
  private readonly element = make('div', 'pick');
  private readonly title = make('strong', '');
  private readonly facts = make('dl', '');
  private readonly notes = make('p', '');
  private readonly spoken = make('div', 'visually-hidden');
  private readonly close: HTMLButtonElement;

  constructor(host: HTMLElement, close: () => void) {
    this.close = button('×', close);
    this.close.setAttribute('aria-label', say('Let the neuron go'));
    this.spoken.setAttribute('role', 'status');
    this.element.id = 'pick';
    this.element.hidden = true;
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', say('The picked neuron'));
    const head = make('div', 'pick-head');
    head.append(this.title, this.close);
    this.element.append(head, this.facts, this.notes);
    host.append(this.element, this.spoken);
  }

  show(told: Told | null): void {
    this.element.hidden = told === null;
    if (!told) return;
    const { title, facts, notes, isHeld, isLeft } = told;
    this.element.classList.toggle('left', isLeft);
    this.close.hidden = !isHeld;
    this.title.textContent = title;
    this.facts.replaceChildren(
      ...facts.flatMap(([name, value]) => [make('dt', '', name), make('dd', '', value)]),
    );
    this.notes.textContent = notes.filter(Boolean).join(' ');
  }

  /** To those who hear the page; the same again is not said. */
  say(sentence: string): void {
    if (this.spoken.textContent !== sentence) this.spoken.textContent = sentence;
  }
}
