/** What pages of the lecture are made of. */
import { make } from '../shell/dom.ts';

/** A paragraph that says first what it is; its class is that word. */
export function titled(title: string, text: string): HTMLElement {
  const paragraph = make('p', title.toLowerCase());
  paragraph.append(make('strong', '', `${title}: `), text);
  return paragraph;
}

/** Where a source can be read, in a tab of its own: the run here goes on. */
export function sourceLink(text: string, href: string): HTMLAnchorElement {
  return Object.assign(make('a', '', text), { href, target: '_blank', rel: 'noopener' });
}
