/** What pages of the lecture are made of. */
import { asEnglish, make } from '../shell/dom.ts';
import { say } from '../say.ts';

/** A paragraph that says first what it is. */
export function titled(title: string, text: string | Node, kind = ''): HTMLElement {
  const paragraph = make('p', kind);
  paragraph.append(make('strong', '', say('{title}: ', { title })), text);
  return paragraph;
}

/** Where a source can be read, in a tab of its own: the run here goes on. */
export function sourceLink(text: string, href: string): HTMLAnchorElement {
  return asEnglish(Object.assign(make('a', '', text), { href, target: '_blank', rel: 'noopener' }));
}
