/** What the page's run says of itself, for the cards that ask why. */
import { activeTerms } from '../../core/dynamics/terms.ts';
import { featureOf } from '../../core/features/features.ts';
import { kernelDrift, tangentKernel } from '../../core/features/kernel.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { drift, meanLoss, residual, addOutputs } from '../../core/model.ts';
import { abcOf, featureExponent } from '../../core/parameterizations.ts';
import { picked, spread } from '../../core/picked.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';
import { stableStepAt } from '../../experiments/stable-step.ts';
import { startOf } from '../figures/start.ts';
import type { Session } from '../run/session.ts';
import { wayOf } from './numbers.ts';
import type { Facts } from './why.ts';

/** Neurons and samples that tell it: some hundredths of a second. */
const NEURONS = 512;
const SAMPLES = 32;
/** Pairs of a neuron and a sample that the loss at step 0 may take. */
const PAIRS = 2 ** 22;

export const factsOf = (session: Session): Promise<Facts> =>
  session.ask(async (engine, { problem, config }) => {
    const sample = await engine.sample(NEURONS);
    const start = startOf(problem, sample.rows);
    const some = fewOf(problem, SAMPLES);
    const first = stateOf(problem, some, start, startingAt(problem, some));
    const now = stateOf(problem, some, sample.theta, await engine.predict(some.x));
    const { rates, decay, temperature, dt, integrator } = config.dynamics;
    const pulls = activeTerms(problem.terms).filter((name) => name !== 'noise');
    return {
      step: engine.step,
      loss: engine.loss,
      loss0: startingLoss(problem),
      r2: session.r2,
      dt,
      stable: stableStepAt(problem, sample.theta),
      isEuler: integrator === 'euler',
      temperature,
      isPulled: decay > 0 || pulls.some((name) => ['decay', 'ridge', 'l1', 'variation'].includes(name)),
      frozen: (['w0', 'w1'] as const).filter((layer) => rates[layer] === 0),
      speed: problem.speed,
      exponent: featureExponent(abcOf(config.parameterization)),
      n: problem.n,
      drift: now.drift,
      drift0: first.drift,
      way: wayOf(sample.theta, start),
      kernel: kernelDrift(now.K, first.K),
    };
  });

/** f at step 0, from all neurons. */
function startingAt(problem: Problem, { x, m, c }: ReturnType<typeof fewOf>): Float64Array {
  const f = new Float64Array(m * c);
  addOutputs(f, problem.theta, 0, problem.n, x, problem, featureOf(problem));
  return f.map((value) => problem.outer * value);
}

/** L at step 0, of as many samples as there is time for. */
function startingLoss(problem: Problem): number {
  const some = fewOf(problem, Math.max(SAMPLES, Math.floor(PAIRS / problem.n)));
  return meanLoss(startingAt(problem, some), some.y, LOSSES[problem.loss], some.c);
}

/** Some of the samples. */
function fewOf({ x, y, m, ...sized }: Problem, most: number) {
  const { c, d, weights } = shapeOf(sized);
  const rows = Math.min(m, Math.max(1, Math.floor(most / c)));
  const some = spread(m, rows);
  return {
    m: rows,
    c,
    d,
    weights,
    x: picked(x, some, d),
    y: picked(y, some, c),
  };
}

/** Of some neurons, where f [m, c] is that of all: their rms |b|, and K. */
function stateOf(problem: Problem, samples: ReturnType<typeof fewOf>, theta: Float32Array, f: Float64Array) {
  const { width } = shapeOf(problem);
  const feature = featureOf(problem);
  const r = new Float64Array(f.length);
  residual(r, f, samples.y, LOSSES[problem.loss], samples.c);
  const b = new Float64Array(width);
  let square = 0;
  for (let row = 0; row < theta.length; row += width) {
    drift(b, theta, row, samples, r, feature);
    for (const one of b) square += one * one;
  }
  const K = tangentKernel(theta, samples, 1, feature);
  return { drift: Math.sqrt((square * width) / theta.length), K };
}
