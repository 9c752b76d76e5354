/**
 * From a configuration and its files to an engine's problem, in memory: the encoding, the split, and every
 * refusal.
 */
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/config/config.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { decodeOutputs, encodeInputs, r2 } from '../../src/experiments/data/encoding.ts';
import { prepare, type Prepared } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import type { Files } from '../../src/experiments/data/table.ts';
import { encodeNpy } from '../../src/io/npy.ts';

type Contents = Record<string, string | Uint8Array>;
const GOOD = 'x,y\n1,2\n3,4\n5,7\n';
const DATA = { data: { csv: 'p.csv' } };
const NPY = { ...DATA, initial: { npy: 't.npy' } };
const ones = (rows: number, columns: number): Uint8Array =>
  encodeNpy(new Float64Array(rows * columns).fill(1), [rows, columns]);
const spoilt = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
  Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1'));

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Prepares a configuration whose files are these. */
async function prepared(
  config: unknown,
  contents: Contents = {},
  notes: string[] = [],
  mostBytes?: number,
): Promise<Prepared> {
  const all: Contents = { 'p.csv': GOOD, ...contents };
  const files: Files = {
    readBytes: async (path) => bytesOf(all[path]),
    note: (sentence) => void notes.push(sentence),
  };
  return prepare(resolveConfig(readConfig(config)), files, mostBytes);
}

describe('a sentence refuses', () => {
  it.each<[string, object, Contents, string]>([
    [
      'a dirac of another dimension',
      { ...DATA, initial: { w0: { law: 'dirac', at: [1, 2, 3] } } },
      {},
      'initial.w0.at has 3 numbers and 2 are drawn: give 2',
    ],
    [
      'a dirac of w1 with two numbers',
      { ...DATA, initial: { w1: { law: 'dirac', at: [1, 2] } } },
      {},
      'initial.w1.at has 2 numbers and 1 is drawn: give 1',
    ],
    [
      'a dirac of all of w0 beside a law of its last',
      { ...DATA, initial: { w0: { law: 'dirac', at: [1, 2] }, bias: { law: 'dirac' } } },
      {},
      'initial.w0.at has 2 numbers and 1 is drawn: give 1',
    ],
    [
      'draws of a bias whose square is none',
      { ...DATA, initial: { bias: { law: 'dirac', at: 1e155 } } },
      {},
      'initial.bias = {"law":"dirac","at":1e+155} draws 1e+155 for neuron 0',
    ],
    [
      'a constant column to standardize',
      { data: { csv: 'p.csv', standardize: true } },
      { 'p.csv': 'x,y\n1,2\n1,4\n' },
      'data.standardize: column "x" is constant',
    ],
    [
      'a constant target to standardize',
      { data: { csv: 'p.csv', standardize: true } },
      { 'p.csv': 'x,y\n1,2\n3,2\n' },
      'data.standardize: column "y" is constant',
    ],
    [
      'a test share that leaves nothing',
      { data: { csv: 'p.csv', test: 0.99 } },
      {},
      'data.test = 0.99 holds out all 3 rows',
    ],
    ['one column', DATA, { 'p.csv': 'y\n1\n2\n' }, 'p.csv: it has 1 column of numbers'],
    ['a header without rows', DATA, { 'p.csv': 'x,y\n' }, 'p.csv: it has a header but no rows'],
    ['θ of another d', NPY, { 't.npy': ones(4, 5) }, 'has shape (4, 5), give (n, 3)'],
    ['θ of one axis', NPY, { 't.npy': encodeNpy(new Float64Array(6), [6]) }, 'has shape (6,), give (n, 3)'],
    ['θ of three axes', NPY, { 't.npy': encodeNpy(new Float64Array(6), [2, 3, 1]) }, 'has shape (2, 3, 1)'],
    ['θ without neurons', NPY, { 't.npy': ones(0, 3) }, 'has no rows: give at least one neuron'],
    [
      'θ of another n',
      { ...NPY, model: { width: 5 } },
      { 't.npy': ones(4, 3) },
      'model.width = 5, but initial.npy t.npy has 4 rows',
    ],
    [
      'θ with a NaN',
      NPY,
      { 't.npy': encodeNpy(Float64Array.from([1, 2, 3, 4, NaN, 6]), [2, 3]) },
      'holds NaN at row 1, column 1: give finite numbers',
    ],
    [
      'θ with an infinity',
      NPY,
      { 't.npy': encodeNpy(Float32Array.from([1, 2, -1e39]), [1, 3]) },
      'holds -Infinity at row 0, column 2',
    ],
    [
      'big-endian θ',
      NPY,
      { 't.npy': spoilt(ones(2, 3), '<f8', '>f8') },
      'initial.npy: t.npy: its numbers are of type >f8',
    ],
    [
      'a test share that holds out nothing',
      { data: { csv: 'p.csv', test: 0.15 } },
      {},
      'data.test = 0.15 holds out none of 3 rows: give at least 0.33',
    ],
    [
      'draws beyond all numbers',
      { ...DATA, initial: { w0: { law: 'normal', std: 1e308 } } },
      {},
      'initial.w0 = {"law":"normal","mean":0,"std":1e+308} draws',
    ],
    [
      'draws whose square is none',
      { ...DATA, initial: { w1: { law: 'dirac', at: -1e155 } } },
      {},
      'initial.w1 = {"law":"dirac","at":-1e+155} draws -1e+155 for neuron 0: choose numbers below 1e+150',
    ],
    [
      'a law whose width is none',
      { ...DATA, initial: { w1: { law: 'uniform', low: -1.7e308, high: 1.7e308 } } },
      {},
      'initial.w1 = {"law":"uniform","low":-1.7e+308,"high":1.7e+308} draws',
    ],
    [
      'θ that is cut off',
      NPY,
      { 't.npy': ones(2, 3).subarray(0, 150) },
      'holds 22 bytes of numbers where its shape (2, 3) needs 48',
    ],
  ])('%s', async (_, config, contents, sentence) => {
    const error = await prepared(config, contents).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toContain(sentence);
    expect((error as Error).message).toMatch(/give|save|choose|leave|add/);
  });

  it('a cloud that does not fit, with the width that would', async () => {
    await expect(prepared({ ...DATA, model: { width: 1000 } }, {}, [], 4800)).rejects.toThrow(
      'model.width = 1000: θ needs 24000 bytes and at most 4800 fit here, choose a width ≤ 200',
    );
    expect((await prepared({ ...DATA, model: { width: 200 } }, {}, [], 4800)).problem.n).toBe(200);
  });
});

