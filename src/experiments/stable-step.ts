/** The step below which gradient descent is stable, where the run began. */
import { ACTIVATIONS } from '../core/activations.ts';
import { largestStableStep } from '../core/stability.ts';
import { NO_LANGEVIN } from '../core/langevin.ts';
import type { Problem } from '../engines/engine.ts';

/** Products of a particle's features and a sample that may be looked at: a few hundredths of a second. */
const MOST = 2 ** 19;
const FEWEST = 64;

const known = new WeakMap<Problem, number>();

/** 2m / (n^κ λ_max(K)) at step 0, from a sample of the particles where they are many. */
export function stableStep(problem: Problem): number {
  const found = known.get(problem) ?? compute(problem);
  known.set(problem, found);
  return found;
}

function compute({ n, m, d, x, y, theta, activation, outer, speed, langevin = NO_LANGEVIN }: Problem): number {
  const rows = Math.min(n, Math.max(FEWEST, Math.floor(MOST / (m * (1 + d)))));
  return largestStableStep({
    theta: theta.subarray(0, rows * (1 + d)),
    n,
    samples: { m, d, x, y },
    activation: ACTIVATIONS[activation],
    outer,
    speed,
    rates: langevin.rates,
  });
}
