/** A law of one line as people read it: raised and lowered parts, and what it rests on apart. */

export interface Part {
  readonly text: string;
  readonly place: 'line' | 'sup' | 'sub';
}

const PLACES = { '^': 'sup', _: 'sub' } as const;
/** Letters, digits and signs that are raised or lowered without brackets. */
const WORD = /^[\p{L}\p{N}\p{M}⊗∞]+/u;
const PLACE_IN_MODEL = /docs\/model\.md, ([^;)]*)(?:; )?/g;

/** n^(−1/2) is n with −1/2 raised; the brackets of ρ^(n) are its own. */
export function partsOf(law: string): Part[] {
  const parts: Part[] = [];
  let line = '';
  for (let at = 0; at < law.length;) {
    const length = at > 0 && law[at] in PLACES ? lengthOf(law.slice(at + 1)) : 0;
    if (length === 0) {
      line += law[at++];
      continue;
    }
    const script = law.slice(at + 1, at + 1 + length);
    const isBracketed = script.startsWith('(') && script !== '(n)';
    parts.push(
      { text: line, place: 'line' },
      { text: isBracketed ? script.slice(1, -1) : script, place: PLACES[law[at] as keyof typeof PLACES] },
    );
    line = '';
    at += 1 + length;
  }
  return [...parts, { text: line, place: 'line' as const }].filter(({ text }) => text !== '');
}

/** Characters of what stands raised or lowered at the start of `text`: a word, a bracket, or both. */
function lengthOf(text: string): number {
  const word = WORD.exec(text)?.[0].length ?? 0;
  const isCall = text[word] === '(' && (word === 0 || text.startsWith('max'));
  if (!isCall) return word;
  let depth = 0;
  for (let at = word; at < text.length; at++) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    if (depth === 0) return at + 1;
  }
  return 0;
}

/** The law itself; and where docs/model.md derives it, '' where it does not say. */
export function cited(law: string): { readonly law: string; readonly place: string } {
  const places = [...law.matchAll(PLACE_IN_MODEL)].map(([, place]) => place);
  return { law: law.replace(PLACE_IN_MODEL, '').replace(/ \(\)/g, ''), place: places.join(' and ') };
}
