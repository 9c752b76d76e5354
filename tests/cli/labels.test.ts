/** Classes and several outputs from files, through `mckean run`, `eval` and `--resume`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, json, mckean, npy, put, text } from '../support/cli.ts';

const home = folder();
const say = (...args: string[]) => mckean(args, { cwd: home });

/** Three clouds of points around corners of a triangle, by a rule without randomness. */
const CENTRES = [
  ['setosa', 0, 1],
  ['versicolor', 1, -0.5],
  ['virginica', -1, -0.5],
] as const;
const flowers = Array.from({ length: 60 }, (_, i) => {
  const [kind, u, v] = CENTRES[i % 3];
  return [u + 0.3 * Math.sin(7 * i), v + 0.3 * Math.cos(5 * i), kind] as const;
});
const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `u,v,kind\n${rows.map((row) => row.join(',')).join('\n')}\n`;

const model = { width: 40 };
const base = { model, dynamics: { steps: 200, dt: 0.5 }, record: { every: 50 }, engine: 'cpu' };

interface Summary {
  readonly c: number;
  readonly r2: number | null;
  readonly accuracy: number | null;
  readonly testAccuracy: number | null;
  readonly loss: number;
  readonly data: { inputs: string[]; target: string | string[]; labels?: (string | number)[] };
}
const summaryOf = (out: string): Summary => json<Summary>(home, out, 'summary.json');

async function ran(out: string, config: object, notes = ''): Promise<Summary> {
  put(home, `${out}.json`, { ...base, ...config });
  const { status, stderr } = await say('run', `${out}.json`, '--out', out, '--quiet');
  expect([status, stderr]).toEqual([0, notes]);
  return summaryOf(out);
}

describe('a column of labels', () => {
  put(home, 'flowers.csv', csvOf(flowers));

  it('becomes one output a class, in the order of the labels; history, summary and eval speak of them', async () => {
    const data = { csv: 'flowers.csv', target: 'kind', test: 0.25 };
    const summary = await ran('three', { data, model: { ...model, loss: 'cross-entropy' } });
    expect(summary).toMatchObject({
      c: 3,
      r2: null,
      data: { inputs: ['u', 'v'], target: 'kind', labels: ['setosa', 'versicolor', 'virginica'] },
    });
    expect([summary.accuracy, summary.testAccuracy]).toEqual([1, 1]);
    const history = text(home, 'three', 'history.csv').trim().split('\n');
    expect(history[0]).toBe('step,t,loss,testLoss,accuracy,testAccuracy');
    expect(history.at(-1)!.split(',').slice(4)).toEqual(['1', '1']);
    expect([npy(home, 'three', 'theta.npy').shape, npy(home, 'three', 'f.npy').shape]).toEqual([
      [40, 6],
      [45, 3],
    ]);
    put(home, 'points.csv', 'v,kind,u\n1,?,0\n-0.5,x,1\n-0.5,7,-1\n');
    const { stdout, stderr } = await say('eval', 'three', 'points.csv');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect([stderr, rows[0]]).toEqual(['', ['u', 'v', 'label', 'f_setosa', 'f_versicolor', 'f_virginica']]);
    expect(rows.slice(1).map(([u, , label]) => [u, label])).toEqual(
      CENTRES.map(([kind, u]) => [String(u), kind]),
    );
    for (const row of rows.slice(1)) {
      const f = row.slice(3).map(Number);
      expect(f.indexOf(Math.max(...f))).toBe(rows.slice(1).indexOf(row));
    }
  });

  it('of two labels is −1 and 1 in their order, or two outputs for cross-entropy', async () => {
    put(home, 'two.csv', csvOf(flowers.filter((_, i) => i % 3 < 2)));
    const data = { csv: 'two.csv', target: 'kind', standardize: true };
    const one = await ran('signs', { data, model: { ...model, loss: 'logistic' } });
    expect([one.c, one.accuracy, one.r2]).toEqual([1, 1, null]);
    const two = await ran('pair', { data, model: { ...model, loss: 'cross-entropy' } });
    expect([two.c, two.accuracy]).toEqual([2, 1]);
    put(home, 'at.csv', 'u,v\n0,1\n1,-0.5\n');
    const { stdout } = await say('eval', 'signs', 'at.csv');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['u', 'v', 'label', 'f']);
    expect(rows.slice(1).map(([, , label, f]) => [label, Math.sign(Number(f))])).toEqual([
      ['setosa', -1],
      ['versicolor', 1],
    ]);
  });

  it('of numbers is in the order of numbers, where labels are asked for', async () => {
    const digits = flowers.map(([u, v], i) => [u, v, [10, 9, 2][i % 3]]);
    put(home, 'digits.csv', csvOf(digits));
    const summary = await ran(
      'digits',
      { data: { csv: 'digits.csv', labels: true } },
      `${join(home, 'digits.csv')}: the target is the last column, "kind": set "target" for another\n`,
    );
    expect(summary.data).toEqual({
      ...{ rows: digits.length, used: digits.length, dropped: 0, skipped: [] },
      ...{ inputs: ['u', 'v'], target: 'kind', labels: [2, 9, 10] },
    });
    // the square of one-hot rows has an R², and says how many are right, too
    expect([summary.c, summary.accuracy, typeof summary.r2]).toEqual([3, 1, 'number']);
    const inline = {
      x: digits.map(([u, v]) => [u, v]),
      y: digits.map(([, , label]) => label),
      names: ['u', 'v'],
    };
    const same = await ran('inline', { data: { inline, labels: true } });
    expect([same.loss, same.data.labels]).toEqual([summary.loss, [2, 9, 10]]);
    expect(npy(home, 'inline', 'theta.npy').data).toEqual(npy(home, 'digits', 'theta.npy').data);
  });

  it('a run with classes that is stopped and resumed has the bits of one that was not', async () => {
    const data = { csv: 'flowers.csv', target: 'kind', test: 0.25 };
    /** Far more steps than are done before the signal comes; the run then ends soon after it. */
    const write = (steps: number): string =>
      put(home, 'long.json', {
        ...base,
        data,
        model: { ...model, loss: 'cross-entropy' },
        dynamics: { steps, dt: 0.1, temperature: 0.01 },
        record: { every: 7, theta: [14] },
      });
    write(2 ** 20);
    const when = (): boolean => existsSync(join(home, 'parts', 'theta-14.npy'));
    const stopped = await mckean(['run', 'long.json', '--out', 'parts'], { cwd: home, signal: 'SIGINT', when });
    const at = Number(/stopped at step (\d+)/.exec(stopped.stderr)?.[1]);
    expect([stopped.status, at >= 14]).toEqual([130, true]);
    write(at + 30);
    expect((await say('run', 'long.json', '--out', 'parts', '--resume')).status).toBe(0);
    expect((await say('run', 'long.json', '--out', 'whole')).status).toBe(0);
    for (const name of ['theta.npy', 'f.npy', 'history.csv'])
      expect(
        readFileSync(join(home, 'parts', name)).equals(readFileSync(join(home, 'whole', name))),
        name,
      ).toBe(true);
    expect(summaryOf('parts').testAccuracy).toBe(summaryOf('whole').testAccuracy);
  });
});

