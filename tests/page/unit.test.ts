/** Neurons without output weights on the page: rows of θ, words and figures that know no w1. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, mckean as cli, npy, put, rowsOf } from '../support/cli.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { trajectoryError } from '../support/oracles/oracle.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('webgpu');
const STEPS = 40;
const WIDTH = 400;

describe.each(['webgpu', 'cpu'] as const)('on %s', (engine) => {
  let tab: Tab;
  let theta: number[];
  beforeAll(async () => {
    tab = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&figures=loss,marginals,kernel,velocity,neurons,observables&engine=${engine}`,
    );
    theta = await tab.page.evaluate(
      async (width, steps) => {
        await mckean.pause();
        await mckean.configure({ model: { features: 'unit', width } });
        await mckean.step(steps);
        return Array.from(await mckean.theta());
      },
      WIDTH,
      STEPS,
    );
  });
  afterAll(() => tab.page.close());

  it('θ is w0 alone, and the command line comes to the same with the saved configuration', async () => {
    expect(theta).toHaveLength(2 * WIDTH);
    const home = folder();
    const config = await tab.page.evaluate(() => mckean.config());
    expect(config.initial).not.toHaveProperty('w1');
    put(home, 'c.json', { ...config, dynamics: { ...config.dynamics, steps: STEPS }, engine: 'cpu' });
    const { status, stderr } = await cli(['run', 'c.json', '--out', 'out', '--quiet', '--force'], {
      cwd: home,
    });
    expect([status, stderr]).toEqual([0, '']);
    const file = npy(home, 'out', 'theta.npy');
    expect(file.shape).toEqual([WIDTH, 2]);
    expect(trajectoryError(theta, rowsOf(file))).toBeLessThan(engine === 'cpu' ? 3e-7 : 1.5e-5); // θ is handed out in float32, of entries up to 5 times their rms
  });

  it('axes, colours and figures speak of w0', async () => {
    const { page } = tab;
    await page.waitForFunction(() => document.querySelectorAll('#marginals .figure-part').length === 2);
    await page.waitForFunction(() =>
      /largest \|w0\| of/.test(document.querySelector('#neurons caption')?.textContent ?? ''),
    );
    await page.waitForFunction(() =>
      /^Velocity b/.test(document.getElementById('velocity-title')!.textContent),
    );
    await page.waitForFunction(() => /‖K − K₀‖/.test(document.getElementById('kernel-title')!.textContent));
    const seen = await page.evaluate(() => ({
      legend: document.querySelector('.cloud-legend')!.textContent,
      words: document.body.textContent.includes('Each point is one neuron: weight of x across, bias up.'),
      rows: [...document.querySelectorAll<HTMLElement>('table.observables tr')].filter((row) => !row.hidden)
        .length,
    }));
    expect(seen).toEqual({ legend: 'weight of x > 0weight of x < 0', words: true, rows: 2 });
  });

  it('what is about w1 is refused, and comes back with it', async () => {
    const said = await tab.page.evaluate(() =>
      mckean.configure({ initial: { antithetic: true } }).then(
        () => '',
        (error: Error) => error.message,
      ),
    );
    expect(said).toMatch(/these have no output weights w1, leave it out/);
    const size = await tab.page.evaluate(async () => {
      await mckean.configure({ model: { features: 'inner-product' } });
      await mckean.step(1);
      return (await mckean.theta()).length;
    });
    expect(size).toBe(3 * WIDTH);
    expect(tab.problems).toEqual([]);
  });
});
