/** DIR of a run: history.csv, snapshots, checkpoint, and at the end theta.npy, f.npy and summary.json. */
import { shapeOf, rowsOf, type Sized } from '../core/shape.ts';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theta } from '../engines/engine.ts';
import type { Prepared } from '../experiments/prepare.ts';
import type { HistoryRow } from '../experiments/run.ts';
import { formatCsv, parseCsv } from '../io/csv.ts';
import { encodeNpy } from '../io/npy.ts';
import { UsageError } from './errors.ts';
import { readText, writeWhole } from './files.ts';

export const thetaBytes = (theta: Theta, sized: Sized): Uint8Array =>
  encodeNpy(theta, [rowsOf(theta, shapeOf(sized)), shapeOf(sized).width]);

/** Removes what an earlier run left in a directory: files of two runs must not stand side by side. */
export async function removeOutputs(directory: string): Promise<void> {
  const ours =
    /^(checkpoint\.(npy|json)|summary\.json|history\.csv|result\.json|points\.csv|figure\.svg|f\.npy|theta(-\d+)?\.npy|\..*\.part)$/;
  const names = (await readdir(directory)).filter((name) => ours.test(name));
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })));
}

type Column = keyof HistoryRow;
const COLUMNS: readonly Column[] = ['step', 't', 'loss', 'objective', 'testLoss', 'accuracy', 'testAccuracy'];

/** Columns of a run's history: what there is only with penalties, with rows held out, with classes. */
export const historyColumns = ({
  config: { dynamics },
  test,
  encoding: { labels },
}: Prepared): readonly Column[] =>
  COLUMNS.filter(
    (name) =>
      (dynamics.penalty !== undefined || name !== 'objective') &&
      (test !== null || !name.startsWith('test')) &&
      (labels !== undefined || !/accuracy/i.test(name)),
  );

/** history.csv, held in memory and written whole. */
export class History {
  private written = 0;

  constructor(
    private readonly directory: string,
    private readonly columns: readonly Column[],
    private readonly rows: HistoryRow[] = [],
  ) {}

  /** A run resumed at step 0 says its first row again. */
  add(row: HistoryRow): void {
    if (this.rows.at(-1)?.step !== row.step) this.rows.push(row);
  }

  async write(): Promise<void> {
    if (this.written === this.rows.length) return;
    this.written = this.rows.length;
    const cells = this.rows.map((row) => this.columns.map((name) => row[name]));
    await writeWhole(this.directory, 'history.csv', formatCsv(this.columns, cells));
  }

  /** The rows up to and including a checkpoint's step. */
  static async resume(
    directory: string,
    columns: readonly Column[],
    step: number,
    every: number,
  ): Promise<History> {
    const path = join(directory, 'history.csv');
    const rows = historyRows(await readText(path)).filter((row) => row.step <= step);
    if (rows.length <= Math.floor(step / every)) {
      throw new UsageError(
        `${path}: it lacks rows that were written before the checkpoint at step ${step}, start again with --force`,
      );
    }
    return new History(directory, columns, rows);
  }
}

function historyRows(text: string): HistoryRow[] {
  try {
    const { names, values } = parseCsv(text);
    const valueOf = (name: Column, i: number): number => values[names.indexOf(name)]?.[i] ?? NaN;
    return Array.from(
      values[names.indexOf('step')],
      (_, i) => Object.fromEntries(COLUMNS.map((name) => [name, valueOf(name, i)])) as Record<Column, number>,
    );
  } catch {
    return [];
  }
}

/** JSON has no NaN and no infinity: they become null. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? null : entry), 2)}\n`;
