/** The browser's graphics process dies under the page: as a driver's fault or an update makes it do. */
import type { Browser, Page } from 'puppeteer';
import { describe, expect, it } from 'vitest';
import { KEEP_DEVICES } from '../support/browser/faults.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const SMALL = '#preset=tanh-curve&model.width=512';

/** Keeps `devices`, and what nobody caught: `unheard`. */
const COUNT = `${KEEP_DEVICES}
  globalThis.unheard = [];
  addEventListener('unhandledrejection', ({ reason }) => unheard.push(String(reason)));`;

const open = (browser: Browser): Promise<Tab> =>
  openTab(browser, `${site.address}${SMALL}`, (page) =>
    page.evaluateOnNewDocument(COUNT).then(() => undefined),
  );

/** Waits for a state by looks of its own: a page without a graphics process may be asked for no picture. */
const until = (page: Page, state: string): Promise<unknown> => page.waitForFunction(state, { polling: 50 });

/** Until the device of the page is lost. */
async function crash(browser: Browser, page: Page): Promise<void> {
  await page.evaluate(`globalThis.gone = false; void devices.at(-1).lost.then(() => (gone = true))`);
  const session = await browser.target().createCDPSession();
  void session.send('Browser.crashGpuProcess').catch(() => undefined); // who answers may be gone
  await until(page, 'gone');
}

const theta = (page: Page): Promise<number[]> => page.evaluate(async () => [...(await mckean.theta())]);
const metrics = (page: Page) => page.evaluate(() => mckean.metrics());
const said = (page: Page): Promise<string> => page.$eval('#notice-text', (text) => text.textContent!);
const GIVEN_UP = /^The CPU computes: the graphics device was lost, and 3 tries/;

/** From the same step, with the same loss but for float32's rounding; and it goes on. */
async function goesOnByCpu(page: Page, before: { step: number; loss: number }): Promise<void> {
  const after = await metrics(page);
  expect([after.engine, after.step]).toEqual([expect.stringMatching(/^cpu/), before.step]);
  expect(Math.abs(after.loss / before.loss - 1)).toBeLessThan(1e-4);
  expect(await said(page)).toMatch(GIVEN_UP);
  await page.evaluate(() => mckean.play());
  await until(page, `mckean.metrics().step > ${after.step}`);
}

describe('a graphics process that crashes', () => {
  const browser = browserOf('webgpu');

  it('under work and a reading that wait ends none of them, and no bit is another (2, 5); once more, and the CPU goes on (3)', async () => {
    const { page, problems } = await open(browser());
    await page.evaluate(() => mckean.pause().then(() => mckean.reset()));
    const asked = page.evaluate(() =>
      Promise.all([mckean.step(32), mckean.theta(), mckean.step(8)]).then(() => true),
    );
    await crash(browser(), page);
    expect(await asked).toBe(true);
    await until(page, 'devices.length > 1 && mckean.state === "paused"');
    const mended = await theta(page);
    await page.evaluate(() => mckean.reset().then(() => mckean.step(40)));
    expect(mended).toEqual(await theta(page));
    const before = await metrics(page);
    expect(before).toMatchObject({ engine: 'webgpu', step: 40 });
    await crash(browser(), page);
    await theta(page);
    await goesOnByCpu(page, before);
    expect([problems, await page.evaluate('unheard')]).toEqual([[], []]);
    await page.close();
  });
});

describe('a graphics process that crashes again and again, and the browser starts it each time', () => {
  const browser = browserOf('hardy');

  it('is tried three times within a minute, then the CPU goes on (4)', async () => {
    const { page, problems } = await open(browser());
    await page.evaluate(() => mckean.pause().then(() => mckean.step(20)));
    const before = await metrics(page);
    for (let k = 0; k < 8 && (await metrics(page)).engine === 'webgpu'; k++) {
      await crash(browser(), page);
      await theta(page);
    }
    await goesOnByCpu(page, before);
    expect(await page.evaluate('devices.length')).toBeLessThanOrEqual(4);
    expect([problems, await page.evaluate('unheard')]).toEqual([[], []]);
    await page.close();
  });
});
