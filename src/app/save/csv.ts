/** A figure's table as a file. */
import { withoutIsolation } from '../../core/words/cut.ts';
import { formatCsv } from '../../io/csv.ts';
import type { Table } from '../figures/figure.ts';

export function csv(table: Table): Blob {
  const names = Object.keys(table);
  const rows = Array.from(table[names[0]], (_, row) => names.map((column) => table[column][row]));
  return new Blob([formatCsv(names.map(withoutIsolation), rows)], { type: 'text/csv' });
}
