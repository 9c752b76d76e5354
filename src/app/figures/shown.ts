/** What a picture of f shows: one of the outputs, and some of the rows. */
import { evenly, picked } from '../../core/picked.ts';
import { isolatedName } from '../../core/words/cut.ts';
import { columnOf, decodeOutputs, encodeTargets } from '../../experiments/data/encoding.ts';
import type { Prepared } from '../../experiments/prepare.ts';

/** Rows that are pictured, evenly spaced where there are more: dots on dots show nothing. */
const MOST = 2 ** 13;

/** One of c outputs: its name, its targets, and what belongs to it of rows of c. */
export interface Shown {
  readonly name: string;
  /** k: numbers in a row of x. */
  readonly inputs: number;
  /** Of the rows that are pictured: inputs [rows, k] and targets. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly c: number;
  /** Of f, as it is. */
  readonly plain: (f: Float64Array) => Float64Array;
  /** Of f at all rows, or at those that are pictured, in the target's units there. */
  readonly fromAll: (f: Float64Array) => Float64Array;
  readonly decoded: (f: Float64Array) => Float64Array;
  /** Targets as the network learns them. */
  readonly encoded: (y: readonly number[]) => Float64Array;
}

export function shownOf({ table, encoding }: Prepared, output: number): Shown {
  const { target, outputs } = encoding;
  const c = outputs?.length ?? 1;
  const shown = evenly(table.y.length / c, MOST);
  const plain = (f: Float64Array): Float64Array => columnOf(f, output, c);
  const decoded = (f: Float64Array): Float64Array => plain(decodeOutputs(f, encoding));
  const rows = (y: readonly number[]): Float64Array =>
    Float64Array.from({ length: y.length * c }, (_, i) => y[Math.floor(i / c)]);
  return {
    name: isolatedName(outputs?.[output] ?? target),
    inputs: table.inputs.length,
    x: picked(table.x, shown, table.inputs.length),
    y: plain(picked(table.y, shown, c)),
    c,
    plain,
    fromAll: (f) => decoded(picked(f, shown, c)),
    decoded,
    encoded: (y) => plain(encodeTargets(rows(y), encoding)),
  };
}
