/** What a word that is not known may have meant. */
import { distance } from 'fastest-levenshtein';

/** Share of its letters that may be wrong in a slip; beyond it a guess is far-fetched. */
const SLIP = 0.4;

/** The known word that a slip may have missed, else null. */
export function nearest(word: string, known: readonly string[]): string | null {
  const given = word.toLowerCase();
  const far = (name: string): number => distance(given, name.toLowerCase());
  let [first, least]: [string | null, number] = [null, Infinity];
  for (const name of known) if (far(name) < least) [first, least] = [name, far(name)];
  const begins = given.length > 2 && first?.toLowerCase().startsWith(given);
  return begins || least <= Math.max(1, Math.floor(SLIP * given.length)) ? first : null;
}

/** A guess as a question, else `otherwise`, else what is known. */
export function hint(
  word: string,
  known: readonly string[],
  otherwise = `give one of ${known.join(', ')}`,
): string {
  const near = nearest(word, known);
  return near === null ? otherwise : `did you mean "${near}"?`;
}
