/** What a run learned from, in summary.json and for people. */
import { shortName } from '../../core/words/cut.ts';
import { sizesOf } from '../../core/datasets.ts';
import type { Label } from '../../core/labels.ts';
import type { Prepared } from '../../experiments/prepare.ts';

export interface DataReport {
  /** Rows of the file, or of what was given or drawn; those that are used, held-out ones too; those left out. */
  readonly rows: number;
  readonly used: number;
  readonly dropped: number;
  readonly inputs: readonly string[];
  readonly target: string | readonly string[];
  /** Columns of the file that are not used. */
  readonly skipped: readonly string[];
  readonly labels?: readonly Label[];
}

export function dataReport({ table, test, encoding, problem }: Prepared): DataReport {
  const { inputs, target, outputs, labels } = encoding;
  const { c } = sizesOf(table);
  const used = problem.m + (test ? test.y.length / c : 0);
  const { rows = used, dropped = 0, skipped = [] } = table.file ?? {};
  return {
    rows,
    used,
    dropped,
    inputs,
    target: labels ? target : (outputs ?? target),
    skipped,
    ...(labels && { labels }),
  };
}

/** Most names in a line. */
const FEW = 8;

/** Names in one line. */
export const listed = (names: string | readonly string[]): string => {
  const all = [names].flat();
  const rest = all.length > FEW ? `, … (${all.length})` : '';
  return `${all.slice(0, FEW).map(shortName).join(', ')}${rest}`;
};
