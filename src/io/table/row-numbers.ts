/** Columns that only say which row one is in: a data frame's index, and the names of rows that R writes. */
import type { Column } from './columns.ts';

/** What pandas and R call a column that they were given no name for. */
const UNNAMED = /^$|^unnamed: ?\d+$/i;
const ROW_NAMES = /^(row[._ ]?names?|row[._ ]?(id|num|number|index))$/i;

/** `name` as the header has it. */
export function numbersRows({ values, numbers }: Column, name: string): boolean {
  if (!UNNAMED.test(name) && !ROW_NAMES.test(name)) return false;
  if (numbers < values.length || !values.every((value) => Number.isInteger(value))) return false;
  return increases(values) || new Set(values).size === values.length;
}

function increases(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i] > values[i - 1])) return false;
  return true;
}
