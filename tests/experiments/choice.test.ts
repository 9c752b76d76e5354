/** What of a table is learned from, and what is said of the rest. */
import { describe, expect, it } from 'vitest';
import type { CsvChoice } from '../../src/core/config/data.ts';
import { finished } from '../../src/core/work.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { loadTable, type Files } from '../../src/experiments/data/table.ts';
import { lengthOfText, portable, spelling } from '../../src/experiments/portable.ts';
import { pointColumns } from '../../src/experiments/data/points.ts';
import { proposalOf } from '../../src/experiments/data/scaling.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { encodeNpy } from '../../src/io/npy.ts';
import { readSheet } from '../../src/io/table/read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function load(text: string, choice: CsvChoice = {}) {
  const notes: string[] = [];
  const files: Files = { readBytes: async () => bytes(text), note: (note) => void notes.push(note) };
  const config = readConfig({ data: { csv: 't.csv', ...choice } });
  const { file, x, y, ...table } = await loadTable(config.data!, files);
  return { ...table, file, x: [...x], y: [...y], notes };
}
const refusal = (text: string, choice: CsvChoice = {}): Promise<string> =>
  load(text, choice).then(
    () => '',
    (error: Error) => error.message,
  );

const CARS = 'name,age,power,price\nvw,3,?,10\nbmw,5,90,20\nvw,NA,70,8\nfiat,9,50,3\n';

describe('columns', () => {
  it('of numbers are inputs and the last one is the target; those of text are left out by name', async () => {
    expect(await load('city,x,y\nA,1,2\nB,3,4\n')).toEqual({
      inputs: ['x'],
      target: 'y',
      x: [1, 3],
      y: [2, 4],
      file: { rows: 2, dropped: 0, skipped: ['city'] },
      notes: ['t.csv: column "city" has no numbers and is left out'],
    });
  });
  it('are chosen by inputs, target and exclude, in file order or as they are named', async () => {
    const text = 'a,b,c,d\n1,2,3,4\n5,6,7,9\n';
    expect(await load(text, { target: 'b' })).toMatchObject({ inputs: ['a', 'c', 'd'], target: 'b' });
    expect(await load(text, { inputs: ['c', 'a'] })).toMatchObject({ inputs: ['c', 'a'], x: [3, 1, 7, 5] });
    expect(await load(text, { exclude: ['d', 'a'] })).toMatchObject({ inputs: ['b'], target: 'c', notes: [] });
    expect(await load(text, { target: ['a', 'd'] })).toMatchObject({ outputs: ['a', 'd'], y: [1, 4, 5, 9] });
  });
  it('of dates are said to be dates', async () =>
    expect((await load('day,x,y\n2020-01-01,1,2\n2020-01-02,3,4\n')).notes[0]).toMatch(/holds dates/));
  it('that are not used may hold anything', async () =>
    expect(await load('a,b,c\n1,x,3\n5,6,9\n', { inputs: ['a'] })).toMatchObject({ x: [1, 5], y: [3, 9] }));
});

describe('rows with a missing cell in a column that is used', () => {
  it('are an error at the first one, with the remedy', async () =>
    expect(await refusal(CARS)).toMatch(
      /^t\.csv: line 2, column "power": "\?" stands for a missing value, set "missing": "drop".*\(2 of 4\)/,
    ));
  it('or are left out and counted', async () =>
    expect(await load(CARS, { missing: 'drop' })).toMatchObject({
      x: [5, 90, 9, 50],
      y: [20, 3],
      file: { rows: 4, dropped: 2, skipped: ['name'] },
      notes: [expect.stringContaining('name'), 't.csv: 2 of 4 rows have a missing cell and are left out'],
    }));
  it('of others do not count', async () =>
    expect(await load(CARS, { inputs: ['age'], missing: 'drop' })).toMatchObject({ y: [10, 20, 3] }));
  it('of labels, too', async () =>
    expect(await load('x,k\n1,a\n2,\n3,b\n', { labels: true, missing: 'drop' })).toMatchObject({
      x: [1, 3],
      y: [-1, 1],
      labels: ['a', 'b'],
    }));
});

