/** Rows held out, chosen by the seed. */
import { ConfigError } from '../core/config/config.ts';
import { ranked, type Table } from '../core/datasets.ts';
import { STREAMS } from '../core/random.ts';

/** `share` of the rows as `test`, null where that is none; the order of rows stays. */
export function split(table: Table, share: number, seed: number): { train: Table; test: Table | null } {
  const rows = table.y.length;
  const held = Math.round(share * rows);
  if (held === 0) return { train: table, test: null };
  if (held === rows)
    throw new ConfigError(`data.test = ${share} holds out all ${rows} rows: give a smaller share or more rows`);
  const order = ranked(rows, seed, STREAMS.split);
  const pick = (index: number[]): Table =>
    take(
      table,
      index.sort((p, q) => p - q),
    );
  return { test: pick(order.slice(0, held)), train: pick(order.slice(held)) };
}

function take(table: Table, index: number[]): Table {
  const k = table.inputs.length;
  const x = new Float64Array(index.length * k);
  index.forEach((row, i) => x.set(table.x.subarray(row * k, (row + 1) * k), i * k));
  return { ...table, x, y: Float64Array.from(index, (row) => table.y[row]) };
}
