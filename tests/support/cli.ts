/**
 * The command line as a person meets it: a process started in some folder, with what it says and leaves behind.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { parseCsv } from '../../src/io/csv.ts';
import { decodeNpy, type NpyArray } from '../../src/io/npy.ts';
import { WAIT } from './patience.ts';

/** Node's flags for TypeScript, from any folder. */
export const TYPESCRIPT = ['--import', new URL('../../src/loader/register.mjs', import.meta.url).href];

/** The program in Node: as it is built, where built-command.ts has done that, else from its sources. */
const PROGRAM = [
  process.execPath,
  ...(process.env.COMMAND_UNDER_TEST
    ? [process.env.COMMAND_UNDER_TEST]
    : [...TYPESCRIPT, fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))]),
];

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
  /** Standard input; default: none. */
  readonly input?: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
  readonly said: { stdout: string; stderr: string };
}

/** The same for a shell's own words. */
export const NODE = PROGRAM.map((word) => `'${word}'`).join(' ');

export function start(args: readonly string[], { cwd, env, command, input }: Options): Started {
  const [program, ...first] = command ?? PROGRAM;
  const child = spawn(program, [...first, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  const ended = new Promise<Outcome>((resolve, reject) =>
    child
      .on('error', reject)
      .on('close', (status) => resolve({ status, ...said, stderr: said.stderr.replace(PROGRESS, '') })),
  );
  return { process: child, ended, said };
}

export function mckean(args: readonly string[], options: Options): Promise<Outcome> {
  const { process: child, ended, said } = start(args, options);
  const { signal, when = () => true } = options;
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
/** Rows of an array of two axes. */
export const rowsOf = ({ data, shape: [count, width] }: NpyArray): number[][] =>
  Array.from({ length: count }, (_, j) => [...data.subarray(j * width, (j + 1) * width)]);
export const json = <T = Record<string, unknown>>(...path: string[]): T =>
  JSON.parse(readFileSync(join(...path), 'utf8')) as T;
export const text = (...path: string[]): string => readFileSync(join(...path), 'utf8');
export const names = (...path: string[]): string[] => readdirSync(join(...path)).sort();

/** history.csv by column. */
export function history(...path: string[]): Record<string, number[]> {
  const { names: columns, values } = parseCsv(text(...path, 'history.csv'));
  return Object.fromEntries(columns.map((name, column) => [name, [...values[column]]]));
}

/** Files of two runs that are not equal, but for what says how long they took. */
export function differing(cwd: string, one: string, other: string): string[] {
  const all = [...new Set([...names(cwd, one), ...names(cwd, other)])];
  const same = (name: string): boolean => {
    const [p, q] = [one, other].map((out) => join(cwd, out, name));
    return existsSync(p) && existsSync(q) && readFileSync(p).equals(readFileSync(q));
  };
  return all.filter((name) => name !== 'summary.json' && !same(name));
}

/** Stops a run by SIGINT once θ of step 14 is there; the step at which it stopped. */
export async function stopped(cwd: string, file: string, out: string): Promise<number> {
  const when = (): boolean => existsSync(join(cwd, out, 'theta-14.npy'));
  const { status, stderr } = await mckean(['run', file, '--out', out], { cwd, signal: 'SIGINT', when });
  expect(status).toBe(130);
  return Number(/stopped at step (\d+)/.exec(stderr)?.[1]);
}
