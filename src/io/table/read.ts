/** A table of numbers and words from the bytes of a file, as people have them: one reader for all who read. */
import { finished, type Work } from '../../core/work.ts';
import type { Decimal } from './cells.ts';
import { ColumnBuilder, type Column } from './columns.ts';
import { checkFirstLine, decodeText } from './decode.ts';
import { dialectOf, type Dialect, type Given } from './dialect.ts';
import { TableError } from './error.ts';
import { headerOf, type Header } from './header.ts';
import { numbersRows } from './row-numbers.ts';
import { firstRecords, lineOf, slicesOf, type Delimiter, type QuoteFault } from './records.ts';

export interface Sheet {
  /** Without those that only name or number the rows. */
  readonly columns: readonly Column[];
  /** One clause each about those. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
  readonly rows: number;
  readonly delimiter: Delimiter;
  readonly decimal: Decimal;
  /** One clause about what was supposed of the text, or null. */
  readonly note: string | null;
  /** The line, from 1, on which a row begins. */
  lineOf(row: number): number;
}

export interface ReadOptions extends Given {
  /** Which columns of a header are wanted as text, whatever they hold. */
  readonly verbatim?: (names: readonly string[]) => readonly string[];
}

const SAMPLE = 50;

/** Reads bytes, or a text; yields the share that is read. Throws a TableError where it is no table. */
export function* reading(source: Uint8Array | string, options: ReadOptions): Work<Sheet> {
  if (typeof source === 'string') checkFirstLine(source);
  const { text, note } = typeof source === 'string' ? { text: source, note: null } : decodeText(source);
  const dialect = dialectOf(text, options);
  const first = firstRecords(dialect, SAMPLE);
  if (first.length === 0) throw emptyError(dialect);
  const header = located(dialect, first, options);
  const builder = new Builder(dialect, header, options.verbatim);
  for (const { records, share, fault } of slicesOf(dialect)) {
    if (fault) throw quoteError(fault, dialect, builder.records);
    for (const cells of records) builder.add(cells);
    yield share;
  }
  return { ...builder.finish(), delimiter: dialect.delimiter, decimal: dialect.decimal, note };
}

export const readSheet = (source: Uint8Array | string, options: ReadOptions = {}): Sheet =>
  finished(reading(source, options));

/** The header, with a sentence about the line where it stands. */
function located(dialect: Dialect, first: readonly string[][], { header }: ReadOptions): Header {
  try {
    return headerOf(first, dialect.decimal, header === 'found' ? undefined : header);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    if (header === 'found' && error.remedies.length > 0) return headerOf(first, dialect.decimal, false);
    const message = error.message
      .replace(/^line 1/, () => `line ${lineOf(dialect, 0)}`)
      .replace(/^the row under the names/, () => `line ${lineOf(dialect, 1)}`);
    throw new TableError(message, error.remedies);
  }
}

/** Nothing that could be a header: a quotation mark is wrong, or there is none. */
function emptyError(dialect: Dialect): TableError {
  for (const { fault } of slicesOf(dialect)) if (fault) return quoteError(fault, dialect, 0);
  return new TableError('it has comments alone: give a header line and rows of numbers');
}

function quoteError({ code, record }: QuoteFault, dialect: Dialect, before: number): TableError {
  const line = lineOf(dialect, before + record);
  return new TableError(
    code === 'MissingQuotes'
      ? `line ${line}: a quotation mark is not closed, close it or remove it`
      : `line ${line}: a quotation mark stands inside a quoted cell, double it or remove it`,
  );
}

/** Takes records one after the other. */
class Builder {
  records = 0;
  private readonly columns: readonly ColumnBuilder[];
  /** Cells that every row must have: those with a name, and what stands before one. */
  private readonly least: number;
  private readonly most: number;
  private readonly first: 0 | 1;

  constructor(
    private readonly dialect: Dialect,
    private readonly header: Header,
    verbatim: ReadOptions['verbatim'],
  ) {
    const { names } = header;
    const texts = new Set(verbatim?.(names));
    this.first = header.rowNames ? 1 : 0;
    this.columns = names.map((name) => new ColumnBuilder(dialect.decimal, texts.has(name)));
    this.least = this.first + names.findLastIndex((name) => name !== '') + 1;
    this.most = this.first + names.length;
  }

  add(cells: readonly string[]): void {
    if (this.records++ < this.header.records) return;
    if (cells.length < this.least || cells.length > this.most) this.checkWidth(cells);
    for (let c = 0; c < this.columns.length; c++) this.columns[c].add(cells[c + this.first] ?? '');
  }

  finish(): Omit<Sheet, 'delimiter' | 'decimal' | 'note'> {
    const { dialect, header } = this;
    const rows = this.records - header.records;
    if (rows === 0) throw new TableError('it has a header but no rows: add at least one row of numbers');
    const all = this.columns.map((column, c) => column.finish(header.names[c] || `column ${c + 1}`));
    const numbering = all.filter((column, c) => numbersRows(column, header.names[c]));
    const nameless = all.filter((column, c) => header.names[c] === '' && column.missing === rows);
    const without = new Set([...numbering, ...nameless]);
    return {
      rows,
      columns: all.filter((column) => !without.has(column)),
      left: [
        ...(header.rowNames
          ? [{ name: 'the first column', why: "has the names of the rows, as R's tables do, and is left out" }]
          : []),
        ...numbering.map(({ name }) => ({ name, why: 'only numbers the rows and is left out' })),
      ],
      lineOf: (row) => lineOf(dialect, row + header.records),
    };
  }

  /** Empty cells at the end are none. */
  private checkWidth(cells: readonly string[]): void {
    let width = cells.length;
    while (width > this.most && cells[width - 1] === '') width--;
    if (width >= this.least && width <= this.most) return;
    const { header, dialect } = this;
    const columns = (count: number): string => `${count} column${count === 1 ? '' : 's'}`;
    const place = `line ${lineOf(dialect, this.records - 1)} has ${columns(width)}`;
    const expected = header.records > 0 ? `the header has ${this.least}` : `the first row has ${this.least}`;
    const commas =
      dialect.delimiter === ',' && width === 2 * this.least
        ? ', and decimal commas with ";" between columns'
        : '';
    throw new TableError(`${place}, ${expected}: give every row as many${commas}`);
  }
}
