/** Streams of fresh samples through `mckean run`: what is reported of what, and what contradicts them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tabulate } from '../../src/core/datasets.ts';
import { differing, folder, history, json, mckean, npy, put, stopped } from '../support/cli.ts';

const home = folder();
/** More than are done before a signal comes, however late; a run is begun with these and ends with fewer. */
const ENDLESS = 2 ** 20;
const run = (name: string, out: string, ...flags: string[]) =>
  mckean(['run', name, '--out', out, ...flags], { cwd: home });
const bytes = (out: string, name: string): Buffer => readFileSync(join(home, out, name));
const teacher = { dataset: 'teacher', dimension: 3, testSamples: 50 } as const;

describe.each(['cpu', 'webgpu'])('on %s with momentum', (engine) => {
  const file = `${engine}.json`;
  const [whole, parts] = [`${engine}-whole`, `${engine}-parts`];
  const write = (steps: number): string =>
    put(home, file, {
      data: teacher,
      model: { width: 70 },
      dynamics: { dt: 0.01, momentum: { beta: 0.9 }, stream: { size: 8, reuse: 3, labelNoise: 0.1 }, steps },
      record: { every: 7, theta: [0, 3, 14] },
      engine,
    });

  it('interrupted and resumed is uninterrupted, bit for bit', async () => {
    write(ENDLESS);
    write((await stopped(home, file, parts)) + 9);
    expect((await run(file, whole)).status).toBe(0);
    expect((await run(file, parts, '--resume')).status).toBe(0);
    expect(differing(home, parts, whole)).toEqual([]); // and no checkpoint is left
    const [p, q] = [parts, whole].map((out) => json(home, out, 'summary.json'));
    for (const key of ['loss0', 'loss', 't', 'steps', 'testLoss']) expect(p[key]).toEqual(q[key]);
  });
});

const short = (name: string, data: object, dynamics: object): ReturnType<typeof run> => {
  put(home, `${name}.json`, {
    data,
    model: { width: 50 },
    dynamics: { steps: 20, dt: 0.1, ...dynamics },
    record: { every: 5 },
    engine: 'cpu',
  });
  return run(`${name}.json`, name, '--quiet');
};

it('a history has the loss of the batch to come, all else is of the samples that are held out', async () => {
  await short('report', teacher, { stream: { size: 4 } });
  const { step, loss, testLoss } = history(home, 'report');
  expect(step).toEqual([0, 5, 10, 15, 20]);
  const summary = json<Record<string, number>>(home, 'report', 'summary.json');
  expect(summary).toMatchObject({ m: 4, loss0: testLoss[0], loss: testLoss[4], testLoss: testLoss[4] });
  expect(npy(home, 'report', 'f.npy').shape).toEqual([50]);
  expect(summary.r2).toBe(summary.testR2);
  // the first batch has the first rows of the data set; f is 0 on average at step 0
  const { y } = tabulate('teacher', 4, 0, 1, { dimension: 3 });
  expect(Math.abs(loss[0] - y.reduce((sum, value) => sum + value ** 2, 0) / 8)).toBeLessThan(0.5);
});

it('the samples held out depend on testSeed, and what is learned does not', async () => {
  await short('seed-1', teacher, { stream: { size: 4 } });
  await short('seed-2', { ...teacher, testSeed: 2 }, { stream: { size: 4 } });
  expect(bytes('seed-2', 'theta.npy').equals(bytes('seed-1', 'theta.npy'))).toBe(true);
  expect(history(home, 'seed-2').testLoss).not.toEqual(history(home, 'seed-1').testLoss);
});

it('classes have their accuracy of the batch to come, and of the samples held out', async () => {
  const data = { dataset: 'two-gaussians', dimension: 10, testSamples: 400 };
  await short('classes', data, { stream: { size: 32 }, steps: 200, dt: 1 });
  expect(Object.keys(history(home, 'classes'))).not.toContain('accuracy'); // the square knows no classes
  put(home, 'logistic.json', {
    data,
    model: { width: 400, loss: 'logistic' },
    dynamics: { stream: { size: 64 }, steps: 300, dt: 2 },
    record: { every: 50 },
    engine: 'cpu',
  });
  expect((await run('logistic.json', 'logistic', '--quiet')).status).toBe(0);
  const { accuracy, testAccuracy } = history(home, 'logistic');
  expect(accuracy.at(-1)).toBeGreaterThan(0.85);
  expect(testAccuracy.at(-1)).toBeGreaterThan(0.9);
  expect(json(home, 'logistic', 'summary.json').accuracy).toBe(testAccuracy.at(-1));
});

it.each([
  [
    { csv: 'points.csv' },
    {},
    /dynamics\.stream needs data that never end, and points\.csv has no rows but its own/,
  ],
  [{ dataset: 'maunga-whau' }, {}, /maunga-whau has 5307 rows here: give a generator/],
  [{ dataset: 'parity' }, {}, /parity has 256 rows here.*parameters\.inputs = "signs"/],
  [{ dataset: 'moons' }, {}, /the rows of moons are spread evenly over their number, none is the next/],
  [{ ...teacher, test: 0.2 }, {}, /data\.test = 0\.2 is a share of finite data.*give data\.testSamples/],
  [{ ...teacher, standardize: true }, {}, /data\.standardize scales by finite data/],
  [teacher, { batch: { size: 3 } }, /dynamics\.batch and dynamics\.stream contradict each other/],
  [
    teacher,
    { stream: { size: 4, reuse: 0 } },
    /dynamics\.stream\.reuse = 0 is not valid: give an integer from 1/,
  ],
  [teacher, { stream: { reuse: 2 } }, /dynamics\.stream\.size is missing/],
  [teacher, { stream: { size: 4, labelNoise: -1 } }, /dynamics\.stream\.labelNoise = -1 is not valid/],
  [teacher, { stream: undefined }, /data\.testSamples = 50 is for dynamics\.stream: give data\.test/],
])('%j with %j is refused in one sentence', async (data, dynamics, sentence) => {
  const { status, stderr } = await short('refused', data, { stream: { size: 4 }, ...dynamics });
  expect([status, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
});

it('a method that wants samples to stay is refused by name', async () => {
  put(home, 'mesh.json', { data: { ...teacher, dimension: 1 }, dynamics: { stream: { size: 4 } } });
  const { status, stderr } = await run('mesh.json', 'mesh', '--method', 'mesh', '--engine', 'cpu');
  expect([status, stderr]).toEqual([2, expect.stringMatching(/method = "mesh" does not apply: .*a stream/)]);
});
