/** Which columns and rows of a table are learned from: what `data` says of it, or else what the table is. */
import type { CsvChoice } from '../../core/config/data.ts';
import { hint } from '../../core/words/nearest.ts';
import { disguiseIn, isDate, isMissing, isTime, reasonOf } from '../../io/table/cells.ts';
import type { Column } from '../../io/table/columns.ts';
import { shown, TableError, type Remedy } from '../../io/table/error.ts';
import type { Sheet } from '../../io/table/read.ts';

export interface Choice {
  readonly inputs: readonly Column[];
  readonly targets: readonly Column[];
  /** Cells of the one target are names of classes. */
  readonly labels: boolean;
  /** Rows without a missing cell in these columns; null: all. */
  readonly rows: Int32Array | null;
  /** Columns that are neither, and a sentence about each that nobody has left out. */
  readonly skipped: readonly { readonly name: string; readonly note: string | null }[];
}

/** Throws a TableError where it cannot be. */
export function chooseColumns(sheet: Sheet, choice: CsvChoice): Choice {
  const candidates = candidatesOf(sheet, choice);
  const targets = targetsOf(sheet, candidates, choice);
  const labels =
    targets.length === 1 && targets[0].texts !== null && (choice.labels === true || isText(targets[0]));
  const open = new Set(candidates);
  const others = candidates.filter((column) => !targets.includes(column));
  const inputs = inputsOf(sheet, others, choice);
  const used = [...inputs, ...(labels ? [] : targets)];
  for (const column of used) checkNumbers(sheet, column);
  const chosen = new Set([...inputs, ...targets]);
  checkNames(sheet, [...chosen]);
  return {
    inputs,
    targets,
    labels,
    rows: rowsOf(sheet, used, labels ? targets[0] : null, choice),
    skipped: [
      ...sheet.left.map(({ name, why }) => ({ name, note: `${name} ${why}` })),
      ...sheet.columns
        .filter((column) => !chosen.has(column))
        .map((column) => ({
          name: column.name,
          note: open.has(column) && !choice.inputs ? `column "${column.name}" ${whyLeft(column)}` : null,
        })),
    ],
  };
}

const isText = ({ numbers, firstOther }: Column): boolean => numbers === 0 && firstOther !== null;
const isEmpty = ({ numbers, firstOther }: Column): boolean => numbers === 0 && firstOther === null;
const listed = (columns: readonly Column[]): string =>
  columns.length === 0
    ? 'there is none'
    : columns
        .slice(0, 6)
        .map(({ name }) => name)
        .join(', ') + (columns.length > 6 ? ', …' : '');

function named(sheet: Sheet, field: string, names: readonly string[]): Column[] {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new TableError(`data.${field} has "${twice}" twice: name each column once`);
  const columns = new Map([...sheet.columns].reverse().map((column) => [column.name, column])); // the first of a name
  return names.map((name) => {
    const column = columns.get(name);
    if (column) return column;
    const known = sheet.columns.map((one) => one.name);
    throw new TableError(
      `data.${field} = "${name}" is not a column of it: ${hint(name, known, `give one of ${listed(sheet.columns)}`)}`,
    );
  });
}

function candidatesOf(sheet: Sheet, { exclude = [] }: CsvChoice): readonly Column[] {
  const without = new Set(named(sheet, 'exclude', exclude));
  return sheet.columns.filter((column) => !without.has(column));
}

function targetsOf(sheet: Sheet, candidates: readonly Column[], choice: CsvChoice): readonly Column[] {
  const { target, labels = false } = choice;
  if (target === undefined) return [lastOf(sheet, candidates, choice)];
  const wanted = typeof target === 'string' ? [target] : target;
  const columns = named(sheet, 'target', wanted);
  for (const column of columns) {
    if (!candidates.includes(column))
      throw new TableError(
        `data.target = "${column.name}" stands in data.exclude, too: name it in one of them`,
      );
    if (columns.length > 1 && isText(column))
      throw new TableError(
        `data.target = "${column.name}" has no numbers, and labels are one column: give that alone`,
      );
    if (!labels && isText(column)) checkDisguise(sheet, column);
    if (isEmpty(column))
      throw new TableError(`data.target = "${column.name}": the column is empty, give another`);
  }
  return columns;
}

/** The target where none is named. Words are classes only where somebody says so. */
function lastOf(
  sheet: Sheet,
  candidates: readonly Column[],
  { labels = false, inputs = [] }: CsvChoice,
): Column {
  const last = candidates.at(-1);
  if (!last) throw new TableError('it has 0 columns of numbers, give at least one input and the target');
  if (isEmpty(last))
    throw new TableError(
      `the last column, "${last.name}", has no numbers: set "target" to a column of numbers (${listed(candidates.filter((column) => column.numbers > 0))})`,
    );
  if (inputs.includes(last.name))
    throw new TableError(`the last column, "${last.name}", is among data.inputs: set "target" to another`);
  if (labels || !isText(last)) return last;
  checkDisguise(sheet, last);
  const numbers = candidates.filter((column) => column.numbers > 0);
  throw new TableError(
    `the last column, "${last.name}", is text (${shown(last.firstOther!.text)}): set "labels": true if it names classes, or "target" to a column of numbers (${listed(numbers)})`,
    [{ labels: true }, ...(numbers.length > 1 ? [{ target: numbers.at(-1)!.name }] : [])],
  );
}

