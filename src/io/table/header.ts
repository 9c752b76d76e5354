/** The line of names: what it must be, and what stands there in its place. */
import { disguiseIn, isMissing, isNumber, type Decimal } from './cells.ts';
import { TableError, shown } from './error.ts';

export interface Header {
  /** Of every column of the rows; '' where there is none. */
  readonly names: readonly string[];
  /** Records before the first row. */
  readonly records: 0 | 1;
  /** Each row begins with a cell that has no name: R's names of rows. */
  readonly rowNames: boolean;
}

/** `sample`: the first records; `wanted`: whether the first one has names, if that is said. Throws a TableError where its first one is no line of names. */
export function headerOf(sample: readonly string[][], decimal: Decimal, wanted: boolean | undefined): Header {
  if (wanted === false) return { names: numbered(sample), records: 0, rowNames: false };
  const [names, ...rows] = sample;
  const rowNames = rows.length > 0 && rows[0].length === names.length + 1 && rows[0].at(-1) !== '';
  const cells = rowNames ? ['', ...names] : names;
  if (!wanted) checkNames(cells);
  checkUnits(cells, rows, decimal);
  return { names, records: 1, rowNames };
}

/** x1 … xk and y for as many columns as rows have; one that is empty throughout is a delimiter at the end. */
function numbered(rows: readonly string[][]): string[] {
  const widest = Math.max(...rows.map((row) => row.length));
  const width = widest - Number(rows.every((row) => (row[widest - 1] ?? '') === ''));
  return Array.from({ length: width }, (_, c) => (c === width - 1 && c > 0 ? 'y' : `x${c + 1}`));
}

/** A row of data in place of names would be lost in silence. */
function checkNames(names: readonly string[]): void {
  const numbers = names.filter((name) => isNumber(name, '.') || isNumber(name, ','));
  if (numbers.length === 0) return;
  const all = numbers.length === names.filter((name) => name !== '').length;
  const few = (all ? numbers : names).slice(0, 4).join(', ') + (names.length > 4 ? ', …' : '');
  throw new TableError(
    `line 1 ${all ? 'has only numbers' : 'looks like a row of data'} (${few}): if it is data, set "header": false, if it names the columns, "header": true`,
    [{ header: false }, { header: true }],
  );
}

/** A line of units under the names: words alone, where all below are numbers. */
function checkUnits(names: readonly string[], [first, ...rest]: readonly string[][], decimal: Decimal): void {
  if (!first || rest.length === 0 || first.some((cell) => isNumber(cell, decimal))) return;
  const units = first.filter((cell, c) => {
    const below = rest.map((row) => row[c] ?? '');
    return (
      !isMissing(cell) &&
      !disguiseIn(cell, decimal) &&
      below.every((other) => isMissing(other) || isNumber(other, decimal)) &&
      below.some((other) => isNumber(other, decimal))
    );
  });
  if (units.length === 0 || names.length === 0) return;
  throw new TableError(
    `the row under the names holds words (${units.slice(0, 4).map(shown).join(', ')}), not numbers, and the rows below it hold numbers: if these are units, remove that line`,
  );
}
