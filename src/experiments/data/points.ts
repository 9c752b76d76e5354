/** Inputs of a finished run in a table of new points: found by their names, or by their order where that is asked. */
import type { Column } from '../../io/table/columns.ts';
import { isMissing, reasonOf } from '../../io/table/cells.ts';
import { shown, TableError } from '../../io/table/error.ts';
import type { Sheet } from '../../io/table/read.ts';

interface Trained {
  readonly inputs: readonly string[];
  readonly target: string;
}

/** Throws a TableError where one is missing or is no number throughout. Other columns do not matter. */
export function pointColumns(sheet: Sheet, trained: Trained, byOrder: boolean): readonly Float64Array[] {
  const columns = byOrder ? inOrder(sheet, trained) : byName(sheet, trained.inputs);
  for (const column of columns) checkCells(sheet, column);
  return columns.map(({ values }) => values);
}

/** Blanks and case aside. */
const plain = (name: string): string => name.toLowerCase().replace(/\s+/g, '');

function byName({ columns }: Sheet, inputs: readonly string[]): Column[] {
  const found = inputs.map(
    (name) =>
      columns.find((one) => one.name === name) ??
      onlyOne(columns.filter((one) => plain(one.name) === plain(name))),
  );
  const missing = inputs.filter((_, k) => !found[k]).map((name) => `"${name}"`);
  if (missing.length === 0) return found as Column[];
  const [noun, are] = missing.length === 1 ? ['column', 'is'] : ['columns', 'are'];
  const order = columns.filter(({ numbers }) => numbers > 0).length >= inputs.length ? ', or --by-order' : '';
  throw new TableError(
    `${noun} ${missing.slice(0, 6).join(', ')}${missing.length > 6 ? ', …' : ''} ${are} missing, give the inputs of the training data: ${inputs.join(', ')}${order}`,
  );
}

const onlyOne = (columns: readonly Column[]): Column | undefined =>
  columns.length === 1 ? columns[0] : undefined;

function inOrder({ columns }: Sheet, { inputs, target }: Trained): readonly Column[] {
  const numbers = columns.filter((column) => column.numbers > 0);
  const others = numbers.filter(({ name }) => plain(name) !== plain(target));
  const given = numbers.length === inputs.length ? numbers : others;
  if (given.length === inputs.length) return given;
  throw new TableError(
    `it has ${given.length} columns of numbers, and the run has ${inputs.length} inputs: give them in the order ${inputs.join(', ')}`,
  );
}

function checkCells(sheet: Sheet, { name, firstOther, firstMissing }: Column): void {
  const cell = firstOther ?? firstMissing;
  if (!cell) return;
  const what =
    cell.text === ''
      ? 'the cell is empty, give a number in every row'
      : isMissing(cell.text)
        ? `${shown(cell.text)} is not a number, give a number in every row`
        : `${shown(cell.text)} ${reasonOf(cell.text, sheet.decimal)}`;
  throw new TableError(`line ${sheet.lineOf(cell.row)}, column "${name}": ${what}`);
}
