import { describe, expect, it } from 'vitest';
import { histogram, quantiles, rangeOf, rms } from '../../../src/core/analysis/histogram.ts';
import { generator } from '../../support/problems.ts';

const next = generator(3);
const VALUES = Float32Array.from({ length: 10_000 }, () => next() ** 2);

describe('a histogram', () => {
  it('is a density: its bins add up to the share of the values within, the right end included', () => {
    const { density } = histogram([0, 0.5, 1, 2, -1], [0, 1], 4);
    expect([...density]).toEqual([0.8, 0, 0.8, 0.8]); // one of five in a bin of 1/4
  });

  it('of u², u uniform, follows 1/(2√x)', () => {
    const { density } = histogram(VALUES, [0.25, 1], 3);
    const share = (low: number, high: number): number => Math.sqrt(high) - Math.sqrt(low);
    density.forEach((value, i) => {
      const p = share(0.25 + i / 4, 0.5 + i / 4);
      // five standard deviations of a count out of 10 000
      expect(Math.abs(value / 4 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / VALUES.length));
    });
  });
});

it('quantiles are linear between neighbours', () =>
  expect(quantiles([1, 2, 4, 8], [0, 0.5, 5 / 6, 1])).toEqual([1, 3, 6, 8]));

it('the range leaves out the tails of the widest list, and has some room', () => {
  const outlier = Float32Array.from({ length: 1001 }, (_, i) => (i === 1000 ? 1e6 : i / 1000));
  const [low, high] = rangeOf([outlier, Float32Array.of(0.5)], 1e-2);
  expect([low < 0.01, low > -0.05, high > 0.99, high < 1.05]).toEqual([true, true, true, true]);
  expect(rangeOf([Float32Array.of(2, 2)], 0)).toEqual([1.8, 2.2]);
});

it('the root mean square is of the first rows', () => {
  const values = [3, 4, 1e9];
  expect(rms((row) => values[row], 2)).toBeCloseTo(Math.sqrt(12.5), 14);
});
