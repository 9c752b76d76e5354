/**
 * A formula in x1 and x2 as a function: a recursive-descent parser without eval, so that a strict content
 * security policy holds. A product may be written without its sign (6x, 2 sin x), −x^2 is −(x^2), 2^3^2 is
 * 2^(3^2), and sin 6x is sin(6x).
 */
import { closest } from 'fastest-levenshtein';
import { normalErf } from '../core/activations/special.ts';

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

export interface Formula {
  readonly value: (x1: number, x2: number) => number;
  /** 2 where x2 occurs. */
  readonly inputs: 1 | 2;
}

type Term = Formula['value'];

export const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  atan: Math.atan,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  floor: Math.floor,
  erf: (z) => normalErf(Math.SQRT2 * z),
  relu: (z) => Math.max(z, 0),
  step: (z) => (z > 0 ? 1 : 0),
  max: Math.max,
  min: Math.min,
};
const SEVERAL = ['max', 'min'];
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };
const VARIABLES: Readonly<Record<string, Term>> = { x: (x1) => x1, x1: (x1) => x1, x2: (_, x2) => x2 };
const NAMES = [...Object.keys(FUNCTIONS), ...Object.keys(CONSTANTS), ...Object.keys(VARIABLES)];
const LONGEST = 300;

/** Throws a FormulaError. */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST)
    throw new FormulaError(
      LONGEST,
      `a formula has at most ${LONGEST} characters and this one ${text.length}: make it shorter`,
    );
  return new Parser(text).whole();
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-zπ][a-z0-9]*)|(\*\*|[-−+*·×/^(),]))/iy;
const SIGNS: Readonly<Record<string, string>> = { '−': '-', '·': '*', '×': '*', '**': '^' };

function tokens(text: string): Token[] {
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
    const [, number, name, sign] = match;
    const word = number ?? name ?? sign;
    found.push({
      kind: number ? 'number' : name ? 'name' : 'sign',
      text: sign ? (SIGNS[sign] ?? sign) : word,
      at: TOKEN.lastIndex - word.length,
    });
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

class Parser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private inputs: 1 | 2 = 1;

  constructor(text: string) {
    this.tokens = tokens(text);
  }

  whole(): Formula {
    const value = this.sum();
    if (this.next.kind !== 'end')
      throw this.refuse(
        this.next.text === ')'
          ? 'this bracket was never opened, remove it'
          : `"${this.next.text}" cannot stand here, put an operator before it`,
      );
    return { value, inputs: this.inputs };
  }

  private get next(): Token {
    return this.tokens[this.place];
  }

  private refuse(what: string, { at } = this.next): FormulaError {
    return new FormulaError(at, what);
  }

  private take(...signs: string[]): string | null {
    const { kind, text } = this.next;
    if (kind !== 'sign' || !signs.includes(text)) return null;
    this.place++;
    return text;
  }

  private sum(): Term {
    let left = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      const a = left;
      const b = this.product();
      left = sign === '+' ? (x1, x2) => a(x1, x2) + b(x1, x2) : (x1, x2) => a(x1, x2) - b(x1, x2);
    }
    return left;
  }

  private product(): Term {
    let left = this.signed();
    for (;;) {
      const sign = this.take('*', '/');
      const a = left;
      if (!sign && !this.beginsFactor()) return left;
      const b = sign ? this.signed() : this.power();
      left = sign === '/' ? (x1, x2) => a(x1, x2) / b(x1, x2) : (x1, x2) => a(x1, x2) * b(x1, x2);
    }
  }

  private beginsFactor(): boolean {
    return this.next.kind === 'name' || this.next.text === '(';
  }

  private signed(): Term {
    const sign = this.take('-', '+');
    if (!sign) return this.power();
    const a = this.signed();
    return sign === '-' ? (x1, x2) => -a(x1, x2) : a;
  }

  private power(): Term {
    const base = this.atom();
    if (!this.take('^')) return base;
    const exponent = this.signed();
    return (x1, x2) => base(x1, x2) ** exponent(x1, x2);
  }

  private atom(): Term {
    const token = this.next;
    if (this.take('(')) return this.closed(this.sum(), token);
    if (token.kind === 'end')
      throw this.refuse('the formula ends too early, a number, x or a function is missing');
    if (token.kind === 'sign') throw this.refuse(`before "${token.text}" a number, x or a function is missing`);
    this.place++;
    if (token.kind === 'name') return this.named(token);
    const value = Number(token.text);
    return () => value;
  }

  private closed<T>(inside: T, open: Token): T {
    if (!this.take(')')) throw this.refuse('this bracket is not closed, add ")"', open);
    return inside;
  }

  private named(token: Token): Term {
    const name = token.text.toLowerCase();
    if (Object.hasOwn(VARIABLES, name)) {
      if (name === 'x2') this.inputs = 2;
      return VARIABLES[name];
    }
    if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name];
    if (Object.hasOwn(FUNCTIONS, name)) return this.call(name, token);
    throw this.refuse(`"${token.text}" is not known, did you mean "${closest(name, NAMES)}"?`, token);
  }

  private call(name: string, token: Token): Term {
    const open = this.next;
    const several = SEVERAL.includes(name);
    const given = this.take('(') ? this.closed(this.list(), open) : [this.argument(several, name)];
    if (!several && given.length > 1)
      throw this.refuse(`${name} takes one number and is given ${given.length}`, token);
    const apply = FUNCTIONS[name];
    if (!several) return (x1, x2) => apply(given[0](x1, x2));
    return (x1, x2) => apply(...given.map((term) => term(x1, x2)));
  }

  private list(): Term[] {
    const terms = [this.sum()];
    while (this.take(',')) terms.push(this.sum());
    return terms;
  }

  /** sin 6x^2: a sign, then factors until an operator or another function. */
  private argument(several: boolean, name: string): Term {
    if (several) throw this.refuse(`write ${name}(a, b) with brackets`);
    if (this.next.text === '^') throw this.refuse(`write ${name}(x)^2 with brackets`);
    const negative = this.take('-') !== null;
    let left = this.power();
    while (this.beginsFactor() && !Object.hasOwn(FUNCTIONS, this.next.text.toLowerCase())) {
      const a = left;
      const b = this.power();
      left = (x1, x2) => a(x1, x2) * b(x1, x2);
    }
    const whole = left;
    return negative ? (x1, x2) => -whole(x1, x2) : whole;
  }
}
