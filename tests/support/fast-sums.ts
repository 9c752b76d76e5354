/**
 * What the tests of the fast methods share: clouds from the project's generator, sums run by hand, direct sums
 * beside them.
 */
import type { ActivationChoice } from '../../src/core/activations/parametric.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { addOutputs, drift } from '../../src/core/model.ts';
import type { Samples } from '../../src/core/model.ts';
import { added, joined, type Sums } from '../../src/core/sums.ts';
import { generator } from './problems.ts';

/** Normal numbers by Box–Muller, apart from the core's. */
export function normals(count: number, seed: number, size = 1): Float64Array {
  const next = generator(seed);
  return Float64Array.from(
    { length: count },
    () => size * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  );
}

/** m inputs in [−1, 1]^d, the last coordinate 1 with a bias, and residuals. */
export function samplesOf(m: number, d: number, bias: boolean, seed: number): Samples {
  const next = generator(seed);
  const x = Float64Array.from({ length: m * d }, (_, i) => (bias && i % d === d - 1 ? 1 : 2 * next() - 1));
  return { m, d, x, y: Float64Array.from({ length: m }, () => 2 * next() - 1) };
}

/** θ [n, 1 + d], standard normal but for the size of w0. */
export function cloud(n: number, d: number, size: number, seed: number): Float64Array {
  return normals(n * (1 + d), seed).map((value, i) => (i % (1 + d) === 0 ? value : size * value));
}

const bands = <T>(sums: Sums, part: (band: number) => T): T[] =>
  Array.from({ length: sums.bands }, (_, band) => part(band));
export const fieldOf = (sums: Sums, r: Float64Array): Float64Array =>
  joined(
    bands(sums, (band) => sums.field(r, band)),
    Float64Array,
  );

export function driftsOf(sums: Sums, theta: Float64Array, r: Float64Array, d: number): Float64Array {
  const b = new Float64Array(theta.length);
  sums.enter(fieldOf(sums, r));
  sums.drifts(b, theta, 0, theta.length / (1 + d));
  return b;
}

export function outputsOf(sums: Sums, theta: Float64Array, d: number): Float64Array {
  const sum = new Float64Array(sums.size);
  if (!sums.deposit(sum, theta, 0, theta.length / (1 + d))) throw new Error('a particle lies outside');
  sums.complete?.(sum);
  const collected = sums.collect(sum);
  return added(bands(sums, (band) => sums.outputs(collected, band)));
}

export function directDrifts(
  samples: Samples,
  theta: Float64Array,
  r: Float64Array,
  activation: ActivationChoice,
): Float64Array {
  const b = new Float64Array(theta.length);
  for (let row = 0; row < theta.length; row += 1 + samples.d)
    drift(b, theta, row, samples, r, featureOf({ activation }), row);
  return b;
}

export function directOutputs(
  samples: Samples,
  theta: Float64Array,
  activation: ActivationChoice,
): Float64Array {
  const f = new Float64Array(samples.m);
  addOutputs(f, theta, 0, theta.length / (1 + samples.d), samples.x, samples, featureOf({ activation }));
  return f;
}

export const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);
export const apart = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  Array.from(p).reduce((worst, value, i) => Math.max(worst, Math.abs(value - q[i])), 0);
export const dot = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  Array.from(p).reduce((sum, value, i) => sum + value * q[i], 0);
