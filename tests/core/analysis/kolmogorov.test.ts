import { expect, it } from 'vitest';
import { kolmogorov, kolmogorovOfDraws } from '../../../src/core/analysis/kolmogorov.ts';
import { mean } from '../../../src/core/analysis/statistics.ts';
import { Draws, STREAMS } from '../../../src/core/random.ts';

it('is the largest difference of two distribution functions, ties included', () => {
  expect(kolmogorov([1, 2, 3], [3, 1, 2])).toBe(0);
  expect(kolmogorov([0, 0, 1, 1], [1, 1, 1, 1])).toBe(0.5);
  expect(kolmogorov([0, 1], [2, 3, 4])).toBe(1);
  expect(kolmogorov([1, 3, 5, 7], [2, 3])).toBeCloseTo(0.5, 12); // at 3: 2 of 4 and 2 of 2
});

it('of draws from one law is as large as a Brownian bridge says', () => {
  const [n, N, pairs] = [400, 900, 300];
  const draws = new Draws(1, STREAMS.sample);
  const law = (index: number, size: number): number[] => {
    draws.seek(index);
    return Array.from({ length: size }, () => draws.uniform());
  };
  const seen = Array.from({ length: pairs }, (_, k) => kolmogorov(law(2 * k, n), law(2 * k + 1, N)));
  // its deviation is 0.3 of its mean: 4 standard errors, and n^(−1/2) that a finite sample is below
  expect(Math.abs(mean(seen) / kolmogorovOfDraws(n, N) - 1)).toBeLessThan((4 * 0.3) / Math.sqrt(pairs) + 0.03);
});
