/**
 * Power laws out of replicas: least squares on logarithms, and percentile bootstrap over replicas (Efron,
 * Tibshirani 1993, sections 6.4 and 13.3). Every statistic here is a mean over replicas, or is written as one
 * through its influence function, so that whoever has the replicas' values can fit again.
 */
import { linearRegression, mean, probit, quantileSorted, sampleStandardDeviation } from 'simple-statistics';

export { mean, sampleVariance } from 'simple-statistics';
import { Draws, STREAMS } from '../random.ts';

/** What the replicas gave at one abscissa x > 0. */
export interface Level {
  readonly x: number;
  readonly values: readonly number[];
}

export interface PowerLaw {
  readonly slope: number;
  /** 95 % bootstrap interval of the slope. */
  readonly low: number;
  readonly high: number;
  /** Standard error: the resampled slopes' deviation. */
  readonly error: number;
}

const RESAMPLES = 2000;
/** 1.96 standard errors: 95 % of a normal law. */
export const NORMAL_95 = 1.959964;

/** Least-squares slope of log|value|/root against log x. */
export function fittedSlope(x: readonly number[], values: readonly number[], root = 1): number {
  return linearRegression(x.map((at, i) => [Math.log(at), Math.log(Math.abs(values[i])) / root])).m;
}

/**
 * The exponent p of |mean value|^(1/root) ∝ x^p with its bootstrap interval. Replica k is one draw at all
 * levels together: systems of different width may share their first particles. Every level must have as many
 * values.
 */
export function powerLaw(levels: readonly Level[], seed: number, root = 1): PowerLaw {
  const x = levels.map((level) => level.x);
  const replicas = levels[0].values.length;
  const draws = new Draws(seed, STREAMS.bootstrap);
  const slopes = Array.from({ length: RESAMPLES }, (_, sample) => {
    const sums = levels.map(() => 0);
    draws.seek(sample);
    for (let k = 0; k < replicas; k++) {
      const pick = Math.floor(draws.uniform() * replicas);
      for (let i = 0; i < levels.length; i++) sums[i] += levels[i].values[pick];
    }
    return fittedSlope(x, sums, root);
  }).sort((p, q) => p - q);
  const slope = fittedSlope(
    x,
    levels.map(({ values }) => mean([...values])),
    root,
  );
  return {
    slope,
    low: quantileSorted(slopes, 0.025),
    high: quantileSorted(slopes, 0.975),
    error: sampleStandardDeviation(slopes),
  };
}

/**
 * Standard errors of each of `count` normal numbers within which all of them lie, 95 times in 100 and more (Bonferroni):
 * 1.96 for one, 3.2 for 41.
 */
export const simultaneous95 = (count: number): number => -probit(0.025 / count);

/** Mean of the values and its 95 % interval by the normal law. */
export function meanOf(values: readonly number[]): { value: number; low: number; high: number } {
  const value = mean([...values]);
  const half =
    values.length > 1 ? (NORMAL_95 * sampleStandardDeviation([...values])) / Math.sqrt(values.length) : NaN;
  return { value, low: value - half, high: value + half };
}

/**
 * Means of `blocks` consecutive runs of values, as equal in length as can be where they do not divide evenly;
 * the values themselves where they are few.
 */
export function blockMeans(values: readonly number[], blocks: number): number[] {
  if (values.length <= blocks) return [...values];
  const size = Math.floor(values.length / blocks);
  return Array.from({ length: Math.floor(values.length / size) }, (_, k) =>
    mean(values.slice(k * size, (k + 1) * size)),
  );
}

/**
 * Values v_k, one a replica, whose mean is an unbiased estimate of |E g|² from independent vectors g_k
 * [length]:
 *     v_k = 2⟨g_k, ḡ⟩ − |ḡ|² − |g_k − ḡ|²/(R − 1),
 * to first order the influence of replica k, so that resampling v is resampling replicas.
 */
export function squareOfMean(vectors: readonly ArrayLike<number>[]): number[] {
  const R = vectors.length;
  const size = vectors[0].length;
  const centre = new Float64Array(size);
  for (const g of vectors) for (let i = 0; i < size; i++) centre[i] += g[i] / R;
  return vectors.map((g) => {
    let v = 0;
    for (let i = 0; i < size; i++) v += (2 * g[i] - centre[i]) * centre[i] - (g[i] - centre[i]) ** 2 / (R - 1);
    return v;
  });
}

/** Values whose mean is the unbiased variance of independent numbers: (g_k − ḡ)² R/(R − 1). */
export function variances(numbers: readonly number[]): number[] {
  const R = numbers.length;
  const centre = mean([...numbers]);
  return numbers.map((g) => ((g - centre) ** 2 * R) / (R - 1));
}

/**
 * Values whose mean is the unbiased covariance of two exchangeable particles over all pairs i ≠ j of each
 * replica (a U-statistic), from the replicas' means A_k and pair means B_k = Σ_{i≠j} q_i q_j / (n (n − 1)): v_k
 * = B_k − A_k² + (A_k − Ā)² R/(R − 1).
 */
export function pairCovariances(means: readonly number[], pairs: readonly number[]): number[] {
  return variances(means).map((variance, k) => pairs[k] - means[k] ** 2 + variance);
}

/** E(g − ḡ)³ / (E(g − ḡ)²)^(3/2): 0 for a normal law. */
export function skewnessOf(numbers: readonly number[]): number {
  const centre = mean([...numbers]);
  let second = 0;
  let third = 0;
  for (const g of numbers) {
    second += (g - centre) ** 2 / numbers.length;
    third += (g - centre) ** 3 / numbers.length;
  }
  return third / second ** 1.5;
}

/** Unbiased covariance [m, m] of independent vectors [m]. */
export function covarianceOf(vectors: readonly ArrayLike<number>[]): Float64Array {
  const m = vectors[0].length;
  const centre = new Float64Array(m);
  for (const g of vectors) for (let a = 0; a < m; a++) centre[a] += g[a] / vectors.length;
  const C = new Float64Array(m * m);
  for (const g of vectors)
    for (let a = 0; a < m; a++)
      for (let b = 0; b < m; b++)
        C[a * m + b] += ((g[a] - centre[a]) * (g[b] - centre[b])) / (vectors.length - 1);
  return C;
}
