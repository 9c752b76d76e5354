/** The programs of queues, and Debian's packages of them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../src/cli/errors.ts';

/** Debian's package of each program. */
const PACKAGES: Readonly<Record<string, string>> = {
  snakemake: 'snakemake',
  parallel: 'parallel',
  slurmctld: 'slurm-wlm',
  slurmd: 'slurm-wlm',
  slurmdbd: 'slurmdbd',
  mariadbd: 'mariadb-server',
  munged: 'munge',
};

/** Packages of the programs that are not here. */
export const missingPackages = (programs: readonly string[]): string[] => [
  ...new Set(programs.filter((program) => !isThere(program)).map((program) => PACKAGES[program])),
];

/** By root on Debian alone. */
export function install(packages: readonly string[]): void {
  if (packages.length === 0) return;
  const command = ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages];
  if (process.getuid?.() !== 0 || !isThere('apt-get'))
    throw new UsageError(
      `--install: it takes root and Debian's apt-get; install ${packages.join(', ')} as you do here`,
    );
  check(spawnSync('apt-get', ['update'], { stdio: ['ignore', 'ignore', 'inherit'] }));
  check(spawnSync(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] }));
}

export const isThere = (program: string): boolean =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/bin', '/sbin', ...(process.env.PATH ?? '').split(':')].some(
    (folder) => existsSync(join(folder, program)),
  );

/** Throws where a program has failed. */
export function check({ status, signal }: { status: number | null; signal: NodeJS.Signals | null }): void {
  if (status !== 0) throw new Error(`it ended with ${signal ?? String(status)}`);
}
