import { describe, expect, it } from 'vitest';
import { complete, type ConfigInput } from '../../../src/core/config/config.ts';
import { readConfig } from '../../../src/core/config/schema.ts';
import { tabulate } from '../../../src/core/datasets.ts';
import { firstBatch, heldOut, Streamed, type Stream } from '../../../src/core/dynamics/streams.ts';
import { streamOf as streamOfSize } from '../../support/contracts/feed-laws.ts';

const streamOf = (more: Partial<Stream> = {}): Stream => streamOfSize(4, { seed: 7, ...more });

describe('rows', () => {
  it('those of the steps, one batch after the other, are those of the data set', () => {
    const stream = new Streamed(streamOf());
    const { x, y } = tabulate('teacher', 40, 0, 7, { dimension: 3 });
    const batches = Array.from({ length: 10 }, (_, k) => stream.batch(k));
    expect(batches.flatMap((batch) => [...batch.x])).toEqual([...x]);
    expect(batches.flatMap((batch) => [...batch.y])).toEqual([...y]);
  });

  it('a batch is the same for so many steps, and then another one, whatever was asked before', () => {
    const stream = new Streamed(streamOf({ reuse: 3 }));
    const again = stream.rows(5);
    expect(stream.rows(3)).toBe(again);
    expect(stream.rows(6).x).not.toEqual(again.x);
    expect(new Streamed(streamOf({ reuse: 3 })).rows(4)).toEqual(again);
  });

  it('no number of a row is too large to be another one', () => {
    const stream = new Streamed(streamOf());
    expect(stream.batch(2 ** 30 + 1).x).not.toEqual(stream.batch(1).x);
    expect(stream.batch(2 ** 45 + 1).x).not.toEqual(stream.batch(2 ** 30 + 1).x);
  });

  it('inputs are times n^(−a0), the bias with them', () => {
    const [plain, scaled] = [streamOf(), streamOf({ inner: 0.25 })].map((one) => new Streamed(one).rows(2).x);
    expect([...scaled]).toEqual([...plain].map((value) => value / 4));
    expect(plain.filter((_, at) => at % 4 === 3)).toEqual(Float64Array.from([1, 1, 1, 1]));
    expect(new Streamed(streamOf({ bias: false })).rows(0).x).toEqual(firstBatch(streamOf()).x);
  });
});

it('label noise has its deviation, and a batch keeps it for as long as it is used', () => {
  const noisy = new Streamed(streamOf({ size: 4000, labelNoise: 0.5, reuse: 2 }));
  const plain = new Streamed(streamOf({ size: 4000 }));
  const off = noisy.rows(0).y.map((value, i) => value - plain.rows(0).y[i]);
  expect(noisy.rows(0).x).toEqual(plain.rows(0).x);
  expect(noisy.rows(1)).toBe(noisy.rows(0));
  const variance = off.reduce((sum, value) => sum + value ** 2, 0) / off.length;
  expect(Math.abs(variance - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / 4000));
  expect(noisy.rows(2).y[0] - plain.rows(1).y[0]).not.toBeCloseTo(off[0], 3);
});

it('rows held out are of the same teacher, others for each seed, none of those that steps take', () => {
  const { source } = streamOf();
  const [first, second] = [1, 2].map((seed) => heldOut(source, 30, seed));
  const taken = new Set(tabulate('teacher', 2000, 0, 7, { dimension: 3 }).x);
  const same = heldOut(source, 30, source.seed);
  for (const { x } of [first, second, same]) expect(x.some((value) => taken.has(value))).toBe(false);
  expect(first.x).not.toEqual(second.x);
  const other = heldOut({ ...source, seed: 8 }, 30, 1);
  expect(other.x).toEqual(first.x);
  expect(other.y).not.toEqual(first.y);
});

const teacher = { dataset: 'teacher', dimension: 3, testSamples: 50 } as const;
const configOf = (data: object, dynamics: object): ConfigInput => readConfig({ data, dynamics });

it('a stream is completed, and with it the samples that are held out', () => {
  const { data, dynamics } = complete(configOf({ dataset: 'teacher' }, { stream: { size: 4 } }));
  expect(dynamics.stream).toEqual({ size: 4, reuse: 1, labelNoise: 0 });
  expect(data).toMatchObject({ testSamples: 1000, testSeed: 1 });
  expect(complete({ data: { dataset: 'teacher' } }).data).not.toHaveProperty('testSamples');
});

const stream = { size: 4 };
it.each([
  [
    { csv: 'points.csv' },
    { stream },
    /stream needs data that never end, and points\.csv has no rows but its own/,
  ],
  [{ inline: { x: [[1]], y: [1] } }, { stream }, /data\.inline has no rows but its own/],
  [{ dataset: 'maunga-whau' }, { stream }, /maunga-whau has 5307 rows here: give a generator/],
  [{ dataset: 'parity' }, { stream }, /parity has 256 rows here.*parameters\.inputs = "signs"/],
  [{ dataset: 'moons' }, { stream }, /the rows of moons are spread evenly over their number, none is the next/],
  [
    { ...teacher, test: 0.2 },
    { stream },
    /data\.test = 0\.2 is a share of finite data.*give data\.testSamples/,
  ],
  [{ ...teacher, standardize: true }, { stream }, /data\.standardize scales by finite data/],
  [
    { ...teacher, dimension: 4096 },
    { stream: { size: 2 ** 20 } },
    /stream\.size = 1048576 of dimension 4096 are/,
  ],
  [teacher, { stream, batch: { size: 3 } }, /dynamics\.batch and dynamics\.stream contradict each other/],
  [teacher, { stream: { size: 4, reuse: 0 } }, /stream\.reuse = 0 is not valid: give an integer from 1/],
  [teacher, { stream: { reuse: 2 } }, /dynamics\.stream\.size is missing/],
  [teacher, { stream: { size: 4, labelNoise: -1 } }, /dynamics\.stream\.labelNoise = -1 is not valid/],
  [teacher, {}, /data\.testSamples = 50 is for dynamics\.stream: give data\.test/],
])('%j with %j is refused', (data, dynamics, sentence) => {
  expect(() => complete(configOf(data, dynamics))).toThrow(sentence);
});
