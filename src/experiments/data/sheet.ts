/** From a file of columns, through the choice of some, to a table of numbers. */
import { ConfigError, type Data } from '../../core/config/config.ts';
import type { Table } from '../../core/datasets.ts';
import type { Column } from '../../io/table/columns.ts';
import { TableError } from '../../io/table/error.ts';
import { reading, type ReadOptions, type Sheet } from '../../io/table/read.ts';
import { chooseColumns } from './choice.ts';
import { rowMajor } from './matrix.ts';
import type { Files } from './table.ts';
import { labelled, numbered } from './targets.ts';
import { inTurns } from '../turns.ts';

type Csv = Extract<Data, { csv: string }>;

/** The table of a CSV, as its configuration chooses from it; `read`: who has the sheet of a file already. */
export async function sheetTable(
  data: Csv,
  files: Files,
  oneHot: boolean,
  read: typeof readSheetOf = readSheetOf,
): Promise<Table> {
  const sheet = await read(data.csv, files, optionsOf(data));
  const note = (sentence: string): void => files.note(`${data.csv}: ${sentence}`);
  return named(data.csv, () => tableOf(sheet, data, oneHot, note));
}

/** How a file is to be read. A column of labels that nobody names is the last one. */
export const optionsOf = ({ delimiter, decimal, header, labels, target }: Omit<Csv, 'csv'>): ReadOptions => ({
  ...(delimiter !== undefined && { delimiter }),
  ...(decimal && { decimal }),
  ...(header !== undefined && { header }),
  verbatim: (names) =>
    labels ? (target === undefined ? names.filter((name) => name !== '').slice(-1) : [target].flat()) : [],
});

/** Reads a table; errors name the file. */
export async function readSheetOf(path: string, files: Files, options: ReadOptions): Promise<Sheet> {
  try {
    return await inTurns(reading(await files.readBytes(path), options), `reading ${path}`, files);
  } catch (error) {
    throw ofFile(path, error);
  }
}

/** What the work says to be wrong with a file is said with its name. */
export function named<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ofFile(path, error);
  }
}

const ofFile = (path: string, error: unknown): unknown =>
  error instanceof TableError ? new ConfigError(`${path}: ${error.message}`, { cause: error }) : error;

/** The chosen columns as numbers; `note` gets sentences about what is left out. Throws a TableError. */
export function tableOf(
  sheet: Sheet,
  data: Omit<Csv, 'csv'>,
  oneHot = false,
  note: (sentence: string) => void = () => undefined,
): Table {
  const { inputs, targets, labels, rows, skipped } = chooseColumns(sheet, data);
  if (sheet.note !== null) note(sheet.note);
  for (const about of skipped) if (about.note !== null) note(about.note);
  const dropped = rows ? sheet.rows - rows.length : 0;
  if (dropped > 0) note(`${dropped} of ${sheet.rows} rows have a missing cell and are left out`);
  const names = inputs.map(({ name }) => name);
  const x = rowMajor(
    inputs.map(({ values }) => values),
    rows,
  );
  const file = {
    rows: sheet.rows,
    dropped,
    skipped: skipped.map(({ name }) => name),
  };
  const target = targets[0].name;
  if (labels) return { inputs: names, x, ...labelled(labelsOf(targets[0], rows), target, oneHot), file };
  const y = rowMajor(
    targets.map(({ values }) => values),
    rows,
  );
  return {
    inputs: names,
    x,
    ...numbered(
      y,
      targets.map(({ name }) => name),
    ),
    file,
  };
}

const labelsOf = ({ texts }: Column, rows: Int32Array | null): readonly string[] =>
  rows ? Array.from(rows, (row) => texts![row]) : texts!;
