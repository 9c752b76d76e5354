/**
 * Interleaved timing: every round gives each runner one batch, so that whatever else the machine does falls on
 * all alike.
 */
import type { Runner } from './runner.ts';

/** Shorter batches measure the clock and the queue rather than the steps. */
const BATCH_MS = 60;
const FEWEST_ROUNDS = 5;
const MOST_ROUNDS = 41;

export interface Timing {
  /** Steps of a batch. */
  readonly steps: number;
  /** Milliseconds a step, one number a round. */
  readonly rounds: readonly number[];
}

/** Times all runners side by side for about `seconds` each on average, five rounds at least. */
export async function measure(runners: readonly Runner[], seconds: number): Promise<Timing[]> {
  const steps: number[] = [];
  for (const runner of runners) steps.push(await batchOf(runner));
  const rounds: number[][] = runners.map(() => []);
  const start = performance.now();
  const enough = 1000 * seconds * runners.length;
  for (
    let round = 0;
    round < FEWEST_ROUNDS || (round < MOST_ROUNDS && performance.now() - start < enough);
    round++
  ) {
    for (const [i, runner] of runners.entries()) rounds[i].push((await runner.advance(steps[i])) / steps[i]);
  }
  return rounds.map((times, i) => ({ steps: steps[i], rounds: times }));
}

/** Finds how many steps make a batch; what checks a runner, and this, warms it up. */
async function batchOf(runner: Runner): Promise<number> {
  let steps = 1;
  for (;;) {
    const ms = await runner.advance(steps);
    if (ms >= BATCH_MS) return steps;
    steps = Math.ceil(steps * Math.min(10, (1.2 * BATCH_MS) / Math.max(ms, 0.1)));
  }
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Median over rounds of a's time over b's in the same round: what a load that comes and goes distorts least.
 */
export function ratio(a: Timing, b: Timing): number {
  return median(a.rounds.map((ms, i) => ms / b.rounds[i]));
}
