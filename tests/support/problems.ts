/**
 * Random problems for tests, from a generator of their own, and the least squares behind every fitted order.
 */
import type { Terms } from '../../src/core/dynamics/terms.ts';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import { abcOf, scalesOf, type Parameterization } from '../../src/core/parameterizations.ts';
import type { Problem } from '../../src/engines/engine.ts';

/** mulberry32: uniform on [0, 1). */
export function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const matrix = (rows: number, columns: number, next: () => number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * next() - 1));

/** Rows of numbers as the engines want them. */
export const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());

export interface Sizes {
  n: number;
  m: number;
  d: number;
}

export interface Drawn {
  x: number[][];
  y: number[];
  theta: number[][];
}

/** x, θ uniform in [−1, 1] times a size, and targets in [−1, 1]. */
export function draw({ n, m, d }: Sizes, seed: number, size = 1.5): Drawn {
  const next = generator(seed);
  return {
    x: matrix(m, d, next),
    y: matrix(m, 1, next).flat(),
    theta: matrix(n, 1 + d, next).map((row) => row.map((value) => size * value)),
  };
}

/** An engine's problem out of plain rows. */
export function problemOf(
  { x, y, theta }: Drawn,
  parameterization: Parameterization = 'mean-field',
  more: Partial<Problem> = {},
): Problem {
  const n = theta.length;
  const d = x[0].length;
  const { inner, outer, speed } = scalesOf(abcOf(parameterization), n);
  return {
    n,
    d,
    m: y.length,
    x: flat(x).map((value) => inner * value),
    y: Float64Array.from(y),
    theta: flat(theta),
    activation: 'tanh',
    loss: 'squared',
    integrator: 'euler',
    dt: 0.1,
    outer,
    speed,
    ...more,
  };
}

/** Least-squares slope of log(value) in log(size). */
export function slope(sizes: readonly number[], values: readonly number[]): number {
  const u = sizes.map(Math.log);
  const v = values.map((value) => Math.log(Math.abs(value)));
  const mean = (list: number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [mu, mv] = [mean(u), mean(v)];
  return (
    u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0) /
    u.reduce((sum, value) => sum + (value - mu) ** 2, 0)
  );
}

/** The parameterizations in every form of the contract. */
export const FORMS = [
  'ntk',
  'naive',
  'compensated',
  'mean-field',
  { a: 0.75, kappa: 0.6 },
  { abc: { a: [0.25, 0.8], b: [-0.1, 0.3], c: -0.7 } },
] as const satisfies readonly Parameterization[];

export const SMOOTH = [
  'linear',
  'tanh',
  'sigmoid',
  'erf',
  'gelu',
  'softplus',
  'sin',
  'quadratic',
] as const satisfies readonly ActivationName[];

/** Rates of the layers, decay and noise side by side, as the oracle has them. */
export interface Stirring {
  readonly rates: readonly [number, number];
  readonly decay: number;
  readonly temperature: number;
  readonly seed: number;
}

export const termsOf = ({ rates, decay, temperature, seed = 0 }: Partial<Stirring>): Terms => ({
  ...(rates && { rates }),
  ...(decay !== undefined && { decay }),
  ...(temperature !== undefined && { noise: { temperature, seed } }),
});
