/** Targets that are classes: labels and their order, what they are as numbers y, and how many f gets right. */
import { largest } from './objective/losses.ts';

/** What a class is called: a number where all labels are numbers. */
export type Label = string | number;

export interface Classes {
  /** In their order: as numbers, or by code unit. */
  readonly labels: readonly Label[];
  /** [rows, c]: −1 and 1 for two labels and c = 1, else a 1 in the label's column. */
  readonly y: Float64Array;
  readonly c: number;
}

/** Two labels are one output and its sign, unless `oneHot` asks for an output each. */
export function classify(cells: readonly Label[], oneHot: boolean): Classes {
  const all: Label[] = cells.every(isNumber) ? cells.map(Number) : cells.map(String);
  const labels = [...new Set<Label>(all)].sort((p, q) => (p < q ? -1 : 1));
  const place = new Map(labels.map((label, k) => [label, k]));
  if (labels.length === 2 && !oneHot)
    return { labels, c: 1, y: Float64Array.from(all, (label) => 2 * place.get(label)! - 1) };
  const c = labels.length;
  const y = new Float64Array(c * all.length);
  all.forEach((label, row) => (y[row * c + place.get(label)!] = 1));
  return { labels, c, y };
}

const isNumber = (cell: Label): boolean =>
  typeof cell === 'number' || (cell.trim() !== '' && Number.isFinite(Number(cell)));

/** The number of the class that the row of c at f[at] says, or that a row of y is: 1 for f > 0 where c = 1. */
export const classOf = (f: ArrayLike<number>, at: number, c: number): number =>
  c === 1 ? Number(f[at] > 0) : largest(f, at, c);

/** The share of rows whose class f says. */
export function accuracyOf(f: ArrayLike<number>, y: ArrayLike<number>, c: number): number {
  let right = 0;
  for (let at = 0; at < y.length; at += c) right += Number(classOf(f, at, c) === classOf(y, at, c));
  return right / (y.length / c);
}
