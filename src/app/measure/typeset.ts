/** A law of one line as it is set on paper. */
import { partsOf } from '../../core/words/law.ts';
import { make } from '../shell/dom.ts';

export function typeset(law: string, tag: 'em' | 'span' = 'em'): HTMLElement {
  const line = make(tag, '');
  line.append(...partsOf(law).map(({ text, place }) => (place === 'line' ? text : make(place, '', text))));
  return line;
}
