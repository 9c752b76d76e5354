import { describe, expect, it } from 'vitest';
import { Draws } from '../../src/core/random.ts';
import {
  blockMeans,
  pairCovariances,
  powerLaw,
  squareOfMean,
  variances,
} from '../../src/core/analysis/statistics.ts';
import { generator, slope } from '../support/problems.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const X = [16, 32, 64, 128, 256];

describe('a power law', () => {
  it.each([
    [-1, 1],
    [0.5, 1],
    [2, 2],
  ])('without noise is found exactly: exponent %d, root %d', (exponent, root) => {
    const law = powerLaw(
      X.map((x) => ({ x, values: Array.from({ length: 64 }, () => 3 * x ** (exponent * root)) })),
      1,
      root,
    );
    for (const found of [law.slope, law.low, law.high]) expect(found).toBeCloseTo(exponent, 12);
  });

  it('with noise lies in its interval 95 times in 100, and its slope is that of plain least squares', () => {
    let inside = 0;
    const trials = 100;
    for (let trial = 0; trial < trials; trial++) {
      const draws = new Draws(1000 + trial, 7);
      draws.seek(0);
      const levels = X.map((x) => ({
        x,
        values: Array.from({ length: 64 }, () => (1 + 0.5 * draws.normal()) / x),
      }));
      const { slope: found, low, high } = powerLaw(levels, trial);
      expect(found).toBeCloseTo(
        slope(
          X,
          levels.map(({ values }) => mean(values)),
        ),
        12,
      );
      if (low <= -1 && -1 <= high) inside++;
    }
    // binomial(100, 0.93): the percentile interval is a little short at 64 replicas; 2 σ
    expect(inside).toBeGreaterThanOrEqual(88);
  });
});

describe('means over replicas', () => {
  const next = generator(5);
  const vectors = Array.from({ length: 40 }, () => Float64Array.from([next() - 0.4, next() - 0.5, next()]));

  it('squareOfMean is |ḡ|² over pairs of different replicas', () => {
    let pairs = 0;
    vectors.forEach((g, i) =>
      vectors.forEach((h, k) => (pairs += i === k ? 0 : g.reduce((sum, value, c) => sum + value * h[c], 0))),
    );
    expect(mean(squareOfMean(vectors))).toBeCloseTo(pairs / (40 * 39), 13);
  });

  it('variances and pairCovariances are unbiased: over replicas taken two at a time', () => {
    const q = vectors.map((g) => [...g]);
    const n = 3;
    const A = q.map(mean);
    const B = q.map(
      (row) =>
        row.reduce(
          (sum, one, i) => sum + row.reduce((inner, other, k) => inner + (i === k ? 0 : one * other), 0),
          0,
        ) /
        (n * (n - 1)),
    );
    let products = 0;
    let halves = 0;
    A.forEach((a, r) =>
      A.forEach((b, s) => {
        if (r === s) return;
        products += (a * b) / (40 * 39);
        halves += (a - b) ** 2 / 2 / (40 * 39);
      }),
    );
    expect(mean(pairCovariances(A, B))).toBeCloseTo(mean(B) - products, 13);
    expect(mean(variances(A))).toBeCloseTo(halves, 13);
  });

  it('blocks keep the mean, and few values stay as they are', () => {
    const values = Array.from({ length: 1024 }, (_, k) => Math.sin(k));
    expect(blockMeans(values, 256)).toHaveLength(256);
    expect(mean(blockMeans(values, 256))).toBeCloseTo(mean(values), 14);
    expect(blockMeans(values.slice(0, 9), 256)).toEqual(values.slice(0, 9));
  });
});
