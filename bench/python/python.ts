/** Peers outside the browser: a python3 process that answers one line of JSON with one line of JSON. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DT } from '../race/cases.ts';
import type { Range, Runner, RunnerInfo } from '../race/runner.ts';
import type { Entrant } from '../race/session.ts';

/** Beside this file, or where it lies in a kit, seen from its lib/. */
const SCRIPT =
  ['peers.py', '../bench/python/peers.py']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find(existsSync) ?? 'peers.py';

export interface Python {
  readonly entrants: Entrant[];
  /** Peers that this python does not have, and why. */
  readonly missing: { readonly name: string; readonly reason: string }[];
  close(): void;
}

type Answer = { readonly error: string } | { readonly value: unknown };

/** The first that has numpy: where the python3 that people work with has none, the system's may. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];

export async function openPython(interpreters: readonly string[] = INTERPRETERS): Promise<Python> {
  const missing: Python['missing'][number][] = [];
  for (const interpreter of interpreters) {
    const python = await open(interpreter);
    if (python.entrants.length > 0) return python;
    missing.push(...python.missing);
  }
  return { entrants: [], missing: missing.slice(0, 1), close: () => undefined };
}

/** Without entrants where this interpreter is not there or has no numpy. */
async function open(interpreter: string): Promise<Python> {
  const folder = mkdtempSync(join(tmpdir(), 'mckean-python-'));
  const process = new Process(interpreter);
  const close = (): void => {
    process.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const found = await process.ask<{ name: string; reason: string | null }[]>({ ask: 'list' });
    return {
      entrants: found.filter(({ reason }) => reason === null).map(({ name }) => entrant(process, folder, name)),
      missing: found.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }])),
      close,
    };
  } catch (error) {
    close();
    return {
      entrants: [],
      missing: [{ name: interpreter, reason: error instanceof Error ? error.message : String(error) }],
      close: () => undefined,
    };
  }
}

function entrant(process: Process, folder: string, name: string): Entrant {
  return {
    name,
    where: 'python',
    ours: false,
    open: async ({ n, m, d, activation }, { x, y, theta }): Promise<Runner> => {
      const file = join(folder, 'problem.f64');
      writeFileSync(
        file,
        Buffer.concat([x, y, Float64Array.from(theta)].map((array) => Buffer.from(array.buffer))),
      );
      const { id, ...info } = await process.ask<{ id: number } & RunnerInfo>({
        ask: 'open',
        name,
        file,
        n,
        m,
        d,
        activation,
        dt: DT,
      });
      return {
        info,
        advance: (steps) => process.ask<number>({ ask: 'advance', id, steps }),
        rows: (ranges: readonly Range[]) => process.ask<number[]>({ ask: 'rows', id, ranges }),
        destroy: () => process.ask<null>({ ask: 'close', id }).then(() => undefined),
      };
    },
  };
}

class Process {
  private readonly child: ChildProcessWithoutNullStreams;
  private waiting: { resolve: (answer: Answer) => void; reject: (reason: Error) => void } | null = null;
  private stderr = '';
  private ended: Error | null = null;

  constructor(interpreter: string) {
    this.child = spawn(interpreter, [SCRIPT], { stdio: 'pipe' });
    createInterface({ input: this.child.stdout }).on('line', (line) =>
      this.waiting?.resolve(JSON.parse(line) as Answer),
    );
    this.child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.stderr = (this.stderr + text).slice(-2000)));
    this.child.stdin.on('error', () => undefined); // its end says why
    this.child.on('error', (error) => this.fail(`there is no ${interpreter} here (${error.message})`));
    this.child.on('close', (status) =>
      this.fail(`${interpreter} ended with status ${status}: ${this.stderr.trim().split('\n').at(-1) ?? ''}`),
    );
  }

  async ask<T>(question: object): Promise<T> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.waiting = { resolve, reject };
      this.child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.value as T;
  }

  end(): void {
    this.child.stdin.end();
  }

  private fail(reason: string): void {
    this.ended ??= new Error(reason);
    this.waiting?.reject(this.ended);
  }
}
