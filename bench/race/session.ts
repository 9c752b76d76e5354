/** One case from start to rows: open all, check all, then time those that are right, side by side. */
import type { Problem } from '../../src/engines/engine.ts';
import { caseText, problemOf, workOf, type Case } from './cases.ts';
import { Checker, WrongError, type Verdict } from './check.ts';
import { duelsOf, type Duel } from './duels.ts';
import { bytesPerStep, sharesOf } from './limits.ts';
import { measure, median, quantile, ratio, type Timing } from './measure.ts';
import { plainRunner, type Runner, type RunnerInfo } from './runner.ts';
import type { Row } from '../table.ts';

/** Someone who can be asked to solve a case. */
export interface Entrant {
  readonly name: string;
  readonly method?: string;
  readonly where: string;
  readonly ours: boolean;
  open(given: Case, problem: Problem): Promise<Runner>;
}

export interface Pace {
  readonly seconds: number;
  /** Seconds that a step may take. */
  readonly longest: number;
  readonly log: (line: string) => void;
}

/** Bytes that each number of θ may take for an entrant: float64 with a copy or two and some. */
const BYTES_PER_NUMBER = 33;
/** Bytes that a case may take. */
export const bytesOf = ({ n, d }: Case): number => n * (1 + d) * BYTES_PER_NUMBER;
/**
 * Work of the yardstick's own case: a fraction of a second a step, and n large enough that its cost is per
 * pair.
 */
const YARDSTICK_WORK = 2 ** 21;

interface Racer {
  readonly entrant: Entrant;
  readonly runner: Runner;
  readonly verdict: Verdict;
}

/** Seconds a step over its work, by entrant, from smaller cases: what a larger one will take. */
export type History = Map<Entrant, number>;

export async function race(
  given: Case,
  entrants: readonly Entrant[],
  pace: Pace,
  history: History,
): Promise<{ rows: Row[]; duels: Duel[] }> {
  const work = workOf(given);
  const rows: Row[] = [];
  const racers: Racer[] = [];
  const skip = (entrant: Entrant, skipped: string, wrong = false): void =>
    void rows.push({
      case: given,
      where: entrant.where,
      ours: entrant.ours,
      info: infoOf(entrant),
      skipped,
      wrong,
    });
  const problem = problemOf(given);
  const checker = new Checker(problem);
  for (const entrant of entrants) {
    const expected = (history.get(entrant) ?? 0) * work;
    if (expected > pace.longest) {
      skip(
        entrant,
        `a step would take about ${Math.round(expected)} s, longer than ${pace.longest} s (--longest)`,
      );
      continue;
    }
    pace.log(`${caseText(given)}: checking ${entrant.name} ${entrant.method ?? ''} (${entrant.where})`);
    const racer = await enter(entrant, given, problem, checker).catch((error: unknown) => {
      skip(entrant, error instanceof Error ? error.message : String(error), error instanceof WrongError);
      return null;
    });
    if (racer && racers.some((other) => isSame(other, racer))) await racer.runner.destroy();
    else if (racer) racers.push(racer);
  }
  if (racers.length === 0) return { rows, duels: [] };
  const yardstick = yardstickOf(given);
  pace.log(`${caseText(given)}: timing ${racers.length}`);
  const [base, ...timings] = await measure(
    [plainRunner(yardstick), ...racers.map(({ runner }) => runner)],
    pace.seconds,
  );
  for (const { runner } of racers) await runner.destroy();
  racers.forEach(({ entrant }, i) => history.set(entrant, median(timings[i].rounds) / 1000 / work));
  const contenders = racers.map(({ entrant: { where, ours }, runner: { info } }, i) => ({
    info,
    where,
    ours,
    timing: timings[i],
  }));
  return {
    rows: [...timedRows(given, racers, timings, { n: yardstick.n, base }), ...rows],
    duels: duelsOf(given, contenders),
  };
}

const infoOf = ({ name, method }: Entrant): Row['info'] => (method === undefined ? { name } : { name, method });

async function enter(entrant: Entrant, given: Case, problem: Problem, checker: Checker): Promise<Racer> {
  const runner = await entrant.open(given, problem);
  try {
    return { entrant, runner, verdict: await checker.check(runner) };
  } catch (error) {
    await runner.destroy();
    throw error;
  }
}

/** `auto` and the method that it takes are one. A library's two precisions are two. */
function isSame(a: Racer, b: Racer): boolean {
  const bare = ({ method }: RunnerInfo): string => method.replace('auto: ', '');
  return (
    a.entrant.where === b.entrant.where &&
    a.runner.info.name === b.runner.info.name &&
    a.runner.info.precision === b.runner.info.precision &&
    bare(a.runner.info) === bare(b.runner.info)
  );
}

const yardstickOf = (given: Case): Problem =>
  problemOf({ ...given, n: Math.ceil(YARDSTICK_WORK / workOf({ ...given, n: 1 })) });

/** The yardstick's own width, and its time. */
interface Yardstick {
  readonly n: number;
  readonly base: Timing;
}

function timedRows(
  given: Case,
  racers: readonly Racer[],
  timings: readonly Timing[],
  yardstick: Yardstick,
): Row[] {
  const pairs = given.n * given.m;
  const perPair = given.n / yardstick.n;
  const ms = timings.map(({ rounds }) => median(rounds));
  const ours = racers.map((_, i) => i).filter((i) => racers[i].entrant.ours);
  const best = timings[ours.reduce((least, i) => (ms[i] < ms[least] ? i : least), ours[0] ?? 0)];
  return racers.map(({ entrant, runner: { info }, verdict }, i) => {
    const { steps, rounds } = timings[i];
    const rate = 1000 / ms[i];
    const bytesPerSecond = rate * bytesPerStep(given, info);
    const direct = entrant.ours && info.name.includes('webgpu') && /direct/.test(info.method);
    return {
      case: given,
      where: entrant.where,
      ours: entrant.ours,
      info,
      measured: {
        error: verdict.error,
        tolerance: verdict.tolerance,
        checkedSteps: verdict.steps,
        batch: steps,
        rounds: rounds.length,
        ms: ms[i],
        low: quantile(rounds, 0.25),
        high: quantile(rounds, 0.75),
        pairsPerSecond: rate * pairs,
        bytesPerSecond,
        shares: direct && !info.software ? sharesOf(info.device, given, rate * pairs, bytesPerSecond) : [],
        timesOurs: ratio(timings[i], best),
        yardsticks: perPair * ratio(yardstick.base, timings[i]),
      },
    };
  });
}
