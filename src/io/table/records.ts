/** Records of a text, some at a time, so that who reads may do other things between. Quotes are papaparse's. */
import Papa from 'papaparse';

/** ' ' stands for runs of blanks and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ' | (string & {});

/** Text with line ends that are \n. */
export interface Written {
  readonly text: string;
  readonly delimiter: Delimiter;
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/** Characters that are parsed at a time: some ten milliseconds. */
const SLICE = 2 ** 19;

export interface Slice {
  readonly records: string[][];
  /** Of the text that has been read, 0 … 1. */
  readonly share: number;
  /** The record in which a quotation mark is wrong, or null; it is the last one. */
  readonly fault: QuoteFault | null;
}

export interface QuoteFault {
  readonly code: string;
  /** Its number in this slice. */
  readonly record: number;
}

const settings = (delimiter: Delimiter): Papa.ParseConfig => ({ delimiter, newline: '\n', comments: '#' });

/** Trimmed cells of each record that has any; lines that begin with # are none. */
export function* slicesOf({ text, delimiter }: Written): Generator<Slice> {
  const parser = new Papa.Parser(settings(delimiter));
  let size = SLICE;
  for (let at = 0; at < text.length;) {
    const last = at + size >= text.length;
    const { data, errors, meta } = parser.parse(text.slice(at, at + size), at, !last) as Parsed;
    // what a slice without its end says of quotes, the next one may mend
    const fault = errors.find(({ row }) => last || row < data.length);
    const records = last || !fault ? data : data.slice(0, fault.row + 1);
    const kept = records.map((cells) => trimmed(cells, delimiter)).filter(isRecord);
    const end = last ? text.length : meta.cursor;
    yield {
      records: kept,
      share: end / text.length,
      fault: fault ? { code: fault.code, record: kept.length - 1 } : null,
    };
    if (fault) return;
    size = end > at ? SLICE : 2 * size; // a record that is longer than a slice
    at = end;
  }
}

function trimmed(cells: string[], delimiter: Delimiter): string[] {
  for (let c = 0; c < cells.length; c++) cells[c] = cells[c].trim();
  return delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells;
}

/** Rows without a cell are none. */
const isRecord = (cells: readonly string[]): boolean => cells.some((cell) => cell !== '');

/** The line, from 1, on which the record of this number begins: read again, as it is asked of one alone. */
export function lineOf({ text, delimiter }: Written, record: number): number {
  let found = 1;
  let count = 0;
  const step = ({ data: [cells], meta: { cursor } }: Parsed): void => {
    const breaks = cells.reduce((sum, cell) => sum + breaksIn(cell, 0, cell.length), 0);
    const isOpen = cells.at(-1)!.endsWith('\n') && text[cursor - 2] !== '"'; // its quote is not closed
    if (!isRecord(trimmed(cells, delimiter)) || count++ !== record) return;
    const end = cursor - Number(text[cursor - 1] === '\n' && !isOpen);
    found = 1 + breaksIn(text, 0, end) - breaks;
    parser.abort();
  };
  const parser = new Papa.Parser({ ...settings(delimiter), step, fastMode: false } as Papa.ParseConfig);
  parser.parse(text, 0, false);
  return found;
}

function breaksIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The first records, for a look at what they are like; none where a quotation mark is wrong. */
export function firstRecords(written: Written, most: number): string[][] {
  const first: string[][] = [];
  for (const { records, fault } of slicesOf(written)) {
    if (fault && fault.record < most) return [];
    first.push(...records.slice(0, most - first.length));
    if (first.length === most) break;
  }
  return first;
}
