/** DIR of a run: history.csv, snapshots, checkpoint, and at the end theta.npy, f.npy and summary.json. */
import { shapeOf, rowsOf } from '../core/shape.ts';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theta } from '../engines/engine.ts';
import type { HistoryRow } from '../experiments/run.ts';
import { formatCsv, parseCsv } from '../io/csv.ts';
import { encodeNpy } from '../io/npy.ts';
import { UsageError } from './errors.ts';
import { readText, writeWhole } from './files.ts';

export const thetaBytes = (theta: Theta, d: number): Uint8Array =>
  encodeNpy(theta, [rowsOf(theta, shapeOf({ d })), shapeOf({ d }).width]);

/** Removes what an earlier run left in a directory: files of two runs must not stand side by side. */
export async function removeOutputs(directory: string): Promise<void> {
  const ours =
    /^(checkpoint\.(npy|json)|summary\.json|history\.csv|result\.json|points\.csv|figure\.svg|f\.npy|theta(-\d+)?\.npy|\..*\.part)$/;
  const names = (await readdir(directory)).filter((name) => ours.test(name));
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })));
}

/** history.csv, held in memory and written whole; `testLoss` is a column only where there is a test set. */
export class History {
  private readonly names: readonly string[];
  private written = 0;

  constructor(
    private readonly directory: string,
    private readonly hasTest: boolean,
    private readonly rows: HistoryRow[] = [],
  ) {
    this.names = ['step', 't', 'loss', ...(hasTest ? ['testLoss'] : [])];
  }

  /** A run resumed at step 0 says its first row again. */
  add(row: HistoryRow): void {
    if (this.rows.at(-1)?.step !== row.step) this.rows.push(row);
  }

  async write(): Promise<void> {
    if (this.written === this.rows.length) return;
    this.written = this.rows.length;
    const cells = this.rows.map(({ step, t, loss, testLoss }) => [
      step,
      t,
      loss,
      ...(this.hasTest ? [testLoss] : []),
    ]);
    await writeWhole(this.directory, 'history.csv', formatCsv(this.names, cells));
  }

  /** The rows up to and including a checkpoint's step. */
  static async resume(directory: string, hasTest: boolean, step: number, every: number): Promise<History> {
    const path = join(directory, 'history.csv');
    const rows = historyRows(await readText(path)).filter((row) => row.step <= step);
    if (rows.length <= Math.floor(step / every)) {
      throw new UsageError(
        `${path}: it lacks rows that were written before the checkpoint at step ${step}, start again with --force`,
      );
    }
    return new History(directory, hasTest, rows);
  }
}

function historyRows(text: string): HistoryRow[] {
  try {
    const { names, values } = parseCsv(text);
    const [step, t, loss, testLoss] = ['step', 't', 'loss', 'testLoss'].map(
      (name) => values[names.indexOf(name)],
    );
    return Array.from(step, (_, i) => ({
      step: step[i],
      t: t[i],
      loss: loss[i],
      testLoss: testLoss?.[i] ?? NaN,
    }));
  } catch {
    return [];
  }
}

/** JSON has no NaN and no infinity: they become null. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? null : entry), 2)}\n`;
