/** Rows held out, chosen by the seed. */
import { ConfigError } from '../../core/config/config.ts';
import { sizesOf, type Table } from '../../core/datasets.ts';
import { picked } from '../../core/picked.ts';
import { STREAMS } from '../../core/random.ts';
import { ranked } from '../../core/ranking.ts';

/** `share` of the rows as `test`, null where that is none; the order of rows stays. */
export function split(table: Table, share: number, seed: number): { train: Table; test: Table | null } {
  const { rows } = sizesOf(table);
  const held = Math.round(share * rows);
  if (held === 0 && share > 0)
    throw new ConfigError(
      `data.test = ${share} holds out none of ${rows} rows: give at least ${Number((1 / rows).toPrecision(2))}, more rows, or 0`,
    );
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
    x: picked(table.x, index, table.inputs.length),
    y: picked(table.y, index, sizesOf(table).c),
  };
}
