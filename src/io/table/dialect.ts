/** How a text is written, found or given: what stands between cells, and what between digits. */
import { isMissing, isNumber, type Decimal } from './cells.ts';
import { TableError } from './error.ts';
import { firstRecords, type Delimiter, type Written } from './records.ts';

export interface Dialect extends Written {
  readonly decimal: Decimal;
}

export interface Given {
  readonly delimiter?: Delimiter;
  readonly decimal?: Decimal;
  /** Whether the first line has names; 'found': not if it looks like data. Default: it has, and must look so. */
  readonly header?: boolean | 'found';
}

/** In the order in which one is taken where several would do. */
export const DELIMITERS = ['\t', ';', '|', ',', ' '] as const;

/** Characters and records by which a dialect is found. */
const SAMPLE = 2 ** 17;
const RECORDS = 400;

/** Throws a TableError where there is nothing to read. */
export function dialectOf(raw: string, given: Given): Dialect {
  const plain = linesOf(raw);
  const { text, delimiter: hinted } = withoutHint(plain);
  if (text.trim() === '')
    throw new TableError('it is empty: give a header line and at least one row of numbers');
  const delimiter = given.delimiter ?? hinted ?? delimiterOf(sampleOf(text), given);
  const written = { text: unspaced(text, delimiter), delimiter };
  return { ...written, decimal: given.decimal ?? decimalOf(rowsOf(sampleOf(text), delimiter, given)) };
}

function linesOf(raw: string): string {
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Excel's hint at the delimiter; its line stays as an empty one, so that lines keep their numbers. */
function withoutHint(text: string): { text: string; delimiter: Delimiter | undefined } {
  const hint = /^\s*"?sep=([^\n"]|\\t)"?[,;\t]*(?=\n|$)/i.exec(text);
  if (!hint) return { text, delimiter: undefined };
  return { text: text.slice(hint[0].length), delimiter: hint[1] === '\\t' ? '\t' : hint[1] };
}

/** papaparse takes quotes only where a cell begins; and one blank at a time. */
function unspaced(text: string, delimiter: Delimiter): string {
  if (delimiter === ' ') return text.includes('\t') ? text.replaceAll('\t', ' ') : text;
  if (!text.includes('"')) return text;
  const between = delimiter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  const blank = delimiter === '\t' ? ' ' : '[ \\t]';
  // what is quoted or remarked stays as it is
  const pattern = new RegExp(`"[^"]*"|^#.*|(^|${between})${blank}+(?=")`, 'gm');
  return text.replace(pattern, (all, before?: string) => before ?? all);
}

/** Whole lines from the beginning. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE) return text;
  const end = text.lastIndexOf('\n', SAMPLE);
  return end > 0 ? text.slice(0, end) : text;
}

const recordsOf = (text: string, delimiter: Delimiter): string[][] =>
  firstRecords({ text: unspaced(text, delimiter), delimiter }, RECORDS);

const rowsOf = (text: string, delimiter: Delimiter, { header = true }: Given): string[][] =>
  recordsOf(text, delimiter).slice(header ? 1 : 0);

function delimiterOf(text: string, given: Given): Delimiter {
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(recordsOf(text, delimiter), given);
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

/** How well records are a table of numbers: rows of one width, as the header's, and cells that are numbers. */
function scoreOf(records: readonly string[][], { header = true, decimal }: Given): number {
  const widths = records.map(widthOf);
  const rows = header && records.length > 1 ? records.slice(1) : records;
  const width = commonest(rows.map(widthOf));
  const whole = commonest(rows.map((row) => row.length));
  if (whole < 2) return 0;
  const isAlike = (row: readonly string[]): boolean => row.length === whole || widthOf(row) === width;
  const alike = rows.filter(isAlike).length / Math.max(1, rows.length);
  const named = [width, whole].some((all) => all === widths[0] || all === records[0].length);
  // R leaves out the name of the names of rows
  const fits = !header || named ? 1 : widths[0] === width - 1 ? 0.9 : 0.25;
  const cells = rows.flat();
  const isOne = (cell: string): boolean =>
    isMissing(cell) || (decimal ? isNumber(cell, decimal) : isNumber(cell, '.') || isNumber(cell, ','));
  const numbers = cells.filter(isOne).length / Math.max(1, cells.length);
  return (alike + 0.01) * fits * (numbers + 0.1);
}

/** Without empty cells at the end. */
function widthOf(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1] === '') width--;
  return width;
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** A comma that cannot part thousands speaks for itself; where points are as many, they are believed. */
function decimalOf(rows: readonly string[][]): Decimal {
  const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;
  let commas = 0;
  let points = 0;
  for (const cell of rows.flat()) {
    if (cell.includes(',') && isNumber(cell, ',') && !thousands.test(cell)) commas++;
    if (cell.includes('.') && isNumber(cell, '.')) points++;
  }
  return commas > points ? ',' : '.';
}
