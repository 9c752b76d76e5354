/** Penalties, momentum, schedules and neurons without output weights through `mckean run`: what is reported, and that a resumed run has the same bits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differing, folder, history, json, mckean, npy, put, rowsOf, stopped } from '../support/cli.ts';

const home = folder();
const SNAPSHOTS = [0, 3, 14];
/** More than are done before a signal comes, however late; a run is begun with these and ends with fewer. */
const ENDLESS = 2 ** 20;
const run = (name: string, out: string, ...flags: string[]) =>
  mckean(['run', name, '--out', out, ...flags], { cwd: home });
const bytes = (out: string, name: string): Buffer => readFileSync(join(home, out, name));

const CASES = {
  penalty: {
    dynamics: {
      dt: 0.2,
      temperature: 0.01,
      penalty: { ridge: [0.01, 0.02], l1: 0.01, variation: 0.01 },
    },
  },
  momentum: { dynamics: { dt: 0.05, momentum: { beta: 0.9, nesterov: true } } },
  schedule: {
    dynamics: {
      dt: 0.02,
      temperature: 0.01,
      schedule: { dt: { law: 'over-loss' }, temperature: { law: 'power', k0: 10, exponent: 1 } },
    },
  },
  unit: { dynamics: { dt: 0.2, temperature: 0.01, decay: 0.1 }, features: 'unit' },
};

describe.each(Object.entries<{ dynamics: object; features?: string }>(CASES))('%s', (name, given) => {
  const { dynamics, features = 'inner-product' } = given;
  const file = `${name}.json`;
  const [whole, parts] = [`${name}-whole`, `${name}-parts`];
  const write = (steps: number): string =>
    put(home, file, {
      data: { dataset: 'curve', noise: 0.3 },
      model: { width: 300, features },
      dynamics: { ...dynamics, steps },
      record: { every: 7, theta: SNAPSHOTS },
      engine: 'cpu',
    });

  it('interrupted and resumed is uninterrupted, bit for bit', async () => {
    write(ENDLESS);
    write((await stopped(home, file, parts)) + 11);
    expect((await run(file, whole)).status).toBe(0);
    expect((await run(file, parts, '--resume')).status).toBe(0);
    expect(differing(home, parts, whole)).toEqual([]); // and no checkpoint is left
    const [p, q] = [parts, whole].map((out) => json(home, out, 'summary.json'));
    for (const key of ['loss0', 'loss', 't', 'objective', 'steps']) expect(p[key]).toEqual(q[key]);
  });
});

const short = (name: string, dynamics: object): Promise<{ status: number | null; stderr: string }> => {
  put(home, `${name}.json`, {
    data: { dataset: 'curve' },
    model: { width: 50 },
    dynamics: { steps: 20, dt: 0.1, ...dynamics },
    record: { every: 1, theta: [0, 20] },
    engine: 'cpu',
  });
  return run(`${name}.json`, name, '--quiet');
};

it('the objective is the loss with the mean of the penalties, in history.csv and summary.json', async () => {
  const penalty = { ridge: [0.2, 0.1], l1: 0.3, variation: 0.4 };
  expect(await short('objective', { penalty })).toMatchObject({ status: 0, stderr: '' });
  const { loss, objective } = history(home, 'objective');
  const priceOf = (name: string): number => {
    const rows = rowsOf(npy(home, 'objective', name));
    const prices = rows.map(([w1, ...w0]) => {
      const [outer, inner] = [Math.abs(w1), Math.hypot(...w0)];
      return (0.2 * outer ** 2 + 0.1 * inner ** 2) / 2 + 0.3 * outer + 0.4 * outer * inner;
    });
    return prices.reduce((sum, price) => sum + price, 0) / rows.length;
  };
  expect(objective[0]).toBeCloseTo(loss[0] + priceOf('theta-0.npy'), 12);
  expect(objective[20]).toBeCloseTo(loss[20] + priceOf('theta.npy'), 12);
  expect(json(home, 'objective', 'summary.json')).toMatchObject({ loss: loss[20], objective: objective[20] });
});

it('t is the sum of the steps, whatever they depend on', async () => {
  await short('power', { schedule: { dt: { law: 'power', k0: 4, exponent: 1 } } });
  const want = [0];
  for (let k = 0; k < 20; k++) want.push(want[k] + 0.1 / (1 + k / 4));
  history(home, 'power').t.forEach((t, k) => expect(t).toBeCloseTo(want[k], 12));
  await short('over-loss', { dt: 0.01, schedule: { dt: { law: 'over-loss' } } });
  const { t, loss } = history(home, 'over-loss');
  for (let k = 0; k < 20; k++) expect(t[k + 1] - t[k]).toBeCloseTo(0.01 / loss[k], 12);
  expect(json(home, 'over-loss', 'summary.json').t).toBe(t[20]);
});

it('without a penalty there is no objective, and a schedule that is constant changes no bit', async () => {
  await short('plain', {});
  await short('constant', { schedule: { dt: { law: 'constant' } } });
  expect(Object.keys(history(home, 'plain'))).toEqual(['step', 't', 'loss']);
  for (const name of ['theta.npy', 'history.csv'])
    expect(bytes('constant', name).equals(bytes('plain', name))).toBe(true);
});

it.each([
  [{ penalty: { ridge: [1] } }, /dynamics\.penalty\.ridge/],
  [{ penalty: { l2: 1 } }, /dynamics\.penalty\.l2 is not a field.*did you mean "l1"/],
  [{ momentum: { beta: 1 } }, /dynamics\.momentum\.beta = 1 is not valid: give a share from 0 to below 1/],
  [{ schedule: { dt: { law: 'power', k0: 0, exponent: 1 } } }, /dynamics\.schedule\.dt\.k0 = 0 is not valid/],
  [{ schedule: { dt: { law: 'cosine' } } }, /dynamics\.schedule\.dt\.horizon is missing/],
  [
    { temperature: 1, schedule: { temperature: { law: 'over-loss' } } },
    /dynamics\.schedule\.temperature\.law = "over-loss" is not valid: give one of constant, power, cosine, steps/,
  ],
])('%j is refused in one sentence', async (dynamics, sentence) => {
  const { status, stderr } = await short('refused', dynamics);
  expect([status, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
});
