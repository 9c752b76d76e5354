/** A run that is killed again and again, and what must come of it: the bits of one that nobody touched. */
import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { put, start, type Outcome } from './cli.ts';
import { generator } from './problems.ts';

export interface Kills {
  readonly cwd: string;
  readonly seed: number;
  readonly kills: number;
  readonly config: object;
  /** Most changes in its folder that a process lives to see: its files appear, grow and get their names. */
  readonly longest: number;
  readonly signals: readonly NodeJS.Signals[];
}

export interface Survival {
  /** Processes that a signal ended. */
  readonly killed: number;
  /** How the last one ended. */
  readonly last: Outcome;
  /** Endings that are no death, no interruption and not done. */
  readonly strange: readonly Outcome[];
}

/** Kills a run at random ones of the moments at which its folder changes, `kills` times or until it is done, then lets it end. */
export async function survive({ cwd, seed, kills, config, longest, signals }: Kills): Promise<Survival> {
  put(cwd, 'killed.json', config);
  const uniform = generator(seed);
  const directory = join(cwd, 'killed');
  mkdirSync(directory);
  const strange: Outcome[] = [];
  let killed = 0;
  for (;;) {
    const dies = killed < kills;
    const hasBegun = existsSync(join(directory, 'checkpoint.json'));
    const { process: child, ended } = start(
      ['run', 'killed.json', '--out', 'killed', '--quiet', ...(hasBegun ? ['--resume'] : [])],
      { cwd },
    );
    let left = dies ? 1 + Math.floor(uniform() * longest) : Infinity;
    const signal = signals[Math.floor(uniform() * signals.length)];
    const watcher = watch(directory, () => {
      if (--left === 0) child.kill(signal);
    });
    const outcome = await ended;
    watcher.close();
    const died = outcome.status === null || [129, 130, 143].includes(outcome.status);
    if (died) killed++;
    else if (outcome.status !== 0) strange.push(outcome);
    if (!died) return { killed, last: outcome, strange };
  }
}
