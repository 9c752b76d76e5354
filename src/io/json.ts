/** JSON as text: read, or refused at its own line and column. Its tokens are jsonc-parser's, which knows where they are. */
import { createScanner, type JSONScanner, type SyntaxKind } from 'jsonc-parser';
import { cutValue } from '../core/words/cut.ts';
import { slipOf } from './json-slips.ts';

/** Text that cannot be used: a place in it, where there is one, and one sentence. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Most containers inside each other: what people write has ten. */
const DEEPEST = 100;

/** The names of jsonc-parser's kinds exist for its types alone. */
const KIND = {
  openObject: 1,
  closeObject: 2,
  openList: 3,
  closeList: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineBreak: 14,
  blank: 15,
  end: 17,
} as const satisfies Record<string, SyntaxKind>;
const SCALARS: readonly SyntaxKind[] = [KIND.null, KIND.true, KIND.false, KIND.string, KIND.number];

/** What a text says; a key that is there twice is refused, too. */
export function parseJson(text: string): unknown {
  const own = text.replace(/^\uFEFF/, '');
  if (own.trim() === '') throw new JsonError(': it is empty, give a JSON object');
  new Reader(own).check();
  try {
    return JSON.parse(own) as unknown;
  } catch (error) {
    throw new JsonError(`: it is not valid JSON (${(error as Error).message}), mend it`);
  }
}

interface Container {
  readonly line: number;
  /** Line of each key; null in a list. */
  readonly keys: Map<string, number> | null;
}

/** What may come next. */
type Wanted = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end';

class Reader {
  private readonly scanner: JSONScanner;
  private readonly open: Container[] = [];
  private wanted: Wanted = 'value';
  /** Where the last comma is. */
  private comma = '';

  constructor(private readonly text: string) {
    this.scanner = createScanner(text, false);
  }

  /** Looks at every token, in a loop: a text may be nested as deep as it is long. */
  check(): void {
    for (;;) {
      const kind = this.next();
      if (kind === KIND.end) return this.finish();
      if (this.scanner.getTokenError() !== 0) throw this.slip();
      if (kind === KIND.closeObject || kind === KIND.closeList) this.close(kind);
      else this.take(kind);
    }
  }

  private next(): SyntaxKind {
    for (;;) {
      const kind = this.scanner.scan();
      if (kind !== KIND.lineBreak && kind !== KIND.blank) return kind;
    }
  }

  private take(kind: SyntaxKind): void {
    if (this.wanted === 'key' || this.wanted === 'first key') {
      if (kind === KIND.number) throw this.slip('a name is wanted here; a decimal has a point: 0.5');
      if (kind !== KIND.string) throw this.slip();
      this.key(this.scanner.getTokenValue());
    } else if (this.wanted === 'colon') {
      if (kind !== KIND.colon) throw this.slip('a colon is missing before it');
      this.wanted = 'value';
    } else if (this.wanted === 'comma') {
      if (kind !== KIND.comma) throw this.slip('a comma is missing before it');
      this.comma = this.place();
      this.wanted = this.open.at(-1)!.keys ? 'key' : 'value';
    } else if (this.wanted === 'end') throw this.slip('the text should have ended before it');
    else this.value(kind);
  }

  private value(kind: SyntaxKind): void {
    if (kind === KIND.openObject || kind === KIND.openList) {
      if (this.open.length === DEEPEST)
        throw this.refusal(`it is nested more than ${DEEPEST} deep here, no configuration is`);
      const isObject = kind === KIND.openObject;
      this.open.push({ line: this.line(), keys: isObject ? new Map() : null });
      this.wanted = isObject ? 'first key' : 'first value';
    } else if (SCALARS.includes(kind)) this.after();
    else throw this.slip();
  }

  private key(name: string): void {
    const { keys } = this.open.at(-1)!;
    const first = keys!.get(name);
    if (first !== undefined)
      throw this.refusal(
        `the key ${cutValue(JSON.stringify(name))} is there twice, first in line ${first}: keep one`,
      );
    keys!.set(name, this.line());
    this.wanted = 'colon';
  }

  private close(kind: SyntaxKind): void {
    const last = this.open.at(-1);
    if (!last) throw this.slip();
    if (kind !== (last.keys ? KIND.closeObject : KIND.closeList))
      throw this.refusal(`it does not close the ${bracketOf(last)} of line ${last.line}`);
    if (this.wanted === 'key' || (this.wanted === 'value' && !last.keys))
      throw new JsonError(`${this.comma}: it is not valid JSON (nothing follows this comma), remove the comma`);
    if (this.wanted === 'colon' || this.wanted === 'value') throw this.slip('a value is missing before it');
    this.open.pop();
    this.after();
  }

  private after(): void {
    this.wanted = this.open.length === 0 ? 'end' : 'comma';
  }

  private finish(): void {
    const last = this.open.at(-1);
    if (!last) return;
    throw this.refusal(`the text ends, and the ${bracketOf(last)} of line ${last.line} is not closed`);
  }

  private slip(otherwise?: string): JsonError {
    const at = this.scanner.getTokenOffset();
    const { from, words } = slipOf(this.text, at, otherwise ?? null);
    return this.refusal(words, at - from);
  }

  /** Of the token, or of what is `back` characters before it. */
  private refusal(why: string, back = 0): JsonError {
    return new JsonError(`${this.place(back)}: it is not valid JSON (${why}), mend it there`);
  }

  private line(): number {
    return this.scanner.getTokenStartLine() + 1;
  }

  private place(back = 0): string {
    return `, line ${this.line()}, column ${this.scanner.getTokenStartCharacter() + 1 - back}`;
  }
}

const bracketOf = ({ keys }: Container): string => (keys ? '{' : '[');
