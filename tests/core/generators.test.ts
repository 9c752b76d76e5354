import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complete, ConfigError, type ConfigInput } from '../../src/core/config/config.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { DATASETS, tabulate, type Dataset, type DatasetName, type Table } from '../../src/core/datasets.ts';
import { memberOf, type Member } from '../../src/core/generators/dataset.ts';
import { hermite } from '../../src/core/generators/hermite.ts';
import { spikesOf } from '../../src/core/generators/spikes.ts';
import { TARGETS } from '../../src/core/generators/targets.ts';
import { CLASSES } from '../../src/core/generators/classes.ts';

const GENERATORS = [...Object.keys(TARGETS), ...Object.keys(CLASSES)] as DatasetName[];

/** Rows [inputs…, y]. */
function rowsOf({ inputs, x, y }: Table): number[][] {
  const d = inputs.length;
  return Array.from(y, (value, i) => [...x.subarray(i * d, (i + 1) * d), value]);
}

const drawn = (name: DatasetName, samples: number | undefined, given: Partial<Member>, seed = 1): number[][] =>
  rowsOf(tabulate(name, samples, 0, seed, given));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Products that a test writes down itself. */
const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);

/** Mean of a polynomial of degree < 2·40 against the standard normal law, by the trapezoid rule on [−12, 12]. */
function normalMean(q: (z: number) => number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let z = -12; z <= 12; z += step) sum += q(z) * Math.exp((-z * z) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

describe.each(GENERATORS)('%s', (name) => {
  it('draws row i from the seed and i alone: a larger sample begins with the smaller one', () => {
    const { parameters } = memberOf(DATASETS[name]);
    const some = tabulate(name, 20, 0.1, 3);
    const more = tabulate(name, 60, 0.1, 3);
    expect(rowsOf(more).slice(0, 20)).toEqual(rowsOf(some));
    expect(tabulate(name, 20, 0.1, 3, { parameters })).toEqual(some);
    expect(tabulate(name, 20, 0.1, 4).x).not.toEqual(some.x);
  });

  it('names the inputs that it has, and keeps to the dimension that is asked for', () => {
    const { dimension }: Dataset = DATASETS[name];
    if (!dimension) return;
    const d = Math.max(dimension.low, 4);
    const parameters = name === 'anisotropic-gaussians' ? { s0: 2 } : {};
    const { inputs, x } = tabulate(name, 3, 0, 1, { dimension: d, parameters });
    expect(inputs).toEqual(Array.from({ length: d }, (_, c) => `x${c + 1}`));
    expect(x.length).toBe(3 * d);
  });

  it('completes its configuration, which is accepted as it stands', () => {
    const config = complete({ data: { dataset: name } });
    expect(complete(readConfig(JSON.parse(JSON.stringify(config))))).toEqual(config);
    const { parameters }: Dataset = DATASETS[name];
    if (parameters) expect(Object.keys((config.data as Member).parameters)).toEqual(Object.keys(parameters));
  });
});

describe('inputs', () => {
  const SAMPLES = 20_000;
  const CASES = [
    ['single-index', 'gaussian', 3],
    ['single-index', 'sphere', 3 * (5 / 7)],
    ['teacher', 'unit-sphere', 3 * (5 / 7)],
    ['parity', 'signs', 1],
  ] as const;

  it.each(CASES)(
    '%s on %s: mean 0, covariance I (over d on the unit sphere), the fourth moment of the law',
    (name, inputs, fourth) => {
      const x = drawn(name, SAMPLES, { dimension: 5, parameters: { inputs } }).map((row) => row.slice(0, 5));
      const unit = inputs === 'unit-sphere' ? Math.sqrt(5) : 1;
      for (let p = 0; p < 5; p++) {
        // 5 standard errors each
        expect(Math.abs(unit * mean(x.map((row) => row[p])))).toBeLessThan(5 / Math.sqrt(SAMPLES));
        for (let q = 0; q <= p; q++) {
          const moment = unit ** 2 * mean(x.map((row) => row[p] * row[q]));
          expect(Math.abs(moment - Number(p === q))).toBeLessThan(5 * Math.sqrt(2 / SAMPLES));
        }
        const moment = unit ** 4 * mean(x.map((row) => row[p] ** 4));
        expect(Math.abs(moment - fourth)).toBeLessThan(5 * Math.sqrt(96 / SAMPLES));
      }
    },
  );

  it.each([
    ['sphere', Math.sqrt(5)],
    ['unit-sphere', 1],
  ])('%s: all rows have the radius', (inputs, radius) => {
    for (const row of drawn('teacher', 100, { dimension: 5, parameters: { inputs } }))
      expect(Math.hypot(...row.slice(0, 5))).toBeCloseTo(radius, 14);
  });

  it.each([1, 4, 12])('corners: all of {±1}^%i, each once, in an order of the seed', (dimension) => {
    const given = { dimension, parameters: { k: 1 } };
    const corners = (seed: number) =>
      drawn('parity', undefined, given, seed).map((row) => row.slice(0, dimension).join());
    expect(new Set(corners(1)).size).toBe(2 ** dimension);
    expect(corners(1).length).toBe(2 ** dimension);
    expect(
      drawn('parity', undefined, given)
        .flat()
        .every((value) => Math.abs(value) === 1),
    ).toBe(true);
    if (dimension > 1) expect(corners(2)).not.toEqual(corners(1));
  });
});

describe('targets', () => {
  it('Hermite’s polynomials are orthonormal, and the first are those of the books', () => {
    for (let j = 0; j <= 8; j++)
      for (let k = 0; k <= j; k++)
        expect(normalMean((z) => hermite(j, z) * hermite(k, z))).toBeCloseTo(Number(j === k), 9);
    expect(hermite(2, 1.7)).toBeCloseTo((1.7 ** 2 - 1) / Math.sqrt(2), 14);
    expect(hermite(4, 0.3)).toBeCloseTo((0.3 ** 4 - 6 * 0.3 ** 2 + 3) / Math.sqrt(24), 14);
  });

  const h3 = (z: number): number => (z ** 3 - 3 * z) / Math.sqrt(6);
  it.each<[DatasetName, Member['parameters'], (x: readonly number[]) => number]>([
    ['single-index', { k: 3 }, ([x1]) => h3(x1)],
    ['multi-index', { k: 3, indices: 2 }, ([x1, x2]) => (h3(x1) + h3(x2)) / Math.sqrt(2)],
    ['multi-index', { k: 3, indices: 2, combine: 'product' }, ([x1, x2]) => h3(x1) * h3(x2)],
    ['parity', { k: 4 }, ([p, q, r, s]) => p * q * r * s],
    ['staircase', { k: 3 }, ([p, q, r]) => p + p * q + p * q * r],
  ])('%s %j', (name, parameters, formula) => {
    for (const row of drawn(name, 50, { dimension: 6, parameters }))
      expect(row[6]).toBeCloseTo(formula(row.slice(0, 6)), 12);
  });

  it.each(['relu', 'erf'])(
    'a teacher of %s neurons: unit vectors times norm, w1 = ±scale in turn',
    (activation) => {
      const given = { dimension: 4, parameters: { activation, units: 3, norm: 2, scale: 10 } };
      const dataset: Dataset = DATASETS.teacher;
      const neurons = dataset.teacher!(7, memberOf(dataset, given));
      expect(neurons.map(([w1]) => w1)).toEqual([10, -10, 10]);
      for (const [, ...w0] of neurons) expect(Math.hypot(...w0)).toBeCloseTo(2, 14);
      for (const row of drawn('teacher', 20, given, 7)) {
        const y = neurons.map(
          ([w1, ...w0]) =>
            w1 *
            phi(
              activation,
              w0.reduce((h, w, c) => h + w * row[c], 0),
            ),
        );
        expect(row[4]).toBeCloseTo(y[0] + y[1] + y[2], 11);
      }
    },
  );

  /** erf(z/√2) = 2/√(2π) ∫_0^z e^(−s²/2) ds by Simpson's rule. */
  function phi(activation: string, z: number): number {
    if (activation === 'relu') return Math.max(z, 0);
    const parts = 2000;
    const at = (k: number): number => Math.exp(-(((k * z) / parts) ** 2) / 2);
    let sum = at(0) + at(parts);
    for (let k = 1; k < parts; k++) sum += (k % 2 === 0 ? 2 : 4) * at(k);
    return (2 / Math.sqrt(2 * Math.PI)) * (z / parts / 3) * sum;
  }

  it('three-spin has variance d over seeds, and is a x^3 in one dimension', () => {
    // one row a seed: with a_pqr standard normal, E y² = |x|^6 / d² = d
    const values = Array.from({ length: 400 }, (_, seed) => drawn('three-spin', 1, {}, seed)[0][5]);
    expect(mean(values.map((y) => y * y)) / 5).toBeGreaterThan(1 - 5 * Math.sqrt(2 / 400));
    expect(mean(values.map((y) => y * y)) / 5).toBeLessThan(1 + 5 * Math.sqrt(2 / 400));
    // there x = ±1
    const rows = drawn('three-spin', 20, { dimension: 1 }, 4);
    expect(new Set(rows.map(([x]) => Math.round(x)))).toEqual(new Set([-1, 1]));
    for (const [x, y] of rows) expect(x * y).toBeCloseTo(rows[0][0] * rows[0][1], 14);
  });

  it('three-spin in two dimensions is a cubic form: eight coefficients make four, which four rows determine', () => {
    const rows = drawn('three-spin', 30, { dimension: 2 }, 4);
    const monomials = ([p, q]: readonly number[]): number[] => [p ** 3, p * p * q, p * q * q, q ** 3];
    const c = solved(
      rows.slice(0, 4).map(monomials),
      rows.slice(0, 4).map((row) => row[2]),
    );
    for (const row of rows)
      expect(row[2]).toBeCloseTo(
        monomials(row).reduce((y, v, k) => y + c[k] * v, 0),
        8,
      );
  });
});

/** Gauss–Jordan with pivots. */
function solved(matrix: number[][], right: number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < a.length; k++) {
    const pivot = a.slice(k).reduce((best, row) => (Math.abs(row[k]) > Math.abs(best[k]) ? row : best));
    a[a.indexOf(pivot)] = a[k];
    a[k] = pivot.map((value) => value / pivot[k]);
    for (let i = 0; i < a.length; i++) {
      const factor = a[i][k];
      if (i !== k) a[i] = a[i].map((value, c) => value - factor * a[k][c]);
    }
  }
  return a.map((row) => row[a.length]);
}

