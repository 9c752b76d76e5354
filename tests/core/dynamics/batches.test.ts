import { describe, expect, it } from 'vitest';
import { Batches, batchFault, weighted } from '../../../src/core/dynamics/batches.ts';
import { complete } from '../../../src/core/config/config.ts';
import { readConfig } from '../../../src/core/config/schema.ts';

const epochOf = (batches: Batches, epoch: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, k) => batches.rows(epoch * steps + k)).flat();

describe('without replacement', () => {
  it('an epoch takes distinct rows, all of them where the size divides m, each epoch in another order', () => {
    const batches = new Batches({ size: 5, replacement: false, seed: 1 }, 20);
    const [first, second] = [epochOf(batches, 0, 4), epochOf(batches, 1, 4)];
    for (const epoch of [first, second])
      expect([...epoch].sort((p, q) => p - q)).toEqual(Array.from({ length: 20 }, (_, row) => row));
    expect(second).not.toEqual(first);
  });

  it('a last short batch is dropped, and which rows it has changes', () => {
    const batches = new Batches({ size: 6, replacement: false, seed: 1 }, 20);
    const left = new Set<number>();
    for (let epoch = 0; epoch < 40; epoch++) {
      const rows = new Set(epochOf(batches, epoch, 3));
      expect(rows.size).toBe(18);
      for (let row = 0; row < 20; row++) if (!rows.has(row)) left.add(row);
    }
    expect(left.size).toBe(20);
  });
});

it('with replacement every row is as likely at every place', () => {
  const batches = new Batches({ size: 10, replacement: true, seed: 2 }, 8);
  const counts = new Float64Array(8);
  for (let k = 0; k < 1000; k++) for (const row of batches.rows(k)) counts[row]++;
  // χ² of 7 degrees, p = 0.001
  expect(counts.reduce((sum, count) => sum + (count - 1250) ** 2 / 1250, 0)).toBeLessThan(24.4);
});

it.each([true, false])(
  'a step’s rows depend on the seed and the step alone (replacement %s)',
  (replacement) => {
    const plan = { size: 4, replacement, seed: 7 };
    const steps = [0, 9, 3, 2 ** 33 + 1, 9];
    const one = new Batches(plan, 19);
    for (const k of steps) expect(one.rows(k)).toEqual(new Batches(plan, 19).rows(k));
    expect(one.rows(2 ** 33 + 1)).not.toEqual(one.rows(1));
    expect(new Batches({ ...plan, seed: 8 }, 19).rows(9)).not.toEqual(one.rows(9));
  },
);

it('weights are m/size for each time a row is drawn: their sum is m, and the mean over rows that of the batch', () => {
  const batches = new Batches({ size: 8, replacement: true, seed: 3 }, 5);
  const weights = new Float64Array(5);
  batches.weights(4, weights);
  expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(5, 14);
  const r = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const rows = batches.rows(4);
  for (const k of [0, 1]) {
    const own = weighted(r, weights, 2).filter((_, at) => at % 2 === k);
    expect(own.reduce((sum, value) => sum + value) / 5).toBeCloseTo(
      rows.reduce((sum, row) => sum + r[2 * row + k], 0) / 8,
      13,
    );
  }
});

describe('in a configuration', () => {
  const data = { dataset: 'moons' } as const;

  it('a batch is completed, and absent where it is not asked for', () => {
    const { dynamics } = complete(readConfig({ data, dynamics: { batch: { size: 10 } } }));
    expect(dynamics.batch).toEqual({ size: 10, replacement: false, seed: 1 });
    expect(complete({ data }).dynamics).not.toHaveProperty('batch');
  });

  it.each([
    [{ size: 0 }, 'dynamics.batch.size = 0 is not valid: give an integer from 1 to 16777216'],
    [{}, 'dynamics.batch.size is missing'],
    [
      { size: 3, replace: true },
      'dynamics.batch.replace is not a field of a configuration: did you mean "replacement"?',
    ],
  ])('%j is refused', (batch, sentence) => {
    expect(() => readConfig({ data, dynamics: { batch } })).toThrow(sentence);
  });

  it('more rows than there are need replacement', () => {
    expect(batchFault({ size: 11, replacement: false, seed: 1 }, 10)).toBe(
      'dynamics.batch.size = 11 is more than the m = 10 rows: give at most that many, or "replacement": true',
    );
    expect(batchFault({ size: 11, replacement: true, seed: 1 }, 10)).toBeNull();
  });
});
