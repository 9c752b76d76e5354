/** From the config's `data` to a table of numbers, whatever its form. */
import type { Data } from '../core/config/config.ts';
import { ConfigError } from '../core/config/config.ts';
import { namesOf, type InlineData } from '../core/config/inline.ts';
import { tabulate, type Table } from '../core/datasets.ts';
import { classify, type Label } from '../core/labels.ts';
import { CsvError, parseCsv, type Columns, type Left } from '../io/csv.ts';
import { closest } from 'fastest-levenshtein';

/** How a configuration reaches files: paths are as written in it. Reading may fail with any error. */
export interface Files {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** One sentence for the person, e.g. about a skipped column. */
  note(sentence: string): void;
}

/** `oneHot`: two labels are two outputs, too. */
export async function loadTable(data: Data, files: Files, oneHot = false): Promise<Table> {
  if ('dataset' in data) return tabulate(data.dataset, data.samples, data.noise, data.seed, data);
  if ('inline' in data) return inlineTable(data.inline, data.labels ?? false, oneHot);
  const { csv, target, labels = false } = data;
  const text = (header: readonly string[]): readonly string[] =>
    labels ? [nameOf(target) ?? header.at(-1)!] : [];
  const columns = await readColumns(csv, files, text);
  // a column of labels that nobody names is the last one
  const table = csvTable(
    columns,
    csv,
    labels ? (nameOf(target) ?? [...columns.texts.keys()].at(-1)) : target,
    oneHot,
  );
  noteSkipped(columns, csv, files, [table.target]);
  return table;
}

const nameOf = (target: string | readonly string[] | undefined): string | undefined =>
  typeof target === 'object' ? target[0] : target;

/** Reads a CSV; errors name the file. */
export async function readColumns(path: string, files: Files, left: Left = []): Promise<Columns> {
  const text = await files.readText(path);
  try {
    return parseCsv(text, left);
  } catch (error) {
    if (error instanceof CsvError) throw new ConfigError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Says which columns are left out. */
export function noteSkipped(
  { skipped }: Columns,
  path: string,
  files: Files,
  but: readonly string[] = [],
): void {
  for (const name of skipped.filter((one) => !but.includes(one)))
    files.note(`${path}: column "${name}" has no numbers and is left out`);
}

/**
 * Every column of numbers but the target (default: the last) is a coordinate of x, in file order. The target is one
 * column, of numbers or of labels, or several of numbers.
 */
export function csvTable(
  columns: Columns,
  path: string,
  target: string | readonly string[] | undefined = columns.names.at(-1),
  oneHot = false,
): Table {
  const { names, values, texts } = columns;
  const wanted = typeof target === 'object' ? target : [target!];
  const isText = wanted.length === 1 && texts.has(wanted[0]);
  if (names.length < (isText ? 1 : 2))
    throw new ConfigError(
      `${path}: it has ${names.length} column of numbers, give at least one input and the target`,
    );
  checkTargets(columns, path, wanted);
  const inputs = names.filter((name) => !wanted.includes(name));
  if (inputs.length === 0) throw new ConfigError(`${path}: every column is a target, leave one as an input`);
  const valuesOf = (some: readonly string[]): Float64Array =>
    rowMajor(some.map((name) => values[names.indexOf(name)]));
  const x = valuesOf(inputs);
  if (isText) return { inputs, x, ...labelled(labelsIn(columns, wanted[0], path), wanted[0], oneHot) };
  return { inputs, x, ...numbered(valuesOf(wanted), wanted) };
}

function checkTargets({ names, texts }: Columns, path: string, wanted: readonly string[]): void {
  for (const [k, target] of wanted.entries()) {
    if (wanted.indexOf(target) < k)
      throw new ConfigError(`${path}: data.target has "${target}" twice: give each output its own column`);
    if (names.includes(target) || (texts.has(target) && wanted.length === 1)) continue;
    const why = texts.has(target)
      ? 'has no numbers, and labels are one column: give that alone'
      : `is not a column of it: did you mean "${closest(target, [...names, ...texts.keys()])}"?`;
    throw new ConfigError(`${path}: data.target = "${target}" ${why}`);
  }
}

/** The cells of a column of labels, every row with one. */
function labelsIn({ texts, lines }: Columns, name: string, path: string): readonly string[] {
  const cells = texts.get(name)!;
  const empty = cells.indexOf('');
  if (empty < 0) return cells;
  throw new ConfigError(
    `${path}: line ${lines[empty]}, column "${name}": the cell is empty, give a label in every row`,
  );
}

/** What a table has of targets that are numbers [rows, c]. */
const numbered = (y: Float64Array, names: readonly string[]): Pick<Table, 'target' | 'outputs' | 'y'> => ({
  target: names.join(', '),
  y,
  ...(names.length > 1 && { outputs: names }),
});

/** The same of labels. */
function labelled(
  cells: readonly Label[],
  target: string,
  oneHot: boolean,
): Pick<Table, 'target' | 'outputs' | 'labels' | 'y'> {
  const { labels, c, y } = classify(cells, oneHot);
  if (labels.length < 2)
    throw new ConfigError(
      `data.target = "${target}": every row has the label "${labels[0]}", give at least two`,
    );
  return { target, labels, y, ...(c > 1 && { outputs: labels.map(String) }) };
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

function inlineTable(inline: InlineData, named: boolean, oneHot: boolean): Table {
  const { inputs, targets } = namesOf(inline);
  const x = Float64Array.from(inline.x.flat());
  const cells = inline.y.flat();
  if (named || cells.some((value) => typeof value === 'string'))
    return { inputs, x, ...labelled(cells, targets[0], oneHot) };
  return { inputs, x, ...numbered(Float64Array.from(cells, Number), targets) };
}