describe('labels', () => {
  it('are a target of text that is named, or the last column where it is said', async () => {
    const text = 'k,x,kind\nu,1,a\nv,2,b\nu,3,a\n';
    expect(await load(text, { target: 'kind' })).toMatchObject({
      inputs: ['x'],
      labels: ['a', 'b'],
      y: [-1, 1, -1],
    });
    expect(await load(text, { labels: true })).toMatchObject({ target: 'kind', y: [-1, 1, -1] });
  });
  it('may be numbers, or numbers and words, where it is said', async () => {
    expect(await load('x,k\n1,7\n2,10\n', { labels: true })).toMatchObject({ labels: [7, 10], y: [-1, 1] });
    expect(await load('x,k\n1,7\n2,a\n', { labels: true })).toMatchObject({ labels: ['7', 'a'] });
  });
});

describe('a sentence refuses by the cause and names the remedy', () => {
  it.each<[string, CsvChoice, RegExp]>([
    ['x,k\n1,a\n2,b\n', {}, /the last column, "k", is text \("a"\): set "labels": true.*"target"/],
    ['x,y\n10%,1\n20%,2\n', {}, /line 2, column "x": "10%" has a percent sign/],
    ['p,y\n$5,1\n$7.50,2\n', {}, /line 2, column "p": "\$5" has a currency sign/],
    ['p;y\n1,234,567;1\n2,345,678;2\n', {}, /"1,234,567" has thousands separators/],
    ['p\ty\n1,234\t1\n2,345\t2\n', {}, /"1,234" has a comma that may be decimal or part thousands.*"decimal"/],
    ['x,y\n1.0D+03,1\n2.0D+03,2\n', {}, /"1\.0D\+03" has a Fortran exponent/],
    ['x,y\n1,2\nsix,3\n', {}, /line 3, column "x": "six" is not a number.*"exclude": \["x"\]/],
    ['x,y\n1,2\n1e999,3\n', {}, /line 3, column "x": "1e999" is beyond the largest number/],
    ['x,y\n1,2\n5 kg,3\n', {}, /"5 kg" is not a number \(there is more behind it\)/],
    ['day,y\n2020-01-01,1\n2020-01-02,2\n', {}, /no column of numbers is left.*"day" "2020-01-01" is a date/],
    ['x,y,x\n1,2,3\n', {}, /line 1 has two columns "x"/],
    ['# of 1990\n\nx,y,x\n1,2,3\n', {}, /line 3 has two columns "x"/],
    ['x,y\n1,2\n1,0x10\n', {}, /line 3, column "y": "0x10" has a hexadecimal number/],
    ['x,y\n1,2\n-inf,3\n', {}, /line 3, column "x": "-inf" has an infinity/],
    ['x,y\n1,2\n', { target: 'Y' }, /data\.target = "Y" is not a column of it: did you mean/],
    ['x,y\n1,2\n', { exclude: ['z'] }, /data\.exclude = "z" is not a column/],
    ['x,y\n1,2\n', { inputs: ['y'] }, /the last column, "y", is among data\.inputs: set "target"/],
    ['x,y\n1,\n2,\n', {}, /the last column, "y", has no numbers/],
    ['x,y\nNA,1\n2,NA\n', { missing: 'drop' }, /every row has a missing cell/],
    ['y\n1\n2\n', {}, /it has 1 column of numbers/],
  ])('%j %j', async (text, choice, sentence) => {
    const message = await refusal(text, choice);
    expect(message).toMatch(sentence);
    expect(message).toMatch(/^t\.csv: [^\n]+$/);
  });
  it('fields that contradict each other', () =>
    expect(() => resolveConfig(readConfig({ data: { csv: 't.csv', inputs: ['a'], exclude: ['b'] } }))).toThrow(
      /data\.inputs and data\.exclude/,
    ));
});

describe('points of a run', () => {
  const trained = { inputs: ['Age', 'max power'], target: 'price' };
  const of = (text: string, byOrder = false): number[][] =>
    pointColumns(readSheet(text), trained, byOrder).map((values) => [...values]);
  it('are found by names, blanks and case aside, and others do not matter', () => {
    expect(of('MaxPower,name,AGE,price\n1,a,2,?\n3,b,4,x\n')).toEqual([
      [2, 4],
      [1, 3],
    ]);
    expect(() => of('p,q\n1,2\n')).toThrow(/columns "Age", "max power" are missing.*--by-order/);
    expect(() => of('Age,max power\n1,2\n,3\n')).toThrow(/line 3, column "Age": the cell is empty/);
  });
  it('or by order, without the target', () => {
    expect(of('p,q\n1,2\n', true)).toEqual([[1], [2]]);
    expect(of('p,price,q\n1,9,2\n', true)).toEqual([[1], [2]]);
    expect(() => of('p,q,r\n1,9,2\n', true)).toThrow(/it has 3 columns of numbers, and the run has 2 inputs/);
  });
});

