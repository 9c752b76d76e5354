import { describe, expect, it } from 'vitest';
import { drawTheta, LAWS, type InitialLaw, type Law } from '../../src/core/laws.ts';
import { output } from '../support/oracle.ts';
import { draw } from '../support/problems.ts';

const initial = (w0: Law, w1: Law = { law: 'normal' }, more: Partial<InitialLaw> = {}): InitialLaw => ({
  seed: 5,
  w1,
  w0,
  antithetic: false,
  ...more,
});
const ALL: Law[] = [
  { law: 'normal', mean: 1, std: 2 },
  { law: 'uniform', low: -3, high: 1 },
  { law: 'sphere', radius: 2 },
  { law: 'dirac', at: 0.5 },
];

/** Entries of w0, one list for each coordinate. */
const coordinates = (theta: Float64Array, d: number): number[][] =>
  Array.from({ length: d }, (_, c) =>
    Array.from({ length: theta.length / (1 + d) }, (__, j) => theta[j * (1 + d) + 1 + c]),
  );
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
// 4 standard errors, fixed seed
const SE = (n: number, variance: number): number => 4 * Math.sqrt(variance / n);

it('has a case here for every law', () => {
  expect(ALL.map(({ law }) => law).sort()).toEqual(Object.keys(LAWS).sort());
});

describe.each(ALL.map((law) => [law.law, law] as const))('%s', (_, law) => {
  it('gives the first particles of n = 1000 to n = 100, to the bit', () => {
    const few = drawTheta(initial(law, law), 100, { d: 3 });
    const many = drawTheta(initial(law, law), 1000, { d: 3 });
    expect([...few]).toEqual([...many.subarray(0, 400)]);
    expect([...drawTheta(initial(law, law), 10, { d: 3 }, [1, 1], 90)]).toEqual([...few.subarray(360)]);
  });

  it('is multiplied by n^(−b), w0 and w1 each by its own', () => {
    const plain = drawTheta(initial(law, law), 50, { d: 2 });
    const spread = drawTheta(initial(law, law), 50, { d: 2 }, [0.25, 8]);
    expect([...spread]).toEqual(Array.from(plain, (value, i) => value * (i % 3 === 0 ? 8 : 0.25)));
  });

  it('in antithetic pairs makes f_0 vanish, whatever x', () => {
    for (const n of [2, 100]) {
      const theta = drawTheta(initial(law, law, { antithetic: true }), n, { d: 2 });
      const { x } = draw({ n: 1, m: 20, d: 2 }, 1);
      const rows = Array.from({ length: n }, (__, j) => [...theta.subarray(3 * j, 3 * j + 3)]);
      for (let j = 0; j < n; j += 2) expect([-rows[j][0], ...rows[j].slice(1)]).toEqual(rows[j + 1]);
      expect(output({ x, activation: 'tanh', parameterization: 'mean-field' }, rows).map(Math.abs)).toEqual(
        x.map(() => 0),
      );
    }
  });
});

it('another seed draws another cloud', () => {
  expect([...drawTheta(initial({ law: 'normal' }), 5, { d: 2 })]).not.toEqual([
    ...drawTheta({ ...initial({ law: 'normal' }), seed: 6 }, 5, { d: 2 }),
  ]);
});

it('w1 and w0 are independent: their correlation is that of chance', () => {
  const n = 40_000;
  const theta = drawTheta(initial({ law: 'normal' }), n, { d: 2 });
  const [first, second] = coordinates(theta, 2);
  const w1 = Array.from({ length: n }, (_, j) => theta[3 * j]);
  for (const [p, q] of [
    [w1, first],
    [w1, second],
    [first, second],
  ])
    expect(Math.abs(mean(p.map((value, j) => value * q[j])))).toBeLessThan(SE(n, 1));
});

describe('the parameters mean what they say', () => {
  const n = 40_000;
  it('normal: mean and standard deviation', () => {
    for (const values of coordinates(drawTheta(initial({ law: 'normal', mean: 1, std: 2 }), n, { d: 3 }), 3)) {
      expect(Math.abs(mean(values) - 1)).toBeLessThan(SE(n, 4));
      expect(Math.abs(mean(values.map((value) => (value - 1) ** 2)) - 4)).toBeLessThan(SE(n, 32));
    }
  });
  it('uniform: all of [low, high] and nothing else', () => {
    for (const values of coordinates(
      drawTheta(initial({ law: 'uniform', low: -3, high: 1 }), n, { d: 3 }),
      3,
    )) {
      expect(values.every((value) => value > -3 && value < 1)).toBe(true);
      expect(Math.abs(mean(values) + 1)).toBeLessThan(SE(n, 16 / 12));
      expect(Math.min(...values)).toBeLessThan(-2.99);
      expect(Math.max(...values)).toBeGreaterThan(0.99);
    }
  });
  it('sphere: every |w0| is the radius, in no preferred direction', () => {
    const columns = coordinates(
      drawTheta(initial({ law: 'sphere', radius: 2 }, { law: 'sphere', radius: 3 }), n, { d: 3 }),
      3,
    );
    const errors = columns[0].map((_, j) => Math.abs(Math.hypot(...columns.map((values) => values[j])) - 2));
    expect(errors.reduce((p, q) => Math.max(p, q))).toBeLessThan(5e-15);
    for (const values of columns) {
      expect(Math.abs(mean(values))).toBeLessThan(SE(n, 4 / 3));
      expect(Math.abs(mean(values.map((value) => value * value)) - 4 / 3)).toBeLessThan(
        SE(n, 16 * (1 / 5 - 1 / 9)),
      );
    }
  });
  it('sphere in one dimension: ±radius, half of each', () => {
    const theta = drawTheta(initial({ law: 'normal' }, { law: 'sphere', radius: 3 }), n, { d: 1 });
    const w1 = Array.from({ length: n }, (_, j) => theta[2 * j]);
    expect(new Set(w1.map(Math.abs))).toEqual(new Set([3]));
    expect(Math.abs(mean(w1))).toBeLessThan(SE(n, 9));
  });
  it('dirac: one point, given as a number or as a list', () => {
    expect([...drawTheta(initial({ law: 'dirac', at: [1, 2] }, { law: 'dirac', at: 3 }), 2, { d: 2 })]).toEqual(
      [3, 1, 2, 3, 1, 2],
    );
    expect([...drawTheta(initial({ law: 'dirac', at: 4 }, { law: 'dirac' }), 1, { d: 2 })]).toEqual([0, 4, 4]);
  });
});
