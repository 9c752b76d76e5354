/** history.csv: it grows in place while the run goes on, and is cut where a checkpoint goes on. */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prepared } from '../../experiments/prepare.ts';
import type { HistoryRow } from '../../experiments/run.ts';
import { formatCsv } from '../../io/csv.ts';
import { readBytes } from '../files/bytes.ts';
import { UsageError } from '../errors.ts';
import { writeError } from '../files/files.ts';

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

/** How far the file belongs to a checkpoint, and what it holds up to there. */
export interface HistoryMark {
  readonly bytes: number;
  readonly sha256: string;
}

export class History {
  private readonly path: string;
  private readonly hash: Hash = createHash('sha256');
  private bytes = 0;
  /** Of the file, once it is cut to what is known of it. */
  private cut = false;
  private lastStep = -1;
  private pending: HistoryRow[] = [];

  constructor(
    directory: string,
    private readonly columns: readonly Column[],
  ) {
    this.path = join(directory, 'history.csv');
  }

  /** A run resumed at a step says its row again. */
  add(row: HistoryRow): void {
    if (row.step <= this.lastStep) return;
    this.lastStep = row.step;
    this.pending.push(row);
  }

  /** Writes what has been added, at its place: a file that grows may be watched. */
  flush(): Promise<void> {
    return this.pending.length > 0 ? this.write(false) : Promise.resolve();
  }

  /** The same onto the disk itself. A file that nobody has added to stays what it was. */
  settle(): Promise<void> {
    return this.pending.length > 0 || this.cut ? this.write(true) : Promise.resolve();
  }

  private async write(durably: boolean): Promise<void> {
    const text = Buffer.from(this.text());
    try {
      await this.append(text, durably);
    } catch (error) {
      throw writeError(this.path, error);
    }
    this.take(text);
    this.pending = [];
  }

  get mark(): HistoryMark {
    return { bytes: this.bytes, sha256: this.hash.copy().digest('hex') };
  }

  /** Goes on behind a mark: the file must hold up to there what it held. Its last row goes where `keeps` says no. */
  static async resume(
    directory: string,
    columns: readonly Column[],
    { bytes, sha256 }: HistoryMark,
    keeps: (step: number) => boolean,
  ): Promise<History> {
    const history = new History(directory, columns);
    const { path } = history;
    const found = bytes === 0 ? new Uint8Array() : (await readBytes(path)).subarray(0, bytes);
    if (found.length < bytes || createHash('sha256').update(found).digest('hex') !== sha256)
      throw new UsageError(
        `${path}: its first ${bytes} bytes are not as they were written, put them back or start again with --force`,
      );
    const lines = new TextDecoder().decode(found).split('\n').slice(0, -1);
    const stepOf = (line: string | undefined): number => Number.parseInt(line ?? '', 10);
    if (lines.length > 1 && !keeps(stepOf(lines.at(-1)))) lines.pop();
    history.take(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    if (lines.length > 1) history.lastStep = stepOf(lines.at(-1));
    return history;
  }

  private take(text: Uint8Array): void {
    this.hash.update(text);
    this.bytes += text.length;
  }

  private text(): string {
    if (this.pending.length === 0) return '';
    const cells = this.pending.map((row) => this.columns.map((name) => row[name]));
    const csv = formatCsv(this.columns, cells);
    return this.bytes === 0 ? csv : csv.slice(csv.indexOf('\n') + 1);
  }

  /** The first time the file is made, or cut; from then on it must be there. */
  private async append(text: Uint8Array, durably: boolean): Promise<void> {
    const file = await open(this.path, this.bytes === 0 && !this.cut ? 'w' : 'r+');
    try {
      if (!this.cut) await file.truncate(this.bytes);
      for (let at = 0; at < text.length;) {
        const { bytesWritten } = await file.write(text, at, text.length - at, this.bytes + at);
        at += bytesWritten;
      }
      if (durably) await file.sync();
      this.cut = true;
    } catch (error) {
      await file.truncate(this.bytes).catch(() => undefined); // no half a row
      throw error;
    } finally {
      await file.close();
    }
  }
}
