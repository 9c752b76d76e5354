/** Costs from steps that were timed. */
import { COST_NAMES, costOf, type Costs, type Counts } from './costs.ts';

/** Of a step that was timed. */
export interface Seen {
  readonly work: Counts;
  readonly nanoseconds: number;
}

const ROUNDS = 2000;
/** Weight of what is supposed of a cost, beside that of a step that was seen. */
const TRUST = 0.003;

/**
 * The costs that come nearest to what was seen, in proportion and none below 0: least squares of predicted over measured
 * times by multiplicative updates (Lee and Seung, 2001). What is supposed at the start has a little weight, q − ln q for a
 * cost q times as large: it stays where nothing tells it, and none becomes 0.
 */
export function fitted(from: Costs, seen: readonly Seen[]): Costs {
  const costs = { ...from };
  for (let round = 0; round < ROUNDS; round++) {
    const shares = seen.map(({ work, nanoseconds }) => costOf(work, costs) / nanoseconds);
    const next = COST_NAMES.map((name) => {
      if (from[name] === 0) return 0;
      const parts = seen.map(({ work, nanoseconds }) => (work[name] ?? 0) / nanoseconds);
      const wanted = parts.reduce((sum, part) => sum + part, TRUST / costs[name]);
      const had = parts.reduce((sum, part, i) => sum + part * shares[i], TRUST / from[name]);
      return costs[name] * (wanted / had);
    });
    COST_NAMES.forEach((name, i) => (costs[name] = next[i]));
  }
  return costs;
}
