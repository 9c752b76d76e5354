import { describe, expect, it } from 'vitest';
import { drawTheta, LAWS, type InitialLaw, type Law } from '../../src/core/laws.ts';
import { output } from '../support/oracles/oracle.ts';
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
  { law: 'grid', low: -3, high: 1 },
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
  it('gives the first particles of n = 1000 to n = 100, to the bit, or divides its interval among those', () => {
    const few = drawTheta(initial(law, law), 100, { d: 3 });
    const many = drawTheta(initial(law, law), 1000, { d: 3 });
    if (law.law === 'grid') {
      expect([few[0], many[0], few[399]]).toEqual([-3 + 0.5 * 0.04, -3 + 0.5 * 0.004, -3 + 99.5 * 0.04]);
    } else expect([...few]).toEqual([...many.subarray(0, 400)]);
    expect([...drawTheta(initial(law, law), 10, { d: 3 }, [1, 1], 90, 100)]).toEqual([...few.subarray(360)]);
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

describe('the law of both layers', () => {
  const joint = { seed: 3, antithetic: false, joint: { law: 'sphere', radius: 2 } } as const;

  it('is uniform on the sphere of (w1, w0): second moments of each coordinate, and w1 rises as |w0| falls', () => {
    const n = 40_000;
    const theta = drawTheta(joint, n, { c: 2, d: 2 });
    const rows = Array.from({ length: n }, (_, j) => [...theta.subarray(4 * j, 4 * j + 4)]);
    for (const row of rows) expect(Math.abs(Math.hypot(...row) - 2)).toBeLessThan(1e-14);
    for (let k = 0; k < 4; k++) {
      // E x⁴ = 3 R⁴/(D(D + 2))
      expect(Math.abs(mean(rows.map((row) => row[k] ** 2)) - 1)).toBeLessThan(SE(n, 2 - 1));
      expect(Math.abs(mean(rows.map((row) => row[k])))).toBeLessThan(SE(n, 1));
    }
    // of independent layers this is 1; E x²y² = R⁴/(D(D + 2)) here
    expect(mean(rows.map(([p, , q]) => p ** 2 * q ** 2))).toBeCloseTo(2 / 3, 1);
  });

  it('has pairs on its sphere, and is drawn for a seed and a particle alone', () => {
    const few = drawTheta({ ...joint, antithetic: true }, 6, { d: 3 });
    const many = drawTheta({ ...joint, antithetic: true }, 60, { d: 3 });
    expect([...few]).toEqual([...many.subarray(0, 24)]);
    for (let row = 0; row < 24; row += 8) {
      expect([-few[row], ...few.subarray(row + 1, row + 4)]).toEqual([...few.subarray(row + 4, row + 8)]);
      expect(Math.hypot(...few.subarray(row + 4, row + 8))).toBeCloseTo(2, 14);
    }
  });
});

it('a law of the bias draws the last coordinate of w0 alone, and is stretched with w0', () => {
  const laws = initial(
    { law: 'dirac', at: [1, 2] },
    { law: 'dirac', at: 5 },
    { bias: { law: 'dirac', at: 7 } },
  );
  expect([...drawTheta(laws, 2, { d: 3 }, [0.5, 2])]).toEqual([10, 0.5, 1, 3.5, 10, 0.5, 1, 3.5]);
  const normal = (bias: InitialLaw['bias']) =>
    drawTheta(initial({ law: 'normal' }, { law: 'normal' }, { bias }), 40, { d: 3 });
  const [own, without] = [normal({ law: 'uniform' }), normal(undefined)];
  own.forEach((value, i) =>
    i % 4 === 3 ? expect(Math.abs(value)).toBeLessThan(1) : expect(value).toBe(without[i]),
  );
  // its stream is no other layer's
  expect(new Set(own).size).toBe(160);
});

it('a grid has one node for each pair, and all outputs and coordinates at it', () => {
  const grid: Law = { law: 'grid', low: 0, high: 1 };
  const theta = drawTheta(initial(grid, grid, { antithetic: true }), 4, { c: 2, d: 1 });
  expect([...theta]).toEqual([0.25, 0.25, 0.25, -0.25, -0.25, 0.25, 0.75, 0.75, 0.75, -0.75, -0.75, 0.75]);
});