it('spikes: so many, so far apart on the circle and no farther than they must be, as their kernel blurs them', () => {
  const member = memberOf(DATASETS.spikes, { parameters: { spikes: 4, separation: 0.2, order: 3 } });
  const nearest: number[] = [];
  for (let seed = 1; seed <= 200; seed++) {
    const spikes = spikesOf(seed, member);
    const places = spikes.map(([, place]) => place).sort((p, q) => p - q);
    expect(places.every((place) => place >= 0 && place < 1)).toBe(true);
    nearest.push(Math.min(...places.map((place, k) => (k < 3 ? places[k + 1] : places[0] + 1) - place)));
    for (const [w] of spikes) expect(Math.abs(Math.abs(w) - 1)).toBeLessThanOrEqual(0.5);
    if (seed > 3) continue;
    const { x, y } = tabulate('spikes', 9, 0, seed, member);
    for (const [i, place] of x.entries()) {
      const waves = spikes.map(([w, at]) =>
        [-3, -2, -1, 0, 1, 2, 3].reduce((sum, k) => sum + w * Math.cos(2 * Math.PI * k * (place - at)), 0),
      );
      expect(y[i]).toBeCloseTo(
        waves.reduce((sum, wave) => sum + wave, 0),
        10,
      );
    }
  }
  expect(Math.min(...nearest)).toBeGreaterThanOrEqual(0.2 - 1e-12);
  // the least of four gaps that share 0.2 has the mean 0.2/16
  expect(Math.abs(mean(nearest) - 0.2125)).toBeLessThan(5 * Math.sqrt(0.0125 ** 2 / 200));
  const places = { spikes: 5, separation: 0.3 };
  expect(() => complete({ data: { dataset: 'spikes', parameters: places } })).toThrow(/at most 0.2/);
});

