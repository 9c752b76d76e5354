/** `npm run queues`: one sweep by each scheduler that this machine has, or whose name holds one of the given words. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../src/cli/args.ts';
import { runTool } from '../../src/cli/tool.ts';
import { check, install, isThere, missingPackages } from './packages.ts';

const BIN = fileURLToPath(new URL('../../src/cli/bin.mjs', import.meta.url));
const SLURM = fileURLToPath(new URL('slurm.sh', import.meta.url));

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

const SNAKEMAKE_ON_SLURM = ['-s', 'queues/Snakefile', '--profile', 'queues/slurm-7', '--quiet', 'all'];

interface Way {
  readonly name: string;
  /** Programs without which it is left out. */
  readonly needs: readonly string[];
  /** Its own command lines break at a blank in the folder's name. */
  readonly breaksAtBlanks?: true;
  /** Computes the sweep in `folder`. */
  readonly compute: (folder: string) => Promise<void> | void;
}

const SNAKEMAKE = ['-s', 'queues/Snakefile', '--cores', '2', '--scheduler', 'greedy', '--quiet', 'all'];

/** Programs of a cluster of one node. */
const CLUSTER = ['slurmctld', 'slurmd', 'slurmdbd', 'mariadbd', 'munged'];

/** Computes on a cluster of Slurm that is there meanwhile, in a folder that its users may enter, too. */
const onSlurm =
  (compute: (folder: string, cluster: string) => Promise<void>): Way['compute'] =>
  async (folder) => {
    const cluster = mkdtempSync(join(tmpdir(), 'mckean-slurm-'));
    process.env.SLURM_CONF = join(cluster, 'slurm.conf');
    try {
      sh(folder, ['bash', SLURM, 'up', cluster]);
      await compute(folder, cluster);
    } finally {
      sh(folder, ['bash', SLURM, 'down', cluster]);
      rmSync(cluster, { recursive: true, force: true });
    }
  };

const isQueueEmpty = (): boolean => {
  const { status, stdout } = spawnSync('squeue', ['--noheader'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() === '';
};

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
      await killed(folder, child);
      await ended(child);
      sh(folder, ['snakemake', ...SNAKEMAKE, '--rerun-incomplete']);
    },
  },
  {
    name: 'Snakemake, itself killed',
    needs: ['snakemake'],
    compute: async (folder) => {
      const child = start(folder, ['snakemake', ...SNAKEMAKE]);
      await killed(folder, child);
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
  {
    name: 'Slurm, an array, one of its chunks and its controller killed',
    needs: CLUSTER,
    compute: onSlurm(async (folder, cluster) => {
      sh(folder, ['sbatch', 'queues/array.sbatch']);
      await killed(folder);
      process.kill(Number(readFileSync(join(cluster, 'slurmctld.pid'), 'utf8')), 'SIGKILL');
      sh(folder, ['bash', SLURM, 'controller', cluster]);
      while (!isQueueEmpty()) await new Promise((resolve) => setTimeout(resolve, 500));
      sh(folder, ['sbatch', '--wait', 'queues/array.sbatch']);
    }),
  },
  {
    name: 'Slurm, as on a node with two cards',
    needs: CLUSTER,
    compute: onSlurm(async (folder) => {
      sh(folder, ['sbatch', '--wait', '--ntasks=2', 'queues/gpus.sbatch']);
    }),
  },
  {
    name: 'Snakemake on Slurm, its chunks killed as they come, once',
    needs: ['snakemake', ...CLUSTER],
    breaksAtBlanks: true,
    compute: onSlurm(async (folder) => {
      const child = start(folder, ['snakemake', ...SNAKEMAKE_ON_SLURM]);
      await killed(folder, child);
      await ended(child); // it starts what was killed again
      check({ status: child.exitCode, signal: child.signalCode });
    }),
  },
];

function sh(cwd: string, [program, ...args]: readonly string[]): void {
  check(spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }));
}

const start = (cwd: string, [program, ...args]: readonly string[]): ChildProcess =>
  spawn(program, args, { cwd, stdio: 'ignore' });

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (isOver(child)) resolve();
    else child.on('exit', () => resolve());
  });

/** Waits for the lock of a chunk that has some of its cells, and kills who holds it; or until all is over. */
async function killed(folder: string, queue?: ChildProcess): Promise<void> {
  while (!(queue && isOver(queue))) {
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

/** Exit status: 0 where several ways were tried, and all have come to the same. */
async function run({ positionals: only, on }: Arguments): Promise<number> {
  const needed = WAYS.flatMap(({ needs }) => needs);
  if (on('install')) install(missingPackages(needed));
  const packages = missingPackages(needed);
  if (packages.length > 0)
    process.stdout.write(
      `not all queues are here: apt-get install ${packages.join(' ')} brings them, or npm run queues -- --install by root on Debian\n`,
    );
  const home = mkdtempSync(join(tmpdir(), 'mckean-queues-'));
  writeFileSync(join(home, 'sweep.json'), JSON.stringify(SWEEP));
  let first: string | null = null;
  let failed = 0;
  let tried = 0;
  for (const [k, { name, needs, breaksAtBlanks, compute }] of WAYS.entries()) {
    if (k > 0 && only.length > 0 && !only.some((word) => name.toLowerCase().includes(word))) continue;
    const missing = needs.find((program) => !isThere(program));
    if (missing !== undefined) {
      process.stdout.write(`left out  ${name}: there is no ${missing}\n`);
      continue;
    }
    const folder = join(home, `way${breaksAtBlanks ? '' : ' '}${k}`);
    sh(home, [process.execPath, BIN, 'sweep', 'plan', 'sweep.json', '--out', folder, '--quiet']);
    const found = await Promise.resolve(compute(folder)).then(
      () => digest(folder),
      (error: Error) => error.message,
    );
    first ??= found;
    tried++;
    if (found !== first) failed++;
    process.stdout.write(`${found === first ? 'equal   ' : 'DIFFERS '}  ${name}: ${found}\n`);
  }
  if (failed === 0) rmSync(home, { recursive: true, force: true });
  else process.stdout.write(`folders are kept in ${home}\n`);
  if (tried < 2) process.stdout.write('no queue was tried\n');
  return failed === 0 && tried > 1 ? 0 : 1;
}

await runTool('queues', {
  summary:
    'One sweep by each scheduler that this machine has, some of it killed on the way; all must end with the same cells, in every bit.',
  positionals: ['[WORD…]'],
  flags: { install: { help: 'Debian’s packages of those that are missing, first' } },
  run,
});
