/** Fluctuations: f_n is Gaussian about its mean, with a variance that falls like 1/n. */
import { kurtosisOf, variances } from '../../../core/analysis/statistics.ts';
import { Draws, STREAMS } from '../../../core/random.ts';
import type { Shape } from '../../../core/shape.ts';
import { overReplicas, particles } from '../ensemble.ts';
import { threeTimes, timesOf, type OutputsFound } from './law-of-large-numbers.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Check,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { independentDraws, meanField, noNoise, outputWeights, ownDraws } from '../requirements.ts';

/** Standard errors of the kurtosis, √(24/R) for a normal law, that it may be off. */
const ERRORS = 4;
/** Tail exponent of the control: below 2, w1 has no variance. */
const TAIL = 1.2;

/** Control: w1 times a Pareto variable, P(> s) = s^−TAIL. */
function heavyTails(theta: Float64Array, seed: number, { w1, width }: Shape): void {
  const draws = new Draws(seed, STREAMS.tail);
  for (let row = 0; row < theta.length; row += width) {
    draws.seek(row / width);
    theta[row + w1] *= draws.uniform() ** (-1 / TAIL);
  }
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, spoiled } = context;
  context.expect(particles(widths, replicas));
  const found: Float64Array[][][] = [];
  for (const n of widths)
    found.push(
      await overReplicas(context, { config, n, replicas, ...(spoiled && { alter: heavyTails }) }, (engine) =>
        threeTimes(context, engine),
      ),
    );
  return fluctuations(widths, timesOf(context), found, -1);
}

/** Of f at some times of the replicas at each width; Var f_n should go like n^exponent. */
export function fluctuations(
  widths: readonly number[],
  times: readonly number[],
  found: OutputsFound,
  exponent: number,
): Measured {
  const series: Series[] = [];
  const checks: Check[] = [];
  for (const [time, t] of times.entries()) {
    const at = (i: number, a: number): number[] => found[i].map((seen) => seen[time][a]);
    const m = found[0][0][time].length;
    const levels = widths.map((n, i) => ({ n, x: n, values: meanOver(m, (a) => variances(at(i, a))) }));
    series.push({
      name: `Var f_n, t = ${t}`,
      abscissa: 'n',
      expected: exponent,
      tolerance: TOLERANCE.rate,
      levels,
    });
    const kurtoses = Array.from({ length: m }, (_, a) => kurtosisOf(at(widths.length - 1, a)));
    checks.push({
      name: `kurtosis of f_n, n = ${widths.at(-1)!}, t = ${t}`,
      value: kurtoses.reduce((sum, value) => sum + value / m, 0),
      expected: 3,
      tolerance: ERRORS * Math.sqrt(24 / found[0].length),
    });
  }
  return { series, checks };
}

/** Mean over samples a of lists with one value a replica. */
function meanOver(m: number, list: (a: number) => number[]): number[] {
  const sum = list(0);
  for (let a = 1; a < m; a++) list(a).forEach((value, k) => (sum[k] += value));
  return sum.map((value) => value / m);
}

export const CLT: Measurement = {
  summary: 'Variance of f_n over replicas against n, and its kurtosis at the greatest n.',
  law: '√n (f^(n)_t − f_t) tends to a Gaussian: n Var f_n is constant and the kurtosis 3 (docs/model.md, fact 13; Rotskoff, Vanden-Eijnden 2018)',
  defaults: {
    config: {
      data: { dataset: 'curve', samples: 12 },
      model: { activation: 'tanh' },
      dynamics: { dt: 0.2, steps: 10 },
      method: 'direct',
    },
    widths: [64, 128, 256, 512, 1024],
    replicas: 1024,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, meanField, independentDraws, outputWeights],
  control: { summary: `w1 times a Pareto variable of tail exponent ${TAIL}, which has no variance` },
  run,
};