describe('classes', () => {
  const CASES = ['two-gaussians', 'anisotropic-gaussians', 'clusters', 'xor'] as const;

  it.each(CASES)('%s: labels are ±1, each as often', (name) => {
    const y = [...tabulate(name, 4000).y];
    expect(new Set(y)).toEqual(new Set([-1, 1]));
    expect(Math.abs(mean(y))).toBeLessThan(5 / Math.sqrt(4000));
  });

  it.each([
    ['two-gaussians', 6, { delta: 0.6 }],
    ['anisotropic-gaussians', 2, { delta: 0.6, s0: 2 }],
  ] as const)(
    '%s: deviations 1 ± δ by the label in %i of 6 coordinates, 1 in the others',
    (name, s0, parameters) => {
      const rows = drawn(name, 20_000, { dimension: 6, parameters });
      for (const y of [-1, 1]) {
        const own = rows.filter((row) => row[6] === y);
        for (let c = 0; c < 6; c++) {
          const variance = mean(own.map((row) => row[c] ** 2));
          const expected = c < s0 ? (1 + 0.6 * y) ** 2 : 1;
          expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / own.length));
        }
      }
    },
  );

  it('clusters: squares about a grid that do not touch, one label each, half of them negative', () => {
    const label = new Map<string, number>();
    for (const [x1, x2, y] of drawn('clusters', 2000, {})) {
      const place = [x1, x2].map((value) => Math.floor(2 * (value + 1)));
      for (const [c, value] of [x1, x2].entries())
        expect(Math.abs(value - (place[c] + 0.5) / 2 + 1)).toBeLessThanOrEqual(0.125); // half of ½ · 2/4
      expect(label.get(place.join()) ?? y).toBe(y);
      label.set(place.join(), y);
    }
    expect(label.size).toBe(16);
    expect([...label.values()].filter((y) => y === -1).length).toBe(8);
  });

  it('xor: without noise the four corners with the product’s other sign, with noise of the given deviation', () => {
    const still = drawn('xor', 200, { dimension: 3, parameters: { std: 0 } });
    for (const [x1, x2, x3, y] of still)
      expect([Math.abs(x1), Math.abs(x2), x3, y]).toEqual([1, 1, 0, -x1 * x2]);
    expect(new Set(still.map((row) => row.join())).size).toBe(4);
    const moved = drawn('xor', 5000, { dimension: 3, parameters: { std: 0.2 } });
    const [, , noise] = [0, 1, 2].map((c) => mean(moved.map((row) => row[c] ** 2)));
    expect(Math.abs(noise / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / 5000));
  });

  it('labels and positions are independent', () => {
    const rows = drawn('two-gaussians', 20_000, { dimension: 2, parameters: { delta: 0 } });
    for (const q of [
      ([x]: number[]) => x,
      ([x]: number[]) => x * x - 1,
      (row: number[]) => product(row.slice(0, 2)),
    ])
      expect(Math.abs(mean(rows.map((row) => row[2] * q(row))))).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });
});

