/** A link's parts, one by one: what mail, chats and people have made of some must not cost the others. */

import { cut } from '../../core/words/cut.ts';
import { visible } from '../../core/words/line.ts';
import { say } from '../say.ts';

/** `name=value`, decoded. */
export type Part = readonly [name: string, text: string];

/** A part that could not be used, and why: one sentence without its full stop. */
export interface Refused {
  readonly part: Part;
  readonly why: string;
}

/** What those who pass links on put in, and nobody misses. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|source)$/;
/** An & that was written as HTML. */
const ENTITY = /^(?:amp;)+/;

export const partsOf = (text: string): Part[] =>
  [...new URLSearchParams(text)]
    .map(([name, value]): Part => [name.replace(ENTITY, ''), value])
    .filter(([name, value]) => !TRACKING.test(name) && (name !== '' || value !== ''));

/**
 * As many of the parts as go together, in their order, and the others. `fault` says in a sentence why some do not go
 * together, or null: parts that fit only beside later ones are tried again when those are in.
 */
export function goingTogether(
  parts: readonly Part[],
  fault: (some: readonly Part[]) => string | null,
): { kept: readonly Part[]; refused: readonly Refused[] } {
  if (fault(parts) === null) return { kept: parts, refused: [] };
  let kept: readonly Part[] = [];
  let refused: readonly Refused[] = [];
  let [left, before] = [parts, Infinity];
  while (left.length > 0 && left.length < before) {
    before = left.length;
    refused = [];
    for (const part of left) {
      const more = parts.filter((one) => one === part || kept.includes(one));
      const why = fault(more);
      if (why === null) kept = more;
      else refused = [...refused, { part, why }];
    }
    left = refused.map(({ part }) => part);
  }
  return { kept, refused };
}

/** What could not be used of a link, in one sentence; empty where all was. */
export function sentenceOf(refused: readonly Refused[]): string {
  if (refused.length === 0) return '';
  const named = ({ part: [name, text] }: Refused): string =>
    [name, ...(text === '' ? [] : [text])].map((word) => cut(word, LONGEST)).join(' = ');
  const shown = refused.slice(0, SHOWN).map(named).join(', ');
  const more = refused.length > SHOWN ? say(' and {count} more', { count: refused.length - SHOWN }) : '';
  return visible(
    say('Of the link, {shown}{more} could not be used: {why}.', {
      shown,
      more,
      why: cut(refused[0].why, LONGEST_REASON),
    }),
  );
}

const SHOWN = 3;
const LONGEST = 40;
const LONGEST_REASON = 400;
