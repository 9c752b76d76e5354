/** The step below which gradient descent is stable, where the run began or where it is. */
import { featureOf } from '../core/features/features.ts';
import { LOSSES } from '../core/objective/losses.ts';
import { addOutputs, largestCurvature } from '../core/model.ts';
import { evenly, picked } from '../core/picked.ts';
import { shapeOf } from '../core/shape.ts';
import { findingStableStep } from '../core/dynamics/stability.ts';
import { ratesOf, type Momentum, type Terms } from '../core/dynamics/terms.ts';
import { finished, type Work } from '../core/work.ts';
import type { Problem } from '../engines/engine.ts';
import { inTurns } from './turns.ts';

/** Products of a particle's features and a sample that may be looked at: a few hundredths of a second. */
const MOST = 2 ** 19;
/** Particles, and samples, of which so many are looked at all the same. */
const FEWEST = 64;

const known = new WeakMap<Problem, number>();
const sought = new WeakSet<Problem>();
/** Numbers of features beyond which others have turns meanwhile. */
const AT_ONCE = 2 ** 20;

/**
 * 2m / (n^κ λ_max(K)) at step 0 and what momentum makes of it, from a sample of the particles where they are many, and
 * of the samples where these are more.
 */
export function stableStep(problem: Problem): number {
  const found = known.get(problem) ?? finished(finding(problem));
  known.set(problem, found);
  return found;
}

/** The same at once where it is no long work, else null, and `late` is told when it is known. */
export function stableStepSoon(problem: Problem, late: () => void): number | null {
  const { rows, m } = looksOf(problem);
  if (known.has(problem) || rows * m * shapeOf(problem).width <= AT_ONCE) return stableStep(problem);
  if (!sought.has(problem))
    void inTurns(finding(problem), '', {}).then((found) => {
      known.set(problem, found);
      late();
    });
  sought.add(problem);
  return null;
}

/** The same where some of its particles, evenly taken, are at θ [rows, width] now. */
export const stableStepAt = (problem: Problem, theta: ArrayLike<number>): number =>
  finished(finding({ ...problem, theta: Float64Array.from(theta) }));

/** A mode of rate q a step has z² − (1 + β − q) z + β = 0, with Nesterov z² − (1 + β)(1 − q) z + β (1 − q): |z| ≤ 1 up to q/2. */
const withMomentum = ({ beta, nesterov }: Momentum = { beta: 0, nesterov: false }): number =>
  (1 + beta) / (nesterov ? 1 + 2 * beta : 1);

/** Of decay and ridge, by the layers' rates. */
function strongestPull(terms: Terms = {}): number {
  const { decay = 0, ridge = [0, 0] } = terms;
  return Math.max(...ratesOf(terms).map((rate, layer) => rate * (decay + ridge[layer])));
}

/** How many particles and samples tell it. */
function looksOf(problem: Problem): { readonly rows: number; readonly m: number } {
  const { width } = shapeOf(problem);
  const m = Math.min(problem.m, Math.max(FEWEST, Math.floor(MOST / (FEWEST * width))));
  return { m, rows: Math.min(problem.n, Math.max(FEWEST, Math.floor(MOST / (m * width)))) };
}

function* finding(problem: Problem): Work<number> {
  const { n, outer, speed, terms } = problem;
  const { c, width } = shapeOf(problem);
  const feature = featureOf(problem);
  const looks = looksOf(problem);
  const { m: most } = looks;
  const rows = Math.min(looks.rows, problem.theta.length / width);
  const samples = someOf(problem, most);
  const { m, x, y } = samples;
  const theta = problem.theta.subarray(0, rows * width);
  const f = new Float64Array(m * c);
  addOutputs(f, theta, 0, rows, x, samples, feature);
  const limit = yield* findingStableStep({
    theta,
    n,
    samples,
    feature,
    outer,
    speed,
    rates: ratesOf(terms),
    pull: speed * strongestPull(terms),
    curvature: largestCurvature(
      f.map((sum) => (outer * sum * n) / rows),
      y,
      LOSSES[problem.loss],
      c,
    ),
  });
  return withMomentum(terms?.momentum) * limit;
}

/** `most` samples of a problem, evenly spaced, or all. */
function someOf(problem: Problem, most: number): Problem {
  const { m, d, x, y } = problem;
  if (m <= most) return problem;
  const index = evenly(m, most);
  return {
    ...problem,
    m: index.length,
    x: picked(x, index, d),
    y: picked(y, index, shapeOf(problem).c),
  };
}
