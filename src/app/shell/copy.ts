/** Texts onto the clipboard. */
import { cut } from '../../core/words/cut.ts';
import { make } from './dom.ts';
import { say } from '../say.ts';

/** Characters that are worth copying by hand. */
const SHORT = 600;

/** The old way serves over plain http, and in frames that may not. Rejects with a sentence that has the text. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copied(text))
      throw new Error(
        say('this browser lets the page copy nothing; by hand: {text}', { text: cut(text, SHORT) }),
      );
  }
}

function copied(text: string): boolean {
  const before = document.activeElement;
  const area = make('textarea', 'visually-hidden', text);
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  (before as HTMLElement | null)?.focus();
  return done;
}
