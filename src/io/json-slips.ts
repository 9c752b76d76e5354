/** What people write where JSON wants something else: what it is, and what to write. */

/** A slip by how the text goes on where it is. */
const SLIPS: readonly (readonly [pattern: RegExp, words: (found: string) => string])[] = [
  [/^[+-]?(?:nan|inf|infinity)\b/i, (found) => `${found} is no number in JSON: give a finite one`],
  [/^(?:True|False|TRUE|FALSE)\b/, (found) => `${found} is written ${found.toLowerCase()} in JSON`],
  [/^(?:None|undefined|nil|NULL|Null|NA)\b/, (found) => `${found} is no value in JSON: leave the field out`],
  [/^(?:\/\/|\/\*|#)/, (found) => `${found} begins a comment, and JSON has none: remove it`],
  [/^['`‘’‚“”„«»]/, (found) => `${found} is no quotation mark in JSON: write "`],
  [/^-?\.\d+/, (found) => `${found} is written ${found.replace('.', '0.')} in JSON`],
  [/^\+[\d.]+/, (found) => `${found} is written ${found.slice(1)} in JSON`],
  [/^-?\d+\.(?!\d)/, (found) => `${found} is written ${found}0 in JSON`],
  [/^-?0[xob][\da-f_]+/i, (found) => `${found} is no number in JSON: write it in decimals`],
  [/^-?0\d+/, (found) => `${found} begins with a zero: leave it out`],
  [/^-?[\d.]+e[+-]?(?!\d)/i, (found) => `${found} lacks its exponent`],
  [/^\d[\d_]*_\d+/, (found) => `${found} is written ${found.replaceAll('_', '')} in JSON`],
  [/^\.\.\./, () => '... stands for something: write it out'],
  [/^[\p{L}_$][\p{L}\d_$-]*(?=\s*:)/u, (found) => `a name stands in quotation marks: write "${found}"`],
];

export interface Slip {
  /** Where in the text it begins. */
  readonly from: number;
  /** A clause. */
  readonly words: string;
}

/** What stands at `at`; `otherwise` says so where it is none of these. */
export function slipOf(text: string, at: number, otherwise: string | null): Slip {
  const from = numberBefore(text, at);
  const rest = text.slice(from, from + 80);
  for (const [pattern, words] of SLIPS) {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined) return { from, words: words(found) };
  }
  const words = stringSlip(text, at) ?? otherwise ?? `${shown(text.slice(at, at + 80))} is not expected here`;
  return { from: at, words };
}

/** Where a number begins that the scanner has cut in two, as 01 or 0x10. */
function numberBefore(text: string, at: number): number {
  const before = /[-+\d._]+$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  return at - before.length;
}

/** What is wrong in a string that begins there. */
function stringSlip(text: string, at: number): string | null {
  if (text[at] !== '"') return null;
  const inside = /^(?:[^"\\\p{Cc}]+|\\(?:["\\/bfnrt]|u[\da-f]{4}))*/iu.exec(text.slice(at + 1))![0].length;
  const bad = text.slice(at + 1 + inside, at + 3 + inside);
  if (bad.startsWith('"')) return null;
  if (bad.startsWith('\\')) return `${bad} is no escape: a backslash in a string is written \\\\`;
  if (bad === '' || /^[\r\n]/.test(bad)) return 'a quotation mark is not closed on its line';
  return 'a string holds a tab or another control character: write \\t or leave it out';
}

function shown(rest: string): string {
  const word = /^[\p{L}\d_$.+-]+/u.exec(rest)?.[0] ?? [...rest][0];
  return /^\s|^\p{C}/u.test(word)
    ? `the character U+${word.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : `"${word}"`;
}
