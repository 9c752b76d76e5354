/** Where a result comes from: which program, which machine, when, from which seeds. */
import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, release, type } from 'node:os';
import { dirname } from 'node:path';
import type { Config } from '../../core/config/config.ts';
import { commandOf, PROGRAM } from '../command.ts';
import { VERSION } from './version.ts';

/** Where this process runs. */
export interface Place {
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

export const placeOf = (): Place => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  system: `${type()} ${release()} ${arch()}`,
  node: process.version.slice(1),
});

export interface Provenance extends Place {
  readonly version: string;
  /** Of a checkout its commit, and whether files that it has were changed since; null where there is none. */
  readonly commit: string | null;
  readonly modified: boolean;
  readonly command: string;
  /** When it began, in UTC. */
  readonly date: string;
  /** What computed; null where no engine was asked. */
  readonly adapter: string | null;
  /** All from which something was drawn. */
  readonly seeds: Readonly<Record<string, number | string>>;
}

/** Of a result for this configuration that was begun at `began`. */
export function provenanceOf(config: Config, began: Date, adapter: string | null): Provenance {
  return {
    version: VERSION,
    ...checkout(),
    ...placeOf(),
    command: commandOf(),
    date: began.toISOString(),
    adapter,
    seeds: seedsOf(config),
  };
}

/** Those of a configuration; of those that are made of one, how. */
export function seedsOf({ data, initial, dynamics }: Config): Provenance['seeds'] {
  const { seed, testSeed } = data as { readonly seed?: number; readonly testSeed?: number };
  return {
    initial: initial.seed,
    replicas: 'systemSeed(initial, k) of replica k, src/core/random.ts',
    bootstrap: initial.seed,
    ...(dynamics.temperature > 0 && { noise: 'systemSeed(initial, 0) + k' }),
    ...(seed !== undefined && { data: seed }),
    ...(testSeed !== undefined && { test: testSeed }),
    ...(dynamics.batch && { batch: dynamics.batch.seed }),
  };
}

/** Where the program lies in a checkout, from its root. */
const IN_CHECKOUT = 'src/cli/';

/** What Git says of the checkout that this program runs from; nothing of one that merely has this package in it. */
function checkout(): Pick<Provenance, 'commit' | 'modified'> {
  const folder = dirname(PROGRAM[1]);
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', folder, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    if (git('rev-parse', '--show-prefix') !== IN_CHECKOUT) return { commit: null, modified: false };
    return {
      commit: git('rev-parse', 'HEAD'),
      modified: git('status', '--porcelain', '--untracked-files=no') !== '',
    };
  } catch {
    return { commit: null, modified: false };
  }
}
