/** Verdicts: what chance leaves open is undecided, and chance has as many tries as there are slopes. */
import { describe, expect, it } from 'vitest';
import { simultaneous95 } from '../../src/core/analysis/statistics.ts';
import { judge } from '../../src/experiments/measure/judge.ts';
import type { Check, Series } from '../../src/experiments/measure/measurement.ts';
import { generator } from '../support/problems.ts';

/** Values x^slope with a spread, of 64 replicas. */
function series(slope: number, spread: number, more: Partial<Series> = {}): Series {
  const next = generator(7);
  return {
    name: 's',
    abscissa: 'n',
    expected: -1,
    tolerance: 0.1,
    levels: [16, 32, 64, 128, 256].map((x) => ({
      n: x,
      x,
      values: Array.from({ length: 64 }, () => x ** slope * (1 + spread * (2 * next() - 1))),
    })),
    ...more,
  };
}
const fitOf = (one: Series, count = 1) =>
  judge({ series: Array.from({ length: count }, () => one), checks: [] }, 1).fits![0];

describe('a slope', () => {
  it('holds near what is expected, and says how much of its error is not by chance', () => {
    expect(fitOf(series(-1, 0.1))).toMatchObject({ verdict: 'holds', bias: 0 });
    const off = fitOf(series(-1.06, 0.01));
    expect(off.verdict).toBe('holds');
    expect(off.bias).toBeGreaterThan(0.04);
  });

  it('fails off it, but not where the series says that it could not tell', () => {
    expect(fitOf(series(-1.5, 0.1)).verdict).toBe('fails');
    expect(fitOf(series(-1.5, 0.1, { caveat: 'steps are too long' }))).toMatchObject({
      verdict: 'undecided',
      caveat: 'steps are too long',
    });
  });

  it('that one of many may miss by chance is undecided, with the method named', () => {
    const near = series(-1.17, 0.9);
    const [alone, among] = [fitOf(near), fitOf(near, 60)];
    expect(among.simultaneous.low).toBeLessThan(alone.simultaneous.low);
    expect(among.simultaneous.method).toBe('Bonferroni over 60 slopes, normal');
    expect(alone).toMatchObject({ low: among.low, high: among.high });
  });
});

it('60 normal numbers lie within some 3.34 standard errors of theirs all at once, 1 within 1.96', () => {
  expect(simultaneous95(1)).toBeCloseTo(1.96, 2);
  expect(simultaneous95(60)).toBeCloseTo(3.34, 1);
});

it('a check that does not speak against the law leaves it undecided', () => {
  const check: Check = { name: 'grid', value: 2, expected: 0, tolerance: 1 };
  const verdictOf = (one: Check) => judge({ series: [], checks: [one] }, 1).verdict;
  expect([
    verdictOf(check),
    verdictOf({ ...check, otherwise: 'undecided' }),
    verdictOf({ ...check, value: 1 }),
  ]).toEqual(['fails', 'undecided', 'holds']);
});