describe('the problem', () => {
  it('has x in file order with the bias last, θ in float64 or float32 as the file has it, and the width of the file', async () => {
    const { problem, config } = await prepared(
      { ...NPY, data: { csv: 'p.csv', target: 'b' } },
      { 'p.csv': 'a,b,c\n1,2,3\n4,5,6\n', 't.npy': ones(7, 4) },
    );
    expect([...problem.x]).toEqual([1, 3, 1, 4, 6, 1]);
    expect([...problem.y]).toEqual([2, 5]);
    expect([problem.n, problem.m, problem.d, config.model.width]).toEqual([7, 2, 3, 7]);
    expect((await prepared({ ...DATA, model: { bias: false, width: 2 } })).problem).toMatchObject({
      d: 1,
      x: Float64Array.from([1, 3, 5]),
    });
  });

  it('names skipped columns once', async () => {
    const notes: string[] = [];
    await prepared({ ...DATA, model: { width: 2 } }, { 'p.csv': 'city,x,y\nA,1,2\nB,3,4\n' }, notes);
    expect(notes).toEqual(['p.csv: column "city" has no numbers and is left out']);
  });

  it('has n^(−a0) in x, bias included, n^(−a1) on f, n^(−a1−c) on the drift, n^(−b) on the draws', async () => {
    const abc = { a: [0.5, 1], b: [1, -0.5], c: 0.5 };
    const model = { width: 16 };
    const { problem } = await prepared({ ...DATA, model, parameterization: { abc } });
    const plain = (await prepared({ ...DATA, model })).problem;
    expect([...problem.x]).toEqual(Array.from(plain.x, (value) => value / 4));
    expect([problem.outer, problem.speed]).toEqual([1 / 16, 1 / 64]);
    expect([...problem.theta]).toEqual(
      Array.from(plain.theta, (value, i) => (i % 3 === 0 ? value * 4 : value / 16)),
    );
  });
});

describe('standardize', () => {
  it('gives every column mean 0 and variance 1 over the training rows, and undoes it for f', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${Math.sin(i) * 100},${i},${i * i}\n`).join('');
    const { problem, encoding, table, test } = await prepared(
      { data: { csv: 'p.csv', standardize: true, test: 0.25 }, model: { width: 2 } },
      { 'p.csv': `a,b,y\n${rows}` },
    );
    expect([problem.m, test!.y.length]).toEqual([30, 10]);
    for (const values of [
      problem.x.filter((_, i) => i % 3 === 0),
      problem.x.filter((_, i) => i % 3 === 1),
      problem.y,
    ]) {
      const mean = values.reduce((sum, value) => sum + value, 0) / 30;
      expect(mean).toBeCloseTo(0, 12);
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 30).toBeCloseTo(1, 12);
    }
    decodeOutputs(problem.y, encoding).forEach((value, i) => expect(value).toBeCloseTo(table.y[i], 9));
    expect(encodeInputs(table.x, encoding)).toEqual(problem.x);
  });
});

describe('the test set', () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i}\n`).join('');
  const contents = { 'p.csv': `x,y\n${rows}` };
  const split = async (testSeed: number, test: number, seed = 1): Promise<[number[], number[]]> => {
    const { problem, test: held } = await prepared(
      { data: { csv: 'p.csv', test, testSeed }, model: { width: 2 }, initial: { seed } },
      contents,
    );
    return [[...problem.y], [...(held?.y ?? [])]];
  };

  it('and the training set share the rows between them, each in file order, by data.testSeed alone', async () => {
    const [train, held] = await split(1, 0.2);
    expect(held.length).toBe(4);
    expect([...train, ...held].sort((p, q) => p - q)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const part of [train, held]) expect(part).toEqual([...part].sort((p, q) => p - q));
    expect(await split(1, 0.2)).toEqual([train, held]);
    expect(await split(1, 0.2, 5)).toEqual([train, held]);
    expect(await split(2, 0.2)).not.toEqual([train, held]);
  });

  it('is empty at share 0', async () => expect((await split(1, 0))[1]).toEqual([]));
});

it('R² is 1 for the data themselves, 0 for their mean, and not a number where they do not vary', () => {
  expect(r2(Float64Array.from([1, 2, 6]), Float64Array.from([1, 2, 6]))).toBe(1);
  expect(r2(Float64Array.from([3, 3, 3]), Float64Array.from([1, 2, 6]))).toBe(0);
  expect(r2(Float64Array.from([3, 3]), Float64Array.from([1, 1]))).toBeNaN();
});
