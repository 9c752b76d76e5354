/** The timeline over the foot of the cloud: a range over the kept moments, and what is said of them. */
import { button, make } from '../shell/dom.ts';
import type { Moment } from './moments.ts';
import './timeline.css';
import { say } from '../say.ts';

export interface Mark {
  readonly step: number;
  readonly t: number;
  readonly loss: number;
}

/** What a person does with it. */
export interface Wishes {
  /** A kept moment by its place; null: the run as it is now. */
  show(index: number | null): void;
  copyLink(): void;
  /** A picture of the cloud as it stands, to compare. */
  pin(): void;
}

export class Bar {
  private readonly element = make('div', 'timeline');
  private readonly range = make('input', '');
  private readonly text = make('output', '');
  private readonly now: HTMLButtonElement;
  private readonly link: HTMLButtonElement;
  private readonly moments = make('div', 'moments');

  constructor(host: HTMLElement, wishes: Wishes) {
    Object.assign(this.range, { type: 'range', min: '0', step: '1', id: 'timeline-range' });
    this.range.setAttribute('aria-label', say('Look back'));
    this.range.addEventListener('input', () => {
      const place = Number(this.range.value);
      wishes.show(place === Number(this.range.max) ? null : place);
    });
    this.now = button(say('Now'), () => wishes.show(null));
    this.link = button(say('Link'), () => wishes.copyLink());
    this.link.title = say('Copy a link that runs to this moment and stops there');
    this.moments.setAttribute('role', 'group');
    this.moments.setAttribute('aria-label', say('Moments of this run'));
    this.moments.addEventListener('click', ({ target }) => {
      const { index } = (target as HTMLElement).dataset;
      if (index !== undefined) wishes.show(Number(index));
    });
    const row = make('div', 'timeline-row');
    const pin = button(say('Pin'), () => wishes.pin());
    pin.title = say('Keep a picture of the cloud below the figures, to compare');
    row.append(this.range, this.text, this.now, this.link, pin);
    this.element.id = 'timeline';
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', say('Timeline'));
    this.element.append(this.moments, row);
    this.element.hidden = true;
    host.append(this.element);
  }

  /** `index`: which of the marks is shown; null: the last place, which is the run itself. */
  show(marks: readonly Mark[], index: number | null, now: Mark): void {
    this.element.hidden = marks.length < 2;
    this.range.max = String(marks.length);
    this.range.value = String(index ?? marks.length);
    const { step, t, loss } = index === null ? now : marks[index];
    const said = say('step {step}, t = {t}, loss {loss}', {
      step: step.toLocaleString('en'),
      t: t.toPrecision(3),
      loss: loss.toPrecision(3),
    });
    const text = index === null ? say('now: {said}', { said }) : said;
    this.range.setAttribute('aria-valuetext', text);
    this.text.textContent = index === null ? '' : said;
    this.now.hidden = index === null;
    this.link.hidden = index === null || step === 0; // a run does not stop where it begins
  }

  /** Buttons for moments; without any they are gone. */
  name(moments: readonly Moment[]): void {
    this.moments.hidden = moments.length === 0;
    this.moments.replaceChildren(
      ...moments.map(({ index, step, name }) => {
        const item = button(name, () => undefined);
        item.dataset.index = String(index);
        item.title = say('step {step}', { step: step.toLocaleString('en') });
        return item;
      }),
    );
  }
}
