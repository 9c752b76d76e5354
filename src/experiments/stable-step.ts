/** The step below which gradient descent is stable, where the run began. */
import { featureOf } from '../core/features.ts';
import { LOSSES } from '../core/losses.ts';
import { addOutputs, largestCurvature } from '../core/model.ts';
import { shapeOf } from '../core/shape.ts';
import { largestStableStep } from '../core/stability.ts';
import { ratesOf, type Momentum, type Terms } from '../core/terms.ts';
import type { Problem } from '../engines/engine.ts';

/** Products of a particle's features and a sample that may be looked at: a few hundredths of a second. */
const MOST = 2 ** 19;
const FEWEST = 64;

const known = new WeakMap<Problem, number>();

/** 2m / (n^κ λ_max(K)) at step 0 and what momentum makes of it, from a sample of the particles where they are many. */
export function stableStep(problem: Problem): number {
  const found = known.get(problem) ?? withMomentum(problem.terms?.momentum) * compute(problem);
  known.set(problem, found);
  return found;
}

/** A mode of rate q a step has z² − (1 + β − q) z + β = 0, with Nesterov z² − (1 + β)(1 − q) z + β (1 − q): |z| ≤ 1 up to q/2. */
const withMomentum = ({ beta, nesterov }: Momentum = { beta: 0, nesterov: false }): number =>
  (1 + beta) / (nesterov ? 1 + 2 * beta : 1);

/** Of decay and ridge, by the layers' rates. */
function strongestPull(terms: Terms = {}): number {
  const { decay = 0, ridge = [0, 0] } = terms;
  return Math.max(...ratesOf(terms).map((rate, layer) => rate * (decay + ridge[layer])));
}

function compute(problem: Problem): number {
  const { n, m, x, y, outer, speed, terms } = problem;
  const { c, width } = shapeOf(problem);
  const feature = featureOf(problem);
  const rows = Math.min(n, Math.max(FEWEST, Math.floor(MOST / (m * width))));
  const theta = problem.theta.subarray(0, rows * width);
  const f = new Float64Array(m * c);
  addOutputs(f, theta, 0, rows, x, problem, feature);
  return largestStableStep({
    theta,
    n,
    samples: problem,
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
}
