/** What index.html says, in the language of its reader: before the page's scripts build on it. */
import { sayText } from '../../words/say.ts';

/** What elements say in attributes: the head’s sentence for search engines, too. */
const ATTRIBUTES = [
  ['[aria-label]', 'aria-label'],
  ['meta[name=description]', 'content'],
] as const;

export function translateDocument(root: Document, language: string): void {
  root.documentElement.lang = language;
  const walker = root.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue!.replace(/\s+/g, ' ').trim();
    if (text !== '' && sayText(text) !== text) node.nodeValue = sayText(text);
  }
  for (const [places, name] of ATTRIBUTES)
    for (const element of root.querySelectorAll(places))
      element.setAttribute(name, sayText(element.getAttribute(name)!));
}
