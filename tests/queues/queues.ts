/**
 * npm run queues: one sweep by each scheduler that this machine has, some of it killed on the way. All must end with the
 * same cells, in every bit.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../src/cli/bin.mjs', import.meta.url));

const SWEEP = {
  base: { data: { dataset: 'curve', samples: 12 }, dynamics: { dt: 0.2, steps: 10 }, engine: 'cpu' },
  grid: {
    'model.activation': ['tanh', 'relu'],
    'model.width': [16, 32, 64, 128, 256, 1024],
    'initial.seed': Array.from({ length: 64 }, (_, k) => k + 1),
  },
  measure: ['clt', 'coupling'],
  chunk: { seconds: 1 },
};

interface Way {
  readonly name: string;
  /** Programs without which it is left out. */
  readonly needs: readonly string[];
  /** Computes the sweep in `folder`. */
  readonly compute: (folder: string) => Promise<void> | void;
}

const SNAKEMAKE = ['-s', 'queues/Snakefile', '--cores', '2', '--scheduler', 'greedy', '--quiet', 'all'];

const WAYS: readonly Way[] = [
  {
    name: 'mckean sweep run',
    needs: [],
    compute: (folder) => sh(folder, [process.execPath, BIN, 'sweep', 'run', '.']),
  },
  {
    name: 'Snakemake, its chunks killed as they come, once',
    needs: ['snakemake'],
    compute: async (folder) => {
      const child = start(folder, ['snakemake', ...SNAKEMAKE]);
      await killed(folder);
      await ended(child);
      sh(folder, ['snakemake', ...SNAKEMAKE, '--rerun-incomplete']);
    },
  },
  {
    name: 'Snakemake, itself killed',
    needs: ['snakemake'],
    compute: async (folder) => {
      const child = start(folder, ['snakemake', ...SNAKEMAKE]);
      await killed(folder);
      child.kill('SIGKILL');
      await ended(child);
      sh(folder, ['snakemake', '-s', 'queues/Snakefile', '--unlock']);
      sh(folder, ['snakemake', ...SNAKEMAKE, '--rerun-incomplete']);
    },
  },
  {
    name: 'GNU parallel',
    needs: ['parallel'],
    compute: (folder) => {
      const input = readFileSync(join(folder, 'queues', 'parallel.txt'));
      check(
        spawnSync('parallel', ['--will-cite', '-j', '2'], {
          cwd: folder,
          input,
          stdio: ['pipe', 'ignore', 'inherit'],
        }),
      );
    },
  },
];

function check({ status, signal }: { status: number | null; signal: NodeJS.Signals | null }): void {
  if (status !== 0) throw new Error(`it ended with ${signal ?? String(status)}`);
}

function sh(cwd: string, [program, ...args]: readonly string[]): void {
  check(spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }));
}

const start = (cwd: string, [program, ...args]: readonly string[]): ChildProcess =>
  spawn(program, args, { cwd, stdio: 'ignore' });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.on('exit', () => resolve());
  });

/** Waits for the lock of a chunk that has some of its cells, and kills who holds it. */
async function killed(folder: string): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const holder = locks(folder).at(0);
    if (holder === undefined || resultsIn(folder).length === 0) continue;
    process.kill(holder, 'SIGKILL');
    return;
  }
}

function locks(folder: string): number[] {
  const chunks = join(folder, 'chunks');
  if (!existsSync(chunks)) return [];
  return readdirSync(chunks).flatMap((name) => {
    try {
      return [(JSON.parse(readFileSync(join(chunks, name, '.mckean.lock'), 'utf8')) as { pid: number }).pid];
    } catch {
      return []; // not there, or no more
    }
  });
}

const resultsIn = (folder: string): string[] =>
  readdirSync(join(folder, 'cells'))
    .sort()
    .map((cell) => join(folder, 'cells', cell, 'result.json'))
    .filter((path) => existsSync(path));

function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const path of resultsIn(folder)) hash.update(readFileSync(path));
  return `${resultsIn(folder).length} cells, SHA-256 ${hash.digest('hex').slice(0, 16)}`;
}

const isThere = (program: string): boolean =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/bin', '/sbin', ...(process.env.PATH ?? '').split(':')].some(
    (folder) => existsSync(join(folder, program)),
  );

/** Exit status: 0 where all ways have come to the same. */
async function main(only: readonly string[]): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'mckean-queues-'));
  writeFileSync(join(home, 'sweep.json'), JSON.stringify(SWEEP));
  let first: string | null = null;
  let failed = 0;
  for (const [k, { name, needs, compute }] of WAYS.entries()) {
    if (k > 0 && only.length > 0 && !only.some((word) => name.toLowerCase().includes(word))) continue;
    const missing = needs.find((program) => !isThere(program));
    if (missing !== undefined) {
      process.stdout.write(`left out  ${name}: there is no ${missing}\n`);
      continue;
    }
    const folder = join(home, String(k));
    sh(home, [process.execPath, BIN, 'sweep', 'plan', 'sweep.json', '--out', folder, '--quiet']);
    const found = await Promise.resolve(compute(folder)).then(
      () => digest(folder),
      (error: Error) => error.message,
    );
    first ??= found;
    if (found !== first) failed++;
    process.stdout.write(`${found === first ? 'equal   ' : 'DIFFERS '}  ${name}: ${found}\n`);
  }
  if (failed === 0) rmSync(home, { recursive: true, force: true });
  else process.stdout.write(`folders are kept in ${home}\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