function inputsOf(sheet: Sheet, others: readonly Column[], { inputs }: CsvChoice): readonly Column[] {
  if (inputs) {
    const columns = named(sheet, 'inputs', inputs);
    const other = columns.find((column) => !others.includes(column));
    if (other)
      throw new TableError(
        `data.inputs = "${other.name}" is the target or excluded, too: name it in one of them`,
      );
    const text = columns.find((column) => column.numbers === 0);
    if (text) throw new TableError(`data.inputs = "${text.name}" has no numbers: ${noInput(text)}`);
    return columns;
  }
  for (const column of others) if (isText(column)) checkDisguise(sheet, column);
  const numbers = others.filter((column) => column.numbers > 0);
  if (numbers.length > 0) return numbers;
  const text = others.find(isText);
  throw new TableError(
    text
      ? `no column of numbers is left as an input: column "${text.name}" ${noInput(text)}`
      : 'it has 1 column of numbers, give at least one input and the target',
  );
}

const noInput = ({ firstOther }: Column): string =>
  firstOther ? `${shown(firstOther.text)} ${reasonOf(firstOther.text, '.')}` : 'all its cells are empty';

const exclude = ({ name }: Column): Remedy => ({ exclude: [name] });

/** Numbers that are written as no number are meant as such: to leave them out in silence would be wrong. */
function checkDisguise(sheet: Sheet, column: Column): void {
  const { texts, firstOther } = column;
  if (!texts?.every((cell) => isMissing(cell) || disguiseIn(cell, sheet.decimal))) return;
  throw cellError(sheet, column, firstOther!.row, firstOther!.text);
}

function checkNumbers(sheet: Sheet, column: Column): void {
  const { firstOther, numbers } = column;
  if (firstOther) throw cellError(sheet, column, firstOther.row, firstOther.text);
  if (numbers === 0) throw new TableError(`column "${column.name}" has no numbers, leave it out`);
}

function cellError(sheet: Sheet, column: Column, row: number, text: string): TableError {
  const reason = reasonOf(text, sheet.decimal);
  const comma = /set "decimal": "(.)"/.exec(reason)?.[1] as Remedy['decimal'];
  return new TableError(
    `line ${sheet.lineOf(row)}, column "${column.name}": ${shown(text)} ${reason}, or leave the column out ("exclude": [${JSON.stringify(column.name)}])`,
    [...(comma ? [{ decimal: comma }] : []), exclude(column)],
  );
}

/** Names repeat only where a header gives them, which stands before row 0. */
function checkNames(sheet: Sheet, columns: readonly Column[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new TableError(`line ${sheet.lineOf(-1)} has two columns "${name}": give each its own name`);
    seen.add(name);
  }
}

function whyLeft({ firstOther, texts }: Column): string {
  if (!firstOther) return 'has no numbers and is left out';
  const cells = texts!.filter((cell) => !isMissing(cell));
  const holds = cells.every(isDate) ? 'holds dates' : cells.every(isTime) ? 'holds times' : null;
  return holds
    ? `${holds} (${shown(firstOther.text)}), not numbers, and is left out`
    : 'has no numbers and is left out';
}

/** Rows that have all their cells, or the sentence about the first one that has not. */
function rowsOf(
  sheet: Sheet,
  columns: readonly Column[],
  labels: Column | null,
  { missing = 'error' }: CsvChoice,
): Int32Array | null {
  const texts = labels?.texts;
  const without = columns.filter((column) => column.missing > 0);
  const unlabelled = texts?.findIndex(isMissing) ?? -1;
  if (without.length === 0 && unlabelled < 0) return null;
  const whole: number[] = [];
  for (let row = 0; row < sheet.rows; row++)
    if (without.every(({ values }) => !Number.isNaN(values[row])) && !(texts && isMissing(texts[row])))
      whole.push(row);
  if (missing === 'error') throw missingError(sheet, without, labels, unlabelled, whole.length);
  if (whole.length === 0)
    throw new TableError(
      `every row has a missing cell in a column that is used: leave out the emptiest one ("exclude": [${JSON.stringify(emptiest(columns).name)}])`,
      [exclude(emptiest(columns))],
    );
  return Int32Array.from(whole);
}

const emptiest = (columns: readonly Column[]): Column =>
  columns.reduce((most, next) => (next.missing > most.missing ? next : most));

function missingError(
  sheet: Sheet,
  columns: readonly Column[],
  labels: Column | null,
  unlabelled: number,
  whole: number,
): TableError {
  const cells = columns.map((column) => ({ column, ...column.firstMissing! }));
  if (labels && unlabelled >= 0)
    cells.push({ column: labels, row: unlabelled, text: labels.texts![unlabelled] });
  const { column, row, text } = cells.reduce((first, next) => (next.row < first.row ? next : first));
  const what = text === '' ? 'the cell is empty' : `${shown(text)} stands for a missing value`;
  return new TableError(
    `line ${sheet.lineOf(row)}, column "${column.name}": ${what}, set "missing": "drop" to leave out such rows (${sheet.rows - whole} of ${sheet.rows}), or give a value`,
    whole > 0 ? [{ missing: 'drop' }, exclude(column)] : [exclude(column)],
  );
}
