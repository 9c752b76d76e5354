/** What a report is made of. */
import { valueWords, type Expanded, type Settings } from '../../../experiments/sweep/expand.ts';
import type { Rate, Study } from '../../../experiments/sweep/study.ts';
import type { CellRow } from '../cells.ts';
import type { SweepFolder } from '../folder.ts';

export interface Shown {
  readonly folder: SweepFolder;
  readonly expanded: Expanded;
  readonly rows: readonly CellRow[];
  readonly study: Study;
  readonly rates: readonly Rate[];
  /** That made it. */
  readonly command: string;
}

/** A system by what of the grid it has. */
export const systemWords = (settings: Settings): string =>
  Object.values(settings).map(valueWords).join(', ') || 'all';
