/** Mathematics on the site: formulas as MathML, for which browsers need no script and no font, and raised and lowered letters in text. */
import katex from 'katex';

/** What is used of markdown-it, of which typedoc has one. */
interface Parser {
  readonly utils: { readonly escapeHtml: (text: string) => string };
  readonly renderer: {
    readonly rules: Record<string, (tokens: readonly Token[], at: number, ...rest: unknown[]) => string>;
  };
}
interface Token {
  readonly info: string;
  readonly content: string;
}

/** A letter, w1 or w0, a number or a bracket, which is no end of a word; and what is lowered or raised beside it. */
const BASE = String.raw`(?<![\p{L}\p{N}_])(?:\p{L}[01]?|[∂∇∫Σ]|\d+)|(?<=[\p{L}\p{N}|])[)\]}⟩]|\}`;
const LOW = String.raw`_(?:\{[^}]*\}|\([^)]*\)|[\p{L}\p{N}∞]{1,3}(?![\p{L}\p{N}]))`;
const HIGH = String.raw`\^(?:\{[^}]*\}|\([^)]*\)|[−-]?\d+(?:\.\d+)?(?![\p{L}\p{N}])|[\p{L}∞]{1,2}(?![\p{L}\p{N}]))`;
const SCRIPTED = new RegExp(`(${BASE})((?:${LOW}|${HIGH})+)`, 'gu');

/** ρ^(n) keeps its brackets: it is no power. */
const inner = (given: string): string => (given === '(n)' ? given : given.replace(/^[({](.*)[)}]$/u, '$1'));

/** n^(−a) and θ_j as people write them, in text that is HTML. */
export const scripted = (html: string): string =>
  html.replace(SCRIPTED, (_, base: string, scripts: string) =>
    [...scripts.matchAll(new RegExp(`${LOW}|${HIGH}`, 'gu'))].reduce((text, [script]) => {
      const tag = script.startsWith('_') ? 'sub' : 'sup';
      return `${text}<${tag}>${inner(script.slice(1))}</${tag}>`;
    }, base),
  );

const formula = (tex: string): string =>
  `<div class="formula" tabindex="0">${katex.renderToString(tex, { output: 'mathml', displayMode: true, strict: 'error' })}</div>\n`;

export function typeset({ renderer: { rules }, utils: { escapeHtml } }: Parser): void {
  const { fence } = rules;
  rules.fence = (tokens, at, ...rest) =>
    tokens[at].info === 'math' ? formula(tokens[at].content) : fence(tokens, at, ...rest);
  rules.text = (tokens, at) => scripted(escapeHtml(tokens[at].content));
}