describe('several columns', () => {
  it('are outputs of their own, standardized one by one and given back in their units', async () => {
    const rows = flowers.map(([u, v]) => [u, v, 100 + 20 * u, v - u]);
    put(home, 'several.csv', `u,v,p,q\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    const data = { csv: 'several.csv', target: ['q', 'p'], standardize: true };
    const summary = await ran('several', { data, model: { ...model, loss: 'huber' } });
    expect(summary).toMatchObject({ c: 2, accuracy: null, data: { inputs: ['u', 'v'], target: ['q', 'p'] } });
    expect(summary.r2!).toBeGreaterThan(0.95);
    const { stdout } = await say('eval', 'several', 'several.csv');
    const [header, ...lines] = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(header).toEqual(['u', 'v', 'f_q', 'f_p']);
    const f = npy(home, 'several', 'f.npy');
    expect(f.shape).toEqual([60, 2]);
    lines.forEach(([, , q, p], i) => {
      expect(Number(q)).toBeCloseTo(f.data[2 * i], 9);
      expect(Number(p)).toBeCloseTo(f.data[2 * i + 1], 9);
      expect(Math.abs(Number(p) - rows[i][2])).toBeLessThan(15); // of 100 ± 26
    });
  });
});

describe('what contradicts itself is refused in one sentence, and nothing is written', () => {
  const [x, signs] = [
    [[0], [1], [2]],
    [1, -1, 1],
  ];
  it.each([
    [
      { data: { csv: 'flowers.csv', target: 'kind' }, model: { loss: 'logistic' } },
      /c = 3 here: choose "cross-entropy"/,
    ],
    [
      { data: { inline: { x, y: [1, 0, 1] } }, model: { loss: 'logistic' } },
      /targets -1 or 1, and y = 0 in row 1.*"labels": true/,
    ],
    [{ data: { inline: { x, y: signs } }, model: { loss: 'cross-entropy' } }, /c = 1 here: choose "logistic"/],
    [
      {
        data: {
          inline: {
            x,
            y: [
              [1, 0],
              [1, 1],
              [0, 1],
            ],
          },
        },
        model: { loss: 'cross-entropy' },
      },
      /row 1 of y is not/,
    ],
    [{ data: { inline: { x, y: ['a', 'a', 'a'] } } }, /every row has the label "a", give at least two/],
    [{ data: { inline: { x, y: [[1, 2], [1], [2, 3]] } } }, /data.inline.y\[1\] is not like y\[0\]/],
    [{ data: { inline: { x, y: [[1], [1], [2]] }, labels: true } }, /labels = true is for one column/],
    [
      { data: { csv: 'flowers.csv', target: ['u', 'kind'] } },
      /"kind" has no numbers, and labels are one column/,
    ],
    [{ data: { csv: 'flowers.csv', target: ['u', 'u'] } }, /"u" twice/],
    [
      { data: { csv: 'flowers.csv', target: ['u', 'v'] } },
      /no column of numbers is left as an input: column "kind"/,
    ],
    [{ data: { csv: 'gap.csv', target: 'kind' } }, /gap.csv: line 3, column "kind": the cell is empty/],
    [{ data: { csv: 'flowers.csv', target: 'kind' }, method: 'mesh' }, /it is for one output, and c = 3 here/],
  ])('%#', async (config, sentence) => {
    put(home, 'gap.csv', 'u,v,kind\n1,2,a\n1,3,\n2,2,b\n');
    put(home, 'bad.json', { ...base, ...config });
    const { status, stderr } = await say('run', 'bad.json', '--out', 'bad', '--quiet');
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
