/** Fluctuations: f_n is Gaussian about its mean, with a covariance that falls like 1/n and is known beforehand. */
import { fluctuationCovariances } from '../../../core/analysis/fluctuations.ts';
import { kolmogorovOfNormal } from '../../../core/analysis/kolmogorov.ts';
import { product, spectrumOf } from '../../../core/analysis/linear.ts';
import { covarianceOf, skewnessOf, variances } from '../../../core/analysis/statistics.ts';
import { formOf } from '../../../core/activations/parametric.ts';
import type { Config } from '../../../core/config/config.ts';
import { Draws, STREAMS, systemSeed } from '../../../core/random.ts';
import type { Shape } from '../../../core/shape.ts';
import { difference, overReplicas, particles, problemOf } from '../ensemble.ts';
import { looksAt, outputsAlong, timesOf, type OutputsFound } from './law-of-large-numbers.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Check,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import {
  drawnApart,
  euler,
  meanField,
  noNoise,
  outputWeights,
  ownDraws,
  smooth,
  squared,
} from '../requirements.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';

/** Standard errors of the skewness, √(6/R) for a normal law, that it may be off. */
const ERRORS = 4;
/** Of √R sup |F_R − F| against the normal law of their own mean and deviation: 1 in 1000 normal samples exceed 1.2 (Lilliefors), and finite n adds a little. */
const NORMALITY = 1.6;
/** Squares of sampling errors by which the covariance may be off: of one that has a single direction 1 in 600 are. */
const APART = 10;
/** Particles behind the predicted covariance. */
const BEHIND = 2 ** 13;
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
        outputsAlong(context, context, engine),
      ),
    );
  const { series, checks } = fluctuations(widths, timesOf(context), found, -1);
  return { series, checks: [...checks, ...(await covarianceChecks(context, found.at(-1)!))] };
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
    checks.push(
      ...normality(
        `n = ${widths.at(-1)!}, t = ${t}`,
        found.at(-1)!.map((seen) => seen[time]),
      ),
    );
  }
  return { series, checks };
}

/** Of f along the direction in which it varies most. At a finite n it is Gaussian up to n^(−1/2) only: less than chance allows, or undecided. */
function normality(where: string, f: readonly ArrayLike<number>[]): Check[] {
  const R = f.length;
  const [direction] = spectrumOf(covarianceOf(f)).vectors;
  const along = f.map((row) => direction.reduce((sum, share, a) => sum + share * row[a], 0));
  return [
    {
      name: `skewness of f_n, ${where}`,
      value: skewnessOf(along),
      expected: 0,
      tolerance: ERRORS * Math.sqrt(6 / R),
      otherwise: 'undecided',
    },
    {
      name: `√R sup |F_R − normal law|, ${where}`,
      value: Math.sqrt(R) * kolmogorovOfNormal(along),
      expected: 0,
      tolerance: NORMALITY,
      side: 'most',
      otherwise: 'undecided',
    },
  ];
}

/** n Cov f_n at the greatest n against its linearised equation, where that is one of this run. */
async function covarianceChecks(context: Context, found: OutputsFound[number]): Promise<Check[]> {
  const { config, widths, replicas, files } = context;
  if (REQUIRED.some((requirement) => requirement(config, widths, replicas))) return [];
  const stops = looksAt(config.dynamics);
  const times = timesOf(context);
  const predicted = await predictedCovariances(context, stops, files);
  return stops.flatMap((_, i) => {
    const seen = covarianceOf(found.map((looks) => looks[i])).map((entry) => widths.at(-1)! * entry);
    const apart = difference(seen, predicted[i]);
    return [
      {
        name: `|n Cov f_n − C|² in units of its sampling error, n = ${widths.at(-1)!}, t = ${times[i]}`,
        value: product(apart, apart) / samplingSquare(predicted[i], [replicas, BEHIND]),
        expected: 1,
        tolerance: APART - 1,
        side: 'most',
        theory: `C by the equation linearised at ${BEHIND} particles; √(|n Cov f_n − C|²/|C|²) = ${Math.sqrt(product(apart, apart) / product(predicted[i], predicted[i])).toPrecision(3)}`,
      },
    ];
  });
}

/** The covariance's equation is one of Euler's steps, of φ with a second derivative, of r = f − y. */
const REQUIRED = [euler, smooth, squared];

async function predictedCovariances(
  { config }: Pick<Context, 'config'>,
  stops: readonly number[],
  files: Context['files'],
): Promise<Float64Array[]> {
  const seedOf = (k: number): number => systemSeed(config.initial.seed, k, STREAMS.reference);
  const { x, y, m, d, activation, theta, dt } = await problemOf(
    { config: still(config), n: BEHIND, replicas: 1, seedOf },
    files,
  );
  return fluctuationCovariances({ samples: { x, y, m, d }, activation: formOf(activation), dt, theta }, stops);
}
const still = (config: Config): Config => ({ ...config, method: 'direct' });

/** E |Ĉ − C|² for the empirical covariance of each number of normal vectors, added up. */
function samplingSquare(C: Float64Array, counts: readonly number[]): number {
  const m = Math.sqrt(C.length);
  let trace = 0;
  for (let a = 0; a < m; a++) trace += C[a * m + a];
  return counts.reduce((sum, R) => sum + (trace ** 2 + product(C, C)) / R, 0);
}

/** Mean over samples a of lists with one value a replica. */
function meanOver(m: number, list: (a: number) => number[]): number[] {
  const sum = list(0);
  for (let a = 1; a < m; a++) list(a).forEach((value, k) => (sum[k] += value));
  return sum.map((value) => value / m);
}

export const CLT: Measurement = {
  summary:
    'Variance of f_n over replicas against n at several times; at the greatest n its skewness, how far from normal it is, and its covariance over samples against the one that the equation linearised at the limit predicts.',
  law: '√n (f^(n)_t − f_t) tends to a Gaussian whose covariance the linearised equation gives: n Cov f_n tends to it, n Var f_n is constant (docs/model.md, fact 13; Rotskoff, Vanden-Eijnden 2018)',
  defaults: {
    config: { ...SOON, dynamics: UNTIL_LEARNED },
    widths: [64, 128, 256, 512, 1024],
    replicas: 1024,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, meanField, drawnApart, outputWeights],
  control: { summary: `w1 times a Pareto variable of tail exponent ${TAIL}, which has no variance` },
  run,
};
