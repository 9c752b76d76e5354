/** Rows held out, chosen by the seed. */
import { ConfigError } from '../core/config/config.ts';
import { sizesOf, type Table } from '../core/datasets.ts';
import { STREAMS } from '../core/random.ts';
import { ranked } from '../core/ranking.ts';

/** `share` of the rows as `test`, null where that is none; the order of rows stays. */
export function split(table: Table, share: number, seed: number): { train: Table; test: Table | null } {
  const { rows } = sizesOf(table);
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
  return {
    ...table,
    x: rowsOf(table.x, index, table.inputs.length),
    y: rowsOf(table.y, index, sizesOf(table).c),
  };
}

function rowsOf(values: Float64Array, index: readonly number[], width: number): Float64Array {
  const some = new Float64Array(index.length * width);
  index.forEach((row, i) => some.set(values.subarray(row * width, (row + 1) * width), i * width));
  return some;
}
