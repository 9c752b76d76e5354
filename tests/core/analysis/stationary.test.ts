/** The closed form at rest is where the second moments come to rest. */
import { expect, it } from 'vitest';
import { restOf } from '../../../src/core/analysis/stationary.ts';
import { SecondMoments } from '../../../src/core/analysis/second-moments.ts';

it('is that of docs/model.md, fact 11', () => {
  const { u, s } = restOf({ variance: 1.3, covariance: 2, decay: 0.8, temperature: 0.15 });
  expect(u).toBeCloseTo(0.979181713, 9);
  expect(s).toBeCloseTo(1.077409438, 9);
});

it('is where the moments stand still, to the order of dt', () => {
  const [variance, covariance, decay, temperature] = [0.7, 1.1, 0.4, 0.2];
  const scale = Math.sqrt(2 * variance);
  // two inputs of variance 0.7, y along the first
  const samples = {
    m: 2,
    d: 2,
    x: Float64Array.of(scale, 0, 0, scale),
    y: Float64Array.of((2 * covariance) / scale, 0),
  };
  const moments = new SecondMoments(
    samples,
    { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 1 } },
    { decay, noise: { temperature, seed: 1 } },
  );
  for (let k = 0; k < 4e4; k++) moments.step(1e-3);
  const { u, s } = restOf({ variance, covariance, decay, temperature });
  expect(moments.u[0] / u).toBeCloseTo(1, 2);
  expect(moments.M[0] / s).toBeCloseTo(1, 2);
});
