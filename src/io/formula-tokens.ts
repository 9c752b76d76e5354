/** The words of a formula: numbers, names and signs, those of paper as those of a keyboard. */

/** A formula that cannot be read: one sentence; `at` counts characters from 0. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  constructor(
    readonly at: number,
    what: string,
  ) {
    super(`Character ${at + 1}: ${what}`);
  }
}

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|(π|[a-z][a-z0-9]*)|(\*\*|[-−+*·×/÷^(),|√])|([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))/iy;
const SIGNS: Readonly<Record<string, string>> = { '−': '-', '·': '*', '×': '*', '÷': '/', '**': '^' };
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';
const LOWERED = /[₀-₉]/g;

/** Throws a FormulaError. */
export function tokens(written: string): Token[] {
  const text = written.replace(LOWERED, (digit) => String(digit.codePointAt(0)! - 0x2080));
  const start = /^\s*y\s*=/.exec(text)?.[0].length ?? 0;
  const found: Token[] = [];
  TOKEN.lastIndex = start;
  for (let at = start; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (!match) {
      const wrong = at + text.slice(at).search(/\S/);
      throw new FormulaError(
        wrong,
        `"${text[wrong]}" has no meaning here, use numbers, x, + − * / ^ and functions such as sin(x)`,
      );
    }
    const [, number, name, sign, raised] = match;
    if (raised !== undefined) {
      found.push(...exponent(raised, TOKEN.lastIndex - raised.length));
      continue;
    }
    const word = number ?? name ?? sign;
    found.push({
      kind: number ? 'number' : name ? 'name' : 'sign',
      text: sign ? (SIGNS[sign] ?? sign) : word,
      at: TOKEN.lastIndex - word.length,
    });
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

/** x² is x^2, x⁻¹ x^-1. */
function exponent(raised: string, at: number): Token[] {
  const text = [...raised].map((digit) => RAISED.indexOf(digit)).join('');
  if (!/^⁻?[^⁻]+$/.test(raised)) throw new FormulaError(at, `"${raised}" is no exponent, write ^ and a number`);
  const minus: Token[] = raised.startsWith('⁻') ? [{ kind: 'sign', text: '-', at }] : [];
  const number = minus.length > 0 ? text.slice(2) : text;
  return [{ kind: 'sign', text: '^', at }, ...minus, { kind: 'number', text: number, at }];
}
