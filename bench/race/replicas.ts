/**
 * As many neurons in R independent systems as in one: what a step of all costs beside a step of the one, side
 * by side, direct sums. The first and the last system are checked against the reference before the clock
 * starts.
 */
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { caseText, problemOf, type Case } from './cases.ts';
import { Checker } from './check.ts';
import { measure, median, quantile, ratio } from './measure.ts';
import { engineRunner, type Runner, type RunnerInfo } from './runner.ts';
import { aligned, three } from '../words.ts';

/** One time of R systems of n neurons each; R = 1 is the yardstick of the others. */
export interface Shared {
  readonly case: Case;
  readonly replicas: number;
  readonly info: RunnerInfo;
  /** Milliseconds a step of all: median, and the quartiles. */
  readonly ms: number;
  readonly low: number;
  readonly high: number;
  readonly pairsPerSecond: number;
  /** Pairs a second over those of the one system, within the same rounds. */
  readonly share: number;
  /** The largest that a check found; see check.ts. */
  readonly error: number;
}

/** The case's neurons in R systems of ⌊n/R⌋. */
export function severalOf(given: Case, replicas: number): Problem {
  const { theta, ...one } = problemOf(given);
  const n = Math.floor(given.n / replicas);
  return { ...one, n, outer: 1 / n, replicas, theta: theta.subarray(0, replicas * n * (1 + given.d)) };
}

/** Checks the first and the last system as if each were alone; the largest error. */
export async function checkReplicas(runner: Runner, problem: Problem, replicas: number): Promise<number> {
  const { n, m, theta } = problem;
  const size = n * (1 + problem.d);
  const errors: number[] = [];
  for (const k of new Set([0, replicas - 1])) {
    const { replicas: _, ...one } = { ...problem, theta: theta.subarray(k * size, (k + 1) * size) };
    const { error } = await new Checker(one).check({
      ...runner,
      advance: async (steps) => (k === 0 ? runner.advance(steps) : 0), // all systems have moved with the first
      rows: (ranges) => runner.rows(ranges.map(([first, last]) => [k * n + first, k * n + last])),
      f: async () => Array.from(await runner.f!()).slice(k * m, (k + 1) * m),
    });
    errors.push(error);
  }
  return Math.max(...errors);
}

export interface Sharing {
  readonly counts: readonly number[];
  readonly seconds: number;
  readonly open: (problem: Problem) => Promise<Engine>;
  readonly log: (line: string) => void;
}

/** Opens, checks and times one system and R systems of the same neurons, in turns. */
export async function shareOut(given: Case, { counts, seconds, open, log }: Sharing): Promise<Shared[]> {
  const all: { replicas: number; problem: Problem; runner: Runner; error: number }[] = [];
  try {
    for (const replicas of [1, ...counts]) {
      const problem = severalOf(given, replicas);
      const runner = engineRunner(await open(problem), 'direct');
      log(`${caseText(given)}, in ${replicas}: checking ${runner.info.name}`);
      all.push({ replicas, problem, runner, error: NaN });
      all[all.length - 1].error = await checkReplicas(runner, problem, replicas);
    }
    log(`${caseText(given)}: timing ${all.length}`);
    const timings = await measure(
      all.map(({ runner }) => runner),
      seconds,
    );
    return all.map(({ replicas, problem: { n, m }, runner: { info }, error }, i) => {
      const { rounds } = timings[i];
      const ms = median(rounds);
      const pairs = replicas * n * m;
      const share = (ratio(timings[0], timings[i]) * pairs) / (given.n * m);
      return {
        case: given,
        replicas,
        info,
        ms,
        low: quantile(rounds, 0.25),
        high: quantile(rounds, 0.75),
        pairsPerSecond: (1000 * pairs) / ms,
        share,
        error,
      };
    });
  } finally {
    for (const { runner } of all) await runner.destroy();
  }
}

const COLUMNS: Readonly<Record<string, (shared: Shared) => string>> = {
  φ: (shared) => shared.case.activation,
  m: (shared) => String(shared.case.m),
  d: (shared) => String(shared.case.d),
  systems: ({ replicas, case: { n } }) => `${replicas} × ${Math.floor(n / replicas)}`,
  who: ({ info }) => info.name,
  device: ({ info: { device, software } }) =>
    software && !device.includes('software') ? `${device} (software)` : device,
  'ms/step': ({ ms, low, high }) => `${three(ms)} (${three(low)}–${three(high)})`,
  'Mpairs/s': ({ pairsPerSecond }) => three(pairsPerSecond / 1e6),
  'of one system': ({ share }) => `${Math.round(100 * share)} %`,
  error: ({ error }) => error.toExponential(0),
};

export function sharedTable(all: readonly Shared[], layout = aligned): string {
  return layout([
    Object.keys(COLUMNS),
    ...all.map((shared) => Object.values(COLUMNS).map((cell) => cell(shared))),
  ]);
}
