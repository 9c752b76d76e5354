/** Data with labels, and a stream: the page and the command line come to the same neurons from one configuration. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, mckean as cli, npy, put, rowsOf } from '../support/cli.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { digits, moons, penguins, type LabelData } from '../support/label-data.ts';
import { openTab, type Tab } from '../support/browser/site.ts';
import { trajectoryError } from '../support/oracles/oracle.ts';

const site = siteOf();
const browser = browserOf('webgpu');
const home = folder();

const inline = ({ names, target, x, y }: LabelData, standardize: boolean): object => ({
  data: { inline: { names, target, x, y }, labels: true, test: 0.25, standardize },
});
const CASES = {
  penguins: { ...inline(penguins(), true), model: { loss: 'cross-entropy', width: 200 } },
  moons: { ...inline(moons(), false), model: { loss: 'logistic', width: 200 } },
  digits: { ...inline(digits(6), false), model: { loss: 'cross-entropy', width: 30 } },
  stream: {
    data: { dataset: 'teacher', dimension: 3, testSamples: 40 },
    model: { loss: 'squared', width: 200 },
    dynamics: { stream: { size: 10, reuse: 2, labelNoise: 0.1 } },
  },
} as const;
const STEPS = 20;
/** Penguins and digits have c = 3 and 10 outputs, 4 and 784 inputs, all a bias. */
const WIDTHS = { penguins: 3 + 5, moons: 1 + 3, digits: 10 + 785, stream: 1 + 4 } as const;
type Case = keyof typeof CASES;

describe.each(['cpu', 'webgpu'] as const)('on %s', (engine) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab(browser(), `${site.address}#preset=tanh-curve&figures=loss&engine=${engine}`);
  });
  afterAll(() => tab.page.close());

  it.each(Object.keys(CASES) as Case[])('%s', async (name) => {
    const [theta, config] = await tab.page.evaluate(
      async (change, steps) => {
        await mckean.pause();
        await mckean.configure(change);
        await mckean.step(steps);
        return [Array.from(await mckean.theta()), mckean.config()] as const;
      },
      CASES[name] as object,
      STEPS,
    );
    const out = `${engine}-${name}`;
    put(home, `${out}.json`, { ...config, dynamics: { ...config.dynamics, steps: STEPS }, engine });
    const { status, stderr } = await cli(['run', `${out}.json`, '--out', out, '--quiet', '--force'], {
      cwd: home,
    });
    expect([status, stderr]).toEqual([0, '']);
    const file = npy(home, out, 'theta.npy');
    expect(file.shape[1]).toBe(WIDTHS[name]);
    if (engine === 'cpu') return expect(theta).toEqual(Array.from(file.data, Math.fround)); // handed out in float32
    expect(trajectoryError(theta, rowsOf(file))).toBeLessThanOrEqual(1.5e-5);
  });
});
