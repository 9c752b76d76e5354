/** Data with labels as people have them, through `mckean run`: what share of rows that it has not seen it gets right. */
import { expect, it } from 'vitest';
import { folder, json, mckean, put } from '../support/cli.ts';
import { csvOf, digits, moons, penguins, type LabelData } from '../support/label-data.ts';

const home = folder();

async function testAccuracy(
  name: string,
  data: LabelData,
  standardize: boolean,
  rest: object,
): Promise<number> {
  put(home, `${name}.csv`, csvOf(data));
  const { target } = data;
  put(home, `${name}.json`, {
    data: { csv: `${name}.csv`, target, labels: true, test: 0.25, standardize },
    record: { every: 1000 },
    engine: 'cpu',
    ...rest,
  });
  const { status, stderr } = await mckean(['run', `${name}.json`, '--out', name, '--quiet'], { cwd: home });
  expect([status, stderr]).toEqual([0, '']);
  return json<{ testAccuracy: number }>(home, name, 'summary.json').testAccuracy;
}

it('penguins are told apart by cross-entropy, three species', async () => {
  const rest = { model: { width: 200, loss: 'cross-entropy' }, dynamics: { dt: 0.5, steps: 100 } };
  expect(await testAccuracy('penguins', penguins(), true, rest)).toBeGreaterThanOrEqual(0.95);
});

it('moons whose classes are words are told apart by the logistic loss', async () => {
  const rest = {
    model: { width: 400, loss: 'logistic', activation: 'relu' },
    initial: { w1: { law: 'normal', std: 2 }, w0: { law: 'normal', std: 2 } },
    dynamics: { dt: 2, steps: 200 },
  };
  expect(await testAccuracy('moons', moons(), false, rest)).toBeGreaterThanOrEqual(0.98);
});

it('handwritten digits are told apart by ten outputs and batches of 100 rows', async () => {
  const rest = {
    model: { width: 200, loss: 'cross-entropy', activation: 'relu' },
    initial: { antithetic: true, w0: { law: 'normal', std: 0.1 } },
    dynamics: { dt: 0.5, steps: 120, batch: { size: 100 } },
  };
  expect(await testAccuracy('digits', digits(300), false, rest)).toBeGreaterThanOrEqual(0.9);
});
