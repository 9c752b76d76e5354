/** Classes and several outputs on the page: what the scripts' interface says, and the figures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, json, mckean as cli, npy, put, rowsOf } from '../support/cli.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { trajectoryError } from '../support/oracles/oracle.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('webgpu');
const KINDS = ['a', 'b', 'c'];
const inline = {
  x: Array.from({ length: 30 }, (_, i) => [Math.sin(i) + (i % 3), Math.cos(2 * i) - (i % 3)]),
  y: Array.from({ length: 30 }, (_, i) => KINDS[i % 3]),
  names: ['u', 'v'],
  target: 'kind',
};
const STEPS = 40;

describe.each(['webgpu', 'cpu'] as const)('three classes by cross-entropy on %s', (engine) => {
  let tab: Tab;
  let theta: number[];
  beforeAll(async () => {
    tab = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&figures=fit,loss,marginals,kernel,velocity,neurons,observables&engine=${engine}`,
    );
    theta = await tab.page.evaluate(
      async (data, steps) => {
        await mckean.pause();
        await mckean.configure({ data, model: { loss: 'cross-entropy', width: 500, bias: true } });
        await mckean.step(steps);
        return Array.from(await mckean.theta());
      },
      { inline, test: 0.2 },
      STEPS,
    );
  });
  afterAll(() => tab.page.close());

  it('has rows of c + d numbers, and c in its metrics', async () => {
    const { c, d, n, m, loss } = await tab.page.evaluate(() => mckean.metrics());
    expect([c, d, n, m]).toEqual([3, 3, 500, 24]);
    expect(theta).toHaveLength(500 * 6);
    expect(loss).toBeLessThan(Math.log(3));
  });

  it('saves a configuration with which the command line comes to the same neurons', async () => {
    const home = folder();
    const config = await tab.page.evaluate(() => mckean.config());
    expect(config.data).toMatchObject({ inline });
    put(home, 'c.json', { ...config, dynamics: { ...config.dynamics, steps: STEPS }, engine: 'cpu' });
    const { status, stderr } = await cli(['run', 'c.json', '--out', 'out', '--quiet', '--force'], {
      cwd: home,
    });
    expect([status, stderr]).toEqual([0, '']);
    const file = npy(home, 'out', 'theta.npy');
    expect(file.shape).toEqual([500, 6]);
    expect(trajectoryError(theta, rowsOf(file))).toBeLessThan(engine === 'cpu' ? 1e-7 : 1.5e-5); // θ is handed out in float32
    expect(json<{ accuracy: number }>(home, 'out', 'summary.json').accuracy).toBeGreaterThan(0.5);
    expect(readFileSync(join(home, 'out', 'history.csv'), 'utf8')).toMatch(
      /^step,t,loss,testLoss,accuracy,testAccuracy\n/,
    );
  });

  it('offers each output in the figure of f, says how many rows are right, and has no velocity in a plane', async () => {
    await tab.page.waitForFunction(() =>
      /f is right about/.test(document.getElementById('loss-title')!.textContent),
    );
    const names = await tab.page.$$eval('#fit select[aria-label="Output"] option', (all) =>
      all.map((one) => one.textContent),
    );
    expect(names).toEqual(KINDS);
    await tab.page.select('#fit select[aria-label="Output"]', 'b');
    await tab.page.waitForFunction(() =>
      /^b as dots/.test(
        document.querySelector('#fit [aria-label]:not(select)')?.getAttribute('aria-label') ?? '',
      ),
    );
    expect(await tab.page.$eval('#velocity-figure', (figure) => (figure as HTMLElement).hidden)).toBe(true);
    await tab.page.waitForFunction(() => document.querySelectorAll('#marginals .figure-part').length === 6);
    await tab.page.waitForFunction(() =>
      document
        .getElementById('kernel-title')!
        .textContent.startsWith('Tangent kernel K of 3 outputs at step 40:'),
    );
  });

  it('refuses a loss that these targets contradict, and changes nothing', async () => {
    const said = await tab.page.evaluate(() =>
      mckean.configure({ model: { loss: 'logistic' } }).then(
        () => '',
        (error: Error) => error.message,
      ),
    );
    expect(said).toMatch(/c = 3 here: choose "cross-entropy"/);
    expect(await tab.page.evaluate(() => [mckean.config().model.loss, mckean.metrics().step])).toEqual([
      'cross-entropy',
      STEPS,
    ]);
  });
});