describe('a member that cannot be is refused in one sentence', () => {
  const refusal = (data: object): string => {
    try {
      complete(readConfig({ data }) as ConfigInput);
      return '';
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
  };

  it.each([
    [
      { dataset: 'parity', parameters: { inputs: 'gauss' } },
      'data.parameters.inputs = "gauss" is not valid: give one of corners, signs',
    ],
    [
      { dataset: 'parity', parameters: { j: 2 } },
      'data.parameters.j is not a field of a configuration: did you mean "k"?',
    ],
    [
      { dataset: 'parity', parameters: { k: 2.5 } },
      'data.parameters.k = 2.5 is not valid: give an integer from 1 to 4096',
    ],
    [
      { dataset: 'two-gaussians', parameters: { delta: 1.5 } },
      'data.parameters.delta = 1.5 is not valid: give a number from 0 to 1',
    ],
    [
      { dataset: 'curve', parameters: { k: 2 } },
      'data.parameters = {"k":2} is not valid: give none: curve has no parameters',
    ],
    [
      { dataset: 'moons', dimension: 3 },
      'data.dimension = 3 is not valid: give none: moons has the inputs x1, x2',
    ],
    [{ dataset: 'xor', dimension: 1 }, 'data.dimension = 1 is not valid: give an integer from 2 to 4096'],
    [
      { dataset: 'parity', dimension: 2 },
      'data.parameters.k = 3 is more than data.dimension = 2: give a smaller number or a larger dimension',
    ],
    [
      { dataset: 'parity', dimension: 13 },
      'data.dimension = 13: all corners are listed for at most 12 inputs, give data.parameters.inputs = "signs" or a smaller dimension',
    ],
    [
      { dataset: 'staircase', dimension: 4, samples: 17 },
      'data.samples = 17: staircase has 16 rows, give at most that many',
    ],
    [
      { dataset: 'teacher', dimension: 4096, samples: 2 ** 24 },
      `data.samples = ${2 ** 24} of dimension 4096 are ${2 ** 36} numbers, the limit is ${2 ** 27}: give fewer samples or a smaller dimension`,
    ],
    [{ dataset: 'parities', parameters: { k: 1 } }, 'data.dataset = "parities" is not valid'],
  ])('%j', (data, sentence) => expect(refusal(data)).toContain(sentence));

  it('and what may be is accepted', () => {
    expect(refusal({ dataset: 'parity', dimension: 13, parameters: { inputs: 'signs' }, testSeed: 4 })).toBe(
      '',
    );
    expect(complete({ data: { dataset: 'staircase', dimension: 4 } }).data).toEqual({
      dataset: 'staircase',
      samples: 16,
      noise: 0,
      seed: 1,
      dimension: 4,
      parameters: { k: 3, inputs: 'corners' },
      test: 0,
      testSeed: 1,
      standardize: false,
    });
  });
});

it('README.md names every generator and every parameter', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const name of GENERATORS) {
    const { parameters = {} }: Dataset = DATASETS[name];
    for (const word of [name, ...Object.keys(parameters)]) expect(readme).toContain(`\`${word}\``);
  }
});