it('scaling is proposed for what is far from the size of 1, the target too, and never where a column is constant', () => {
  const proposed = (...columns: number[][]): boolean =>
    proposalOf(columns.map((values, c) => ({ name: `c${c}`, values: Float64Array.from(values) }))).standardize;
  expect(proposed([-1, 0, 1], [0.5, -0.5, 2])).toBe(false);
  expect(proposed([-1, 0, 1], [60_000, 50_000, 70_000])).toBe(true);
  expect(proposed([1e-6, -1e-6, 2e-6], [0, 1, 0])).toBe(true);
  expect(proposed([1.7e9, 1.7e9 + 60, 1.7e9 + 120], [0, 1, 0])).toBe(true);
  expect(proposed([5.01, 5.02, 5.08], [0, 1, 0])).toBe(true);
  expect(proposed([100, 200, 300], [3, 3, 3])).toBe(false);
});

describe('arrays of NumPy', () => {
  const files = (all: Record<string, Uint8Array>): Files => ({
    readBytes: async (path) => all[path],
    note: () => undefined,
  });
  const data = { npy: { x: 'x.npy', y: 'y.npy' } };
  const x = encodeNpy(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  it('are x [m, k] and y [m]', async () =>
    expect(
      await loadTable(data, files({ 'x.npy': x, 'y.npy': encodeNpy(Float64Array.of(7, 8, 9), [3]) })),
    ).toEqual({
      inputs: ['x1', 'x2'],
      target: 'y',
      x: Float64Array.of(1, 2, 3, 4, 5, 6),
      y: Float64Array.of(7, 8, 9),
      file: { rows: 3, dropped: 0, skipped: [] },
    }));
  it.each([
    [encodeNpy(Float64Array.of(7, 8), [2]), /x\.npy has 3 rows and y\.npy 2/],
    [encodeNpy(Float64Array.of(7, 8, NaN), [3]), /data\.npy\.y: y\.npy: NaN stands in row 2/],
    [encodeNpy(Float64Array.of(1, 2, 3), [3, 1, 1]), /its shape is \(3, 1, 1\)/],
  ])('must fit each other and be finite', async (y, sentence) =>
    expect(loadTable(data, files({ 'x.npy': x, 'y.npy': y }))).rejects.toThrow(sentence),
  );
});

it('a run on a file is the same run without the file, with its names and its labels, and no name of another preset', async () => {
  const files: Files = {
    readBytes: async () => bytes('u,v,k\n1,2,b\n3,4,a\n5,7,b\n0,1,a\n'),
    note: () => undefined,
  };
  const data = { csv: 'p.csv', labels: true, test: 0.25, standardize: true };
  const own = await prepare(resolveConfig(readConfig({ preset: 'moons', data, model: { width: 8 } })), files);
  const config = portable(own.config, own.source);
  expect(config.preset).toBeUndefined();
  expect(config.data).toMatchObject({
    inline: { names: ['u', 'v'], target: 'k', title: 'p.csv', y: ['b', 'a', 'b', 'a'] },
  });
  const again = await prepare(resolveConfig(readConfig(JSON.parse(JSON.stringify(config)))), files);
  expect(again.problem).toEqual(own.problem);
  expect([again.encoding, again.test]).toEqual([own.encoding, own.test]);
});

it.each([
  ['numbers', 'x":,y\n', (i: number) => `${i / 7},${-i}`, { target: 'y' }],
  ['two outputs', 'x":,y,z\n', (i: number) => `${i},${i / 3},-0`, { target: ['y', 'z'] }],
  ['labels', '"x"": []",k\n', (i: number) => `${i},"[${i % 2}]"`, { labels: true }],
] as const)('its text, in pieces, is that of the whole: %s', async (_, header, row, choice) => {
  const text = header + Array.from({ length: 5000 }, (_, i) => row(i)).join('\n');
  const files: Files = { readBytes: async () => bytes(text), note: () => undefined };
  const data = { csv: 'p.csv', ...choice };
  const { config, source } = await prepare(resolveConfig(readConfig({ data, model: { width: 2 } })), files);
  const pieces = finished(spelling(config, source)).join('');
  expect(JSON.parse(pieces)).toEqual(JSON.parse(JSON.stringify(portable(config, source))));
  expect(Math.abs(lengthOfText(config, source) / pieces.length - 1)).toBeLessThan(0.1);
});
