/** The central limit theorem's covariance against the closed form of linear φ; `measure clt` holds it to drawn systems of tanh. */
import { expect, it } from 'vitest';
import { fluctuationCovariances } from '../../../src/core/analysis/fluctuations.ts';
import { linearLimit } from '../../../src/core/analysis/linear-moments.ts';
import { ACTIVATIONS } from '../../../src/core/activations/activations.ts';
import { Draws, STREAMS } from '../../../src/core/random.ts';

const x = Float64Array.from([0.644, 0.186, -0.41, 0.294, -0.169, 0.418, 0.674, 0.189]);
const y = Float64Array.from([1.13, -0.117, 0.777, -1.749]);
const samples = { x, y, m: 4, d: 2 };

const normals = (count: number, seed: number): Float64Array => {
  const draws = new Draws(seed, STREAMS.sample);
  draws.seek(0);
  return Float64Array.from({ length: count }, () => draws.normal());
};
const trace = (C: Float64Array): number => [0, 1, 2, 3].reduce((sum, a) => sum + C[5 * a], 0);

it('for linear φ its trace over m is the constant of 1/n, at every stop', () => {
  const theta = normals(3 * 2 ** 13, 1);
  const stops = [3, 9];
  const covariances = fluctuationCovariances(
    { samples, activation: ACTIVATIONS.linear, dt: 0.25, theta },
    stops,
  );
  stops.forEach((steps, i) => {
    const { outputConstant } = linearLimit({ x, y, d: 2, dt: 0.25, steps, stds: [1, 1] });
    // 8 192 particles stand for ρ_0: ψ² has a kurtosis of some ten
    expect(Math.abs(trace(covariances[i]) / 4 / outputConstant - 1)).toBeLessThan(0.08);
  });
});
