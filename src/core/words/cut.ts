/** Texts that are too long for a sentence or a line, with an ellipsis in place of their ends. */

/** Of one with more than `most` characters the first `kept`. */
export const cut = (text: string, most: number, kept = most - 1): string =>
  text.length > most ? `${text.slice(0, kept)}…` : text;

/** A value as a sentence has it. */
export const cutValue = (text: string): string => cut(text, 60, 57);

/** A name in one line. */
export const shortName = (name: string): string => cut(name.replace(/\s+/g, ' '), 40);

/** Letters of Hebrew, Arabic and their kin. */
const LEFTWARDS = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** The same on a page: one that is read from right to left turns nothing beside it around. */
export function isolatedName(name: string): string {
  const short = shortName(name);
  return LEFTWARDS.test(short) ? `\u2068${short}\u2069` : short;
}

/** A text with isolated names, as files have it. */
export const withoutIsolation = (text: string): string => text.replace(/[\u2068\u2069]/g, '');
