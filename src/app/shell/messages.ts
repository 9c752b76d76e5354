/** What the page says under the cloud: its own sentence, what the run says, and why the CPU computes. */
import { sentenceOf } from '../cloud/words.ts';
import { isOfOldPage, RENEWED } from '../offline/renewed.ts';
import type { Session } from '../run/session.ts';
import { Notice, type Offer } from './notice.ts';
import { say } from '../say.ts';

/** Sentences of others, which come and go by themselves; closing the message takes them away, too. */
interface Others {
  readonly session: Pick<Session, 'notice' | 'fallback'>;
  readonly runaway: { readonly sentence: string; dismiss(): void };
}

export class Messages {
  private offers: readonly Offer[] = [];
  /** What went wrong last is said in `sentence`. */
  private refused = false;
  /** Why the CPU computes, once the person has read it. */
  private known = '';
  private readonly notice: Notice;

  /** `sentence`: the first one; `changed`: there is another, or none. */
  constructor(
    box: HTMLElement,
    private sentence: string,
    private readonly others: Others,
    private readonly changed: () => void,
  ) {
    this.notice = new Notice(box, () => this.dismiss());
  }

  tell(sentence: string, offers: readonly Offer[] = []): void {
    this.sentence = sentence;
    this.offers = offers;
    this.refused = false;
    this.changed();
  }

  /** One more sentence after what is told. */
  add(sentence: string): void {
    this.tell(this.with(sentence));
  }

  with(sentence: string): string {
    return `${this.sentence} ${sentence}`.trim();
  }

  /** Says what went wrong, unless the run does. */
  fail(error: unknown): void {
    if (isOfOldPage(error)) return this.tell(RENEWED, [{ text: say('Reload'), run: () => location.reload() }]);
    const sentence = sentenceOf(error);
    if (sentence.toLowerCase() === this.others.session.notice.toLowerCase()) return;
    this.tell(sentence);
    this.refused = true;
  }

  /** What was asked for after a refusal is done. */
  relent(): void {
    if (this.refused) this.tell('');
  }

  /** `full`: with why the CPU computes, where the page has room for it. */
  show(full: boolean): void {
    const { session, runaway } = this.others;
    const aside = session.fallback === this.known || !full ? '' : session.fallback;
    this.notice.show([this.sentence, session.notice, runaway.sentence, aside], this.offers);
  }

  private dismiss(): void {
    const { session, runaway } = this.others;
    session.notice = '';
    runaway.dismiss();
    this.known = session.fallback;
    this.tell('');
  }
}
