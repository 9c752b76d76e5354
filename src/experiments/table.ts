/** From the config's `data` to a table of numbers, whatever its form. */
import type { Data } from '../core/config/config.ts';
import { ConfigError } from '../core/config/config.ts';
import { namesOf, type InlineData } from '../core/config/inline.ts';
import { tabulate, type Table } from '../core/datasets.ts';
import { CsvError, parseCsv, type Columns } from '../io/csv.ts';
import { closest } from 'fastest-levenshtein';

/** How a configuration reaches files: paths are as written in it. Reading may fail with any error. */
export interface Files {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** One sentence for the person, e.g. about a skipped column. */
  note(sentence: string): void;
}

export async function loadTable(data: Data, files: Files): Promise<Table> {
  if ('dataset' in data) return tabulate(data.dataset, data.samples, data.noise, data.seed);
  if ('inline' in data) return inlineTable(data.inline);
  const columns = await readColumns(data.csv, files);
  return csvTable(columns, data.csv, data.target);
}

/** Reads a CSV; errors name the file. */
export async function readColumns(path: string, files: Files): Promise<Columns> {
  const text = await files.readText(path);
  try {
    const columns = parseCsv(text);
    for (const name of columns.skipped) files.note(`${path}: column "${name}" has no numbers and is left out`);
    return columns;
  } catch (error) {
    if (error instanceof CsvError) throw new ConfigError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Every column but the target (default: the last) is a coordinate of x, in file order. */
export function csvTable({ names, values, skipped }: Columns, path: string, target = names.at(-1)): Table {
  if (names.length < 2)
    throw new ConfigError(
      `${path}: it has ${names.length} column of numbers, give at least one input and the target`,
    );
  const at = names.indexOf(target!);
  if (at < 0) {
    const why = skipped.includes(target!)
      ? 'has no numbers'
      : `is not a column of it: did you mean "${closest(target!, [...names])}"?`;
    throw new ConfigError(`${path}: data.target = "${target}" ${why}`);
  }
  const inputs = names.map((_, column) => column).filter((column) => column !== at);
  return {
    inputs: inputs.map((column) => names[column]),
    target: target!,
    x: rowMajor(inputs.map((column) => values[column])),
    y: values[at],
  };
}

/** Columns [k][rows] as a row-major matrix [rows, k]. */
export function rowMajor(columns: readonly Float64Array[]): Float64Array {
  const k = columns.length;
  const x = new Float64Array(k * columns[0].length);
  columns.forEach((column, c) => column.forEach((value, i) => (x[i * k + c] = value)));
  return x;
}

/** A row-major matrix [rows, k] as a list of rows. */
export function rowMajorRows(x: Float64Array, k: number): number[][] {
  return Array.from({ length: x.length / k }, (_, i) => Array.from(x.subarray(i * k, (i + 1) * k)));
}

function inlineTable(inline: InlineData): Table {
  const { x, y } = inline;
  return { ...namesOf(inline), x: Float64Array.from(x.flat()), y: Float64Array.from(y) };
}
