/**
 * A formula in x1 and x2 as a function: a recursive-descent parser without eval, so that a strict content
 * security policy holds. A product may be written without its sign (6x, 2 sin x), −x^2 is −(x^2), 2^3^2 is
 * 2^(3^2), and sin 6x is sin(6x). Signs of paper are read, too: x², |x|, √x, 2πx, x₁.
 */
import { closest } from 'fastest-levenshtein';
import { normalErf } from '../core/activations/special.ts';
import { FormulaError, tokens, type Token } from './formula-tokens.ts';

export { FormulaError } from './formula-tokens.ts';

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
  ln: Math.log,
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

class Parser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private inputs: 1 | 2 = 1;
  /** Bars that a further one would close. */
  private bars = 0;

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
    const { kind, text } = this.next;
    return kind === 'name' || text === '(' || text === '√' || (text === '|' && this.bars === 0);
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
    if (this.take('(')) return this.closed(this.within(0), token);
    if (this.take('|')) return this.absolute(token);
    if (this.take('√')) return this.root();
    if (token.kind === 'end')
      throw this.refuse('the formula ends too early, a number, x or a function is missing');
    if (token.kind === 'sign') throw this.refuse(`before "${token.text}" a number, x or a function is missing`);
    this.place++;
    if (token.kind === 'name') return this.named(token);
    const value = Number(token.text);
    return () => value;
  }

  /** A sum about which so many bars are open. */
  private within(bars: number): Term {
    const around = this.bars;
    this.bars = bars;
    const value = this.sum();
    this.bars = around;
    return value;
  }

  private absolute(open: Token): Term {
    const a = this.within(1);
    if (!this.take('|')) throw this.refuse('this bar is not closed, add "|"', open);
    return (x1, x2) => Math.abs(a(x1, x2));
  }

  private root(): Term {
    const a = this.atom();
    if (this.next.text === '^') throw this.refuse('write √(x^2) or (√x)^2 with brackets');
    return (x1, x2) => Math.sqrt(a(x1, x2));
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
    const terms = [this.within(0)];
    while (this.take(',')) terms.push(this.within(0));
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
