/**
 * The command line as a person meets it: a process started in some folder, with what it says and leaves behind.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';
import { parseCsv } from '../../src/io/csv.ts';
import { decodeNpy, type NpyArray } from '../../src/io/npy.ts';
import { WAIT } from './patience.ts';

/** Node's flags for TypeScript, from any folder. */
export const TYPESCRIPT = ['--import', new URL('../../src/loader/register.mjs', import.meta.url).href];
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const PROGRESS = /^.*, about \d+ s left\n/gm;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Without the progress of piped runs, a line every few seconds: how many come is the machine's affair. */
  readonly stderr: string;
}

/** A folder of its own for the tests of one file, removed after them. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mckean-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Options {
  readonly cwd: string;
  /** Sent once the run has said which engine it has, and then `when` holds. */
  readonly signal?: NodeJS.Signals;
  readonly when?: () => boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly command?: readonly string[];
}

export function mckean(
  args: readonly string[],
  { cwd, signal, when = () => true, env, command }: Options,
): Promise<Outcome> {
  const [program, ...first] = command ?? [process.execPath, ...TYPESCRIPT, MAIN];
  const child = spawn(program, [...first, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  const ended = new Promise<Outcome>((resolve, reject) =>
    child
      .on('error', reject)
      .on('close', (status) => resolve({ status, ...said, stderr: said.stderr.replace(PROGRESS, '') })),
  );
  if (signal === undefined) return ended;
  const ready = (): boolean => child.exitCode !== null || (said.stderr.startsWith('engine') && when());
  return vi.waitUntil(ready, WAIT).then(() => {
    child.kill(signal);
    return ended;
  });
}

export const put = (directory: string, name: string, content: unknown): string => {
  writeFileSync(
    join(directory, name),
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  return name;
};
export const npy = (...path: string[]): NpyArray => decodeNpy(readFileSync(join(...path)));
export const json = <T = Record<string, unknown>>(...path: string[]): T =>
  JSON.parse(readFileSync(join(...path), 'utf8')) as T;
export const text = (...path: string[]): string => readFileSync(join(...path), 'utf8');
export const names = (...path: string[]): string[] => readdirSync(join(...path)).sort();

/** history.csv by column. */
export function history(...path: string[]): Record<string, number[]> {
  const { names: columns, values } = parseCsv(text(...path, 'history.csv'));
  return Object.fromEntries(columns.map((name, column) => [name, [...values[column]]]));
}
