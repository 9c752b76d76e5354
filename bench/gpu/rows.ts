/** What is timed on a GPU, most wanted first, with what is aimed at there (a card of the H200's class). */
import { caseText, type Case, type Timed } from '../race/cases.ts';
import type { MethodName } from '../../src/core/methods/methods.ts';

/** A method with every kernel that there is for it. */
export interface KernelRow {
  readonly given: Case;
  /** Default: direct. */
  readonly method?: MethodName;
  /** Milliseconds of the best variant's step. */
  readonly aim?: number;
}

/** Every method beside what `auto` takes. */
export interface MethodRow {
  readonly given: Case;
  /** Milliseconds of a step by one of them. */
  readonly aims?: Partial<Record<MethodName, number>>;
}

const narrow = (activation: Timed, n: number, m: number): Case => ({ activation, n, m, d: 2 });
const wide = (n: number): Case => ({ activation: 'relu', n, m: 256, d: 100 });
const MILLION = 2 ** 20;

export const KERNEL_ROWS: readonly KernelRow[] = [
  { given: narrow('tanh', MILLION, 256), aim: 0.36 },
  { given: narrow('relu', MILLION, 256), aim: 0.18 },
  { given: narrow('tanh', MILLION, 1024), aim: 1.3 },
  { given: narrow('relu', MILLION, 1024), aim: 0.62 },
  { given: wide(4096), aim: 0.16 },
  { given: wide(65_536), aim: 0.34 },
  { given: narrow('tanh', 10_000, 96), aim: 0.05 },
  { given: narrow('tanh', MILLION, 256), method: 'mesh', aim: 0.25 },
  { given: narrow('relu', MILLION, 256), method: 'sector', aim: 0.12 },
  { given: narrow('relu', MILLION, 1024), method: 'sector', aim: 0.12 },
  { given: narrow('tanh', 10_000_000, 96), method: 'mesh', aim: 2.5 },
  { given: wide(MILLION), aim: 4.9 },
];

/** What is held against float64, and against each other bit by bit. */
export const CHECK_ROWS: readonly KernelRow[] = [
  { given: { activation: 'tanh', n: 4097, m: 257, d: 2 } },
  { given: { activation: 'relu', n: 4097, m: 257, d: 2 } },
  { given: { activation: 'tanh', n: 2049, m: 129, d: 100 } },
  { given: { activation: 'tanh', n: 20_001, m: 67, d: 2 }, method: 'mesh' },
  { given: { activation: 'relu', n: 20_001, m: 67, d: 2 }, method: 'sector' },
];

/** The row in words. */
export const rowText = ({ given, method }: KernelRow): string =>
  method ? `${method}, ${caseText(given)}` : caseText(given);

export const METHOD_ROWS: readonly MethodRow[] = [
  { given: narrow('tanh', MILLION, 256), aims: { mesh: 0.25 } },
  { given: narrow('relu', MILLION, 256), aims: { sector: 0.12 } },
  { given: narrow('tanh', 100_000, 256) },
  { given: narrow('tanh', MILLION, 96) },
  { given: narrow('relu', MILLION, 96) },
  { given: narrow('tanh', MILLION, 1024), aims: { mesh: 0.25 } },
  { given: narrow('relu', MILLION, 1024), aims: { sector: 0.12 } },
  { given: narrow('tanh', 10_000_000, 96), aims: { mesh: 2.5 } },
];

/** The same in a size for which a software adapter takes a moment: what is shown is that it runs. */
export const tiny = <R extends { readonly given: Case }>(row: R): R => {
  const { n, m } = row.given;
  return { ...row, given: { ...row.given, n: Math.ceil(Math.sqrt(n) / 8), m: Math.ceil(m / 16) } };
};
