/** Columns of numbers as CSV, out and in again. */
import Papa from 'papaparse';
import { readSheet } from './table/read.ts';

/** Rows as CSV text; numbers are written so that they read back to the same bits. */
export function formatCsv(names: readonly string[], rows: readonly (readonly (number | string)[])[]): string {
  return `${Papa.unparse({ fields: [...names], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`;
}

/** What formatCsv wrote of numbers. */
export function parseCsv(text: string): {
  readonly names: readonly string[];
  /** values[column][row]; NaN where the cell is no number. */
  readonly values: readonly Float64Array[];
} {
  const { columns } = readSheet(text, { delimiter: ',', decimal: '.' });
  return { names: columns.map(({ name }) => name), values: columns.map(({ values }) => values) };
}
