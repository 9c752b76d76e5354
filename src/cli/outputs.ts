/** DIR of a run: history.csv, snapshots, checkpoint, and at the end theta.npy, f.npy and summary.json. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../core/config.ts';
import type { EngineInfo, Theta } from '../engines/engine.ts';
import type { HistoryRow } from '../experiments/run.ts';
import { formatCsv, parseCsv } from '../io/csv.ts';
import { decodeNpy, encodeNpy } from '../io/npy.ts';
import { UsageError } from './errors.ts';
import { readBytes, readJson, readText, writeWhole } from './files.ts';
import { VERSION } from './version.ts';

/** What `--resume` needs to go on to the same bits. */
export interface Checkpoint {
  readonly step: number;
  readonly loss0: number;
  readonly config: Config;
  readonly engine: EngineInfo['name'];
  readonly method: EngineInfo['method'];
  readonly adapter: string;
  readonly seconds: number;
  readonly version: string;
  /** SHA-256 of checkpoint.npy. */
  readonly sha256: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const thetaBytes = (theta: Theta, d: number): Uint8Array => encodeNpy(theta, [theta.length / (1 + d), 1 + d]);

export async function writeCheckpoint(directory: string, theta: Theta, d: number, state: Omit<Checkpoint, 'sha256' | 'version'>): Promise<void> {
  const bytes = thetaBytes(theta, d);
  await writeWhole(directory, 'checkpoint.npy', bytes);
  await writeWhole(directory, 'checkpoint.json', `${JSON.stringify({ ...state, version: VERSION, sha256: sha256(bytes) }, null, 2)}\n`);
}

export async function readCheckpoint(directory: string): Promise<{ state: Checkpoint; theta: Theta }> {
  const state = (await readJson(join(directory, 'checkpoint.json'))) as Checkpoint;
  const bytes = await readBytes(join(directory, 'checkpoint.npy'));
  if (sha256(bytes) !== state.sha256) {
    throw new UsageError(`${join(directory, 'checkpoint.npy')}: it is not the file that was written (its SHA-256 differs), start again with --force`);
  }
  return { state, theta: decodeNpy(bytes).data };
}

export async function removeCheckpoint(directory: string): Promise<void> {
  await Promise.all(['checkpoint.npy', 'checkpoint.json'].map((name) => rm(join(directory, name), { force: true })));
}

/** history.csv, held in memory and written whole; `testLoss` is a column only where there is a test set. */
export class History {
  private readonly names: readonly string[];
  private written = 0;

  constructor(private readonly directory: string, private readonly hasTest: boolean, private readonly rows: HistoryRow[] = []) {
    this.names = ['step', 't', 'loss', ...(hasTest ? ['testLoss'] : [])];
  }

  add(row: HistoryRow): void {
    this.rows.push(row);
  }

  async write(): Promise<void> {
    if (this.written === this.rows.length) return;
    this.written = this.rows.length;
    const cells = this.rows.map(({ step, t, loss, testLoss }) => [step, t, loss, ...(this.hasTest ? [testLoss] : [])]);
    await writeWhole(this.directory, 'history.csv', formatCsv(this.names, cells));
  }

  /** The rows up to and including a checkpoint's step. */
  static async resume(directory: string, hasTest: boolean, step: number): Promise<History> {
    const { names, values } = parseCsv(await readText(join(directory, 'history.csv')));
    const column = (name: string): Float64Array | undefined => values[names.indexOf(name)];
    const steps = column('step')!, t = column('t')!, loss = column('loss')!, testLoss = column('testLoss');
    const kept = Array.from(steps, (_, i) => ({ step: steps[i], t: t[i], loss: loss[i], testLoss: testLoss?.[i] ?? NaN }));
    return new History(directory, hasTest, kept.filter((row) => row.step <= step));
  }
}

/** JSON has no NaN and no infinity: they become null. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? null : entry), 2)}\n`;
