/** CSV in: a header line and numbers; CSV out. Parsing of quotes and line ends is papaparse's. */
import Papa from 'papaparse';

/** Columns of a file. Lines are counted from 1 with the header. */
export interface Columns {
  readonly names: readonly string[];
  /** values[column][row]. */
  readonly values: readonly Float64Array[];
  /** Columns without a single number, left out. */
  readonly skipped: readonly string[];
  /** Cells of columns that are not among the numbers, by name. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Of each row. */
  readonly lines: readonly number[];
}

/** Columns not to be read as numbers, whatever they hold; or which those are of a header. */
export type Left = readonly string[] | ((header: readonly string[]) => readonly string[]);

/**
 * A file that cannot be used: one sentence with line and column. `column`: the one without which it could be
 * read.
 */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  constructor(
    message: string,
    readonly column: string | null = null,
  ) {
    super(message);
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export function parseCsv(text: string, left: Left = []): Columns {
  if (text.includes('\0'))
    throw new CsvError('it is not UTF-8 text (it has zero bytes): save it as CSV in UTF-8');
  const { header, rows } = readRows(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const leave = typeof left === 'function' ? left(header) : left;
  const kinds = header.map(
    (name, column) => !leave.includes(name) && rows.some(({ cells }) => isNumber(cells[column])),
  );
  const kept = header.map((_, column) => column).filter((column) => kinds[column]);
  checkNames(kept.map((column) => header[column]));
  const values = kept.map((column) =>
    Float64Array.from(rows, ({ cells, line }) => toNumber(cells[column], line, header[column])),
  );
  return {
    names: kept.map((column) => header[column]),
    values,
    skipped: header.filter((name, column) => !kinds[column] && !leave.includes(name)),
    texts: new Map(
      header.flatMap((name, column) => (kinds[column] ? [] : [[name, rows.map(({ cells }) => cells[column])]])),
    ),
    lines: rows.map(({ line }) => line),
  };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRows(text: string): { header: string[]; rows: Row[] } {
  if (text.trim() === '') throw new CsvError('it is empty: give a header line and at least one row of numbers');
  const parsed = Papa.parse<string[]>(text, {
    delimiter: ',',
    newline: '\n',
    header: false,
    skipEmptyLines: false,
  });
  const lines = lineNumbers(parsed.data);
  const all = parsed.data
    .map((cells, i) => ({ line: lines[i], cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  const [first, ...rows] = all;
  checkHeader(first.cells);
  const quote = parsed.errors.find(({ type }) => type === 'Quotes');
  if (quote)
    throw new CsvError(
      `line ${lines[quote.row ?? 0] ?? 1}: a quotation mark is not closed, close it or remove it`,
    );
  if (rows.length === 0) throw new CsvError('it has a header but no rows: add at least one row of numbers');
  for (const { line, cells } of rows) {
    if (cells.length !== first.cells.length) {
      throw new CsvError(
        `line ${line} has ${cells.length} columns, the header has ${first.cells.length}: give every row as many`,
      );
    }
  }
  return { header: [...first.cells], rows };
}

/** A header of numbers is a file without one, whose first row would be lost in silence. */
function checkHeader(names: readonly string[]): void {
  if (names.every((name) => NUMBER.test(name))) {
    throw new CsvError(
      `line 1 has only numbers (${names.slice(0, 3).join(', ')}…): put a header line with the names of the columns above it`,
    );
  }
}

/** Columns are found by name, so names must tell them apart. */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, column) => names.indexOf(name) < column);
  if (twice !== undefined) throw new CsvError(`line 1 has two columns "${twice}": give each its own name`);
}

/** Line on which each record starts: a quoted cell may span lines. */
function lineNumbers(records: readonly string[][]): number[] {
  let line = 1;
  return records.map((cells) => {
    const start = line;
    line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0);
    return start;
  });
}

const isNumber = (cell: string): boolean => NUMBER.test(cell);

function toNumber(cell: string, line: number, column: string): number {
  const place = `line ${line}, column "${column}"`;
  if (!isNumber(cell)) {
    throw new CsvError(
      `${place}: ${cell === '' ? 'the cell is empty' : `"${cell.slice(0, 40)}" is not a number`}, give a number in every row or leave the column out`,
      column,
    );
  }
  const value = Number(cell);
  if (!Number.isFinite(value))
    throw new CsvError(
      `${place}: ${cell.slice(0, 40)} is beyond the largest number (1.8e308), give a smaller one`,
      column,
    );
  return value;
}

/** Rows as CSV text; numbers are written so that they read back to the same bits. */
export function formatCsv(names: readonly string[], rows: readonly (readonly (number | string)[])[]): string {
  return `${Papa.unparse({ fields: [...names], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`;
}
