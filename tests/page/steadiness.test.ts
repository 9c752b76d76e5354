/** What a browser does to a page, and people to their windows: the run is what it would have been. */
import type { Page } from 'puppeteer';
import { describe, expect, it } from 'vitest';
import { COUNT_BUFFERS, FAULTS } from '../support/browser/faults.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { untilInked } from '../support/browser/ink.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();
const SMALL = '#preset=tanh-curve&model.width=512';

const theta = (page: Page): Promise<number[]> => page.evaluate(async () => [...(await mckean.theta())]);
const said = (page: Page): Promise<string> => page.$eval('#notice-text', (text) => text.textContent!);
const show = (page: Page, seen: boolean): Promise<void> =>
  page.evaluate((is) => void (document.getElementById('cloud')!.style.display = is ? '' : 'none'), seen);
const moves = async (page: Page): Promise<void> => {
  const { step } = await page.evaluate(() => mckean.play().then(() => mckean.metrics()));
  await page.waitForFunction((at) => mckean.state === 'running' && mckean.metrics().step > at, {}, step);
};

describe('with WebGPU', () => {
  const browser = browserOf('webgpu');

  it('a window of all sizes and densities, none included, leaves θ and the buffers as they are (31)', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`, (fresh) =>
      fresh.evaluateOnNewDocument(COUNT_BUFFERS).then(() => undefined),
    );
    await page.evaluate(() => mckean.pause().then(() => mckean.reset()));
    const sizes = [
      { width: 1000, height: 640 },
      { width: 320, height: 500, deviceScaleFactor: 3 },
      { width: 1600, height: 900, deviceScaleFactor: 1 },
      { width: 1000, height: 640 },
    ];
    const alive: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (const size of sizes) {
        await page.setViewport(size);
        await page.evaluate(() => mckean.step(2));
      }
      await show(page, false);
      await page.evaluate(() => mckean.step(1));
      await show(page, true);
      await page.evaluate(() => mckean.step(1));
      await untilInked(page, '#cloud', 0.001);
      alive.push((await page.evaluate('alive()')) as number);
    }
    await page.waitForFunction(`alive() <= ${Math.min(...alive.slice(0, -1))}`); // a trial of the adapter ends by itself
    const resized = await theta(page);
    await page.evaluate(() => mckean.reset().then(() => mckean.step(30)));
    expect(resized).toEqual(await theta(page));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a tab that is frozen under its steps does them when it wakes, and takes its sleep for no fault (30)', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
    await page.evaluate(() => mckean.pause().then(() => mckean.reset()));
    const session = await page.createCDPSession();
    for (let k = 0; k < 3; k++) {
      const work = page.evaluate(() => mckean.step(40));
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await work;
    }
    expect([await said(page), await page.evaluate(() => mckean.metrics())]).toMatchObject([
      '',
      { engine: 'webgpu', step: 120 },
    ]);
    const frozen = await theta(page);
    await page.evaluate(() => mckean.reset().then(() => mckean.step(120)));
    expect(frozen).toEqual(await theta(page));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a browser without WebGPU by name computes on the CPU, and says why (9)', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`, (fresh) =>
      fresh
        .evaluateOnNewDocument(`Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined })`)
        .then(() => undefined),
    );
    expect(await page.evaluate(() => mckean.metrics().engine)).toMatch(/^cpu/);
    expect(await said(page)).toMatch(/^The CPU computes: .*WebGPU/);
    await moves(page);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('on the CPU', () => {
  const browser = browserOf('webgl');

  it.each(['end', 'loop for ever', 'throw'] as const)(
    'workers that %s are replaced, and the run goes on (33)',
    async (how) => {
      const { page, problems } = await openTab(
        browser(),
        `${site.address}#preset=tanh-curve&model.width=4096&method=direct&engine=cpu`,
        (fresh) => fresh.evaluateOnNewDocument(FAULTS['workers that can be spoilt']).then(() => undefined),
      );
      await page.evaluate(() =>
        mckean
          .pause()
          .then(() => mckean.reset())
          .then(() => mckean.step(6)),
      );
      await page.evaluate(`spoil(${JSON.stringify(how)})`);
      await page.evaluate(() => mckean.step(6));
      const spoilt = await theta(page);
      expect(await page.evaluate('spoilt')).toBeGreaterThan(0);
      expect(await said(page)).toBe('A worker stopped; the run was computed again up to here.');
      await page.evaluate(() => mckean.reset().then(() => mckean.step(12)));
      expect(spoilt).toEqual(await theta(page));
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  it('a WebGL context that is lost is drawn again, and the run does not stop for it (34)', async () => {
    const { page } = await openTab(browser(), `${site.address}${SMALL}`);
    await untilInked(page, '#cloud', 0.001);
    const session = await browser().target().createCDPSession();
    void session.send('Browser.crashGpuProcess').catch(() => undefined); // what every context in a worker is lost by
    await moves(page);
    await untilInked(page, '#cloud', 0.001);
    await moves(page);
    await page.close();
  });
});
