import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedText } from '../../bench/ship-data.ts';
import { DATASETS, tabulate, type Dataset, type DatasetName } from '../../src/core/datasets.ts';
import { STREAMS } from '../../src/core/random.ts';
import { ranked } from '../../src/core/ranking.ts';

const NAMES = Object.keys(DATASETS) as DatasetName[];

it('the shipped data are those of vega-datasets and mnist', () => {
  expect(readFileSync(new URL('../../src/core/data/shipped.ts', import.meta.url), 'utf8')).toBe(shippedText());
});

describe.each(NAMES)('%s', (name) => {
  const dataset: Dataset = DATASETS[name];

  it('has finite numbers, as many as it says', () => {
    const { inputs, x, y } = tabulate(name);
    expect(y.length).toBe(dataset.samples);
    expect(x.length).toBe(dataset.samples * inputs.length);
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    for (const samples of [1, 2, 7]) expect(tabulate(name, samples).y.length).toBe(samples);
  });

  it('is a function of its seed', () => {
    expect(tabulate(name, 10, 0.1, 3)).toEqual(tabulate(name, 10, 0.1, 3));
    expect(tabulate(name, 10, 0.1, 3).y).not.toEqual(tabulate(name, 10, 0.1, 4).y);
  });

  it('gets noise of the given standard deviation on y and on y alone', () => {
    const count = dataset.samples;
    const clean = tabulate(name, count);
    const noisy = tabulate(name, count, 0.5);
    expect(noisy.x).toEqual(clean.x);
    const variance = noisy.y.reduce((sum, value, i) => sum + (value - clean.y[i]) ** 2, 0) / count;
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / count)); // χ² of `count` degrees, 4 σ
  });

  it('says where real data come from', () => {
    if (dataset.source === undefined) return;
    expect(dataset.source.length).toBeGreaterThan(10);
    expect(readFileSync(new URL('../../src/core/data/README.md', import.meta.url), 'utf8')).toContain(
      `\`${name}\``,
    );
  });
});

it('the temperatures are those of 1880 to 2023, the volcano 87 × 61 heights from 94 m to 195 m', () => {
  const years = tabulate('global-temperature');
  expect([...years.x]).toEqual(Array.from({ length: 144 }, (_, i) => 1880 + i));
  const { x, y } = tabulate('maunga-whau');
  expect([y.length, Math.min(...y), Math.max(...y)]).toEqual([87 * 61, 94, 195]);
  expect([Math.max(...x.filter((_, i) => i % 2 === 0)), Math.max(...x.filter((_, i) => i % 2 === 1))]).toEqual([
    860, 600,
  ]);
});

it('a part of real data is a random set of its rows, in file order', () => {
  const all = tabulate('global-temperature');
  const some = tabulate('global-temperature', 40, 0, 9);
  const index = Array.from(some.x, (year) => year - 1880);
  expect(new Set(index).size).toBe(40);
  expect(index).toEqual([...index].sort((p, q) => p - q));
  expect([...some.y]).toEqual(index.map((i) => all.y[i]));
});

it('rankings are permutations in which every row is as likely to come first', () => {
  const firsts = new Float64Array(5);
  for (let seed = 0; seed < 2000; seed++) {
    const order = ranked(5, seed, STREAMS.split);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    firsts[order[0]]++;
  }
  // χ² of 4 degrees, p = 0.001
  expect(firsts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)).toBeLessThan(18.5);
});
