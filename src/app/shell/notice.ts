/** The message under the cloud: sentences, and what one can do about them. */
import { button } from './dom.ts';

/** A button beside a message. */
export interface Offer {
  readonly text: string;
  readonly run: () => void;
}

export class Notice {
  private readonly text: HTMLElement;
  private said = '';
  private offers: readonly Offer[] = [];
  private buttons: readonly HTMLButtonElement[] = [];

  constructor(
    private readonly box: HTMLElement,
    dismiss: () => void,
  ) {
    this.text = box.querySelector('#notice-text')!;
    box.querySelector('#dismiss')!.addEventListener('click', dismiss);
  }

  /** Empty sentences are left out; without any the message goes away. */
  show(sentences: readonly string[], offers: readonly Offer[]): void {
    const text = sentences.filter((sentence) => sentence !== '').join(' ');
    if (this.said !== text) this.text.textContent = this.said = text; // else a screen reader says it again
    this.box.hidden = text === '';
    if (offers === this.offers) return;
    this.offers = offers;
    for (const old of this.buttons) old.remove();
    this.buttons = offers.map((offer) => button(offer.text, offer.run));
    this.text.after(...this.buttons);
  }
}
