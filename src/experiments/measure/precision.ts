/** A measurement whose slopes are to be known so well: a pilot says how many replicas that takes. */
import { ConfigError } from '../../core/config/config.ts';
import type { Means } from './lab.ts';
import { measure, type Plan, type Result } from './measure.ts';

export interface HalfWidths {
  /** Half-width of the 95 % interval that every slope should have at most; and what the widest one has. */
  readonly asked: number;
  readonly reached: number;
  /** What was measured on the way, the last being the result. */
  readonly rounds: readonly { readonly replicas: number; readonly reached: number }[];
}

export type Precise = Result & { readonly halfWidths?: HalfWidths };

const LEAST = 1e-4;

/** Throws a ConfigError where it is no half-width of a slope's interval. */
export function checkPrecision(value: number, word = String(value)): number {
  if (value >= LEAST && value <= 1) return value;
  throw new ConfigError(
    `precision = ${word}: give the half-width that the intervals of slopes should have, from ${LEAST} to 1`,
  );
}

/** So many times the pilot's replicas are taken at most. */
export const MOST_TIMES = 64;
/** A half-width is known to a tenth itself, and replicas come in whole blocks. */
const SPARE = 1.2;
const BLOCK = 64;
/** Pilot, measurement, and another where chance was against that. */
const ROUNDS = 3;
/** Where they begin and end in the progress: while the pilot goes nobody knows how much there is to do. */
const SHARES = [0, 0.05, 0.95, 1];

/** Half the width of the widest interval; null where no slope is fitted. */
const reachedBy = ({ fits = [] }: Result): number | null =>
  fits.length === 0 ? null : Math.max(...fits.map(({ low, high }) => (high - low) / 2));

/** Replicas that take intervals of `replicas`, which fall like the root of their number, to the precision. */
const neededFor = (asked: number, reached: number, replicas: number): number =>
  Math.ceil((replicas * SPARE * (reached / asked) ** 2) / BLOCK) * BLOCK;

/**
 * Measures with the plan's replicas and, where a slope is not known to `asked`, with as many as that takes; `tell`
 * hears a sentence before. The larger measurement has the pilot's replicas, too.
 */
export async function measureTo(
  asked: number,
  plan: Plan,
  means: Means,
  tell: (sentence: string) => void,
): Promise<Precise> {
  const rounds: HalfWidths['rounds'][number][] = [];
  const most = MOST_TIMES * plan.replicas;
  let { replicas } = plan;
  for (;;) {
    const [from, to] = SHARES.slice(rounds.length);
    const result = await measure(
      { ...plan, replicas },
      { ...means, onProgress: (done) => means.onProgress(from + (to - from) * done) },
    );
    const reached = reachedBy(result);
    if (reached === null) {
      tell(`measure ${plan.name} fits no slope: precision = ${asked} asks nothing of it`);
      return result;
    }
    rounds.push({ replicas, reached });
    const needed = neededFor(asked, reached, replicas);
    if (!(reached > asked) || replicas >= most || rounds.length === ROUNDS)
      return { ...result, halfWidths: { asked, reached, rounds } };
    tell(sentenceOf({ asked, reached, replicas, needed, most, seconds: result.seconds }));
    replicas = Math.min(most, Math.max(needed, replicas + BLOCK));
  }
}

interface Step {
  readonly asked: number;
  readonly reached: number;
  readonly replicas: number;
  readonly needed: number;
  readonly most: number;
  readonly seconds: number;
}

function sentenceOf({ asked, reached, replicas, needed, most, seconds }: Step): string {
  const taken = Math.min(most, needed);
  const time = `about ${Math.ceil((seconds * taken) / replicas).toLocaleString('en')} s`;
  const seen = `${count(replicas)} replicas know the slopes to ±${+reached.toPrecision(2)}`;
  return needed <= most
    ? `${seen}: ±${asked} takes ${count(needed)}, ${time}`
    : `${seen}: ±${asked} would take ${count(needed)}, the limit is ${count(most)} (${MOST_TIMES} times the pilot’s), which are taken, ${time}: give more --replicas to begin with, or a precision of ${+(reached / Math.sqrt(MOST_TIMES / SPARE)).toPrecision(2)} and more`;
}

const count = (replicas: number): string => replicas.toLocaleString('en');
