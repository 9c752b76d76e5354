/** Whatever the window, an open book leaves room for the cloud; and messages that leave when they are over. */
import type { Page } from 'puppeteer';
import { expect, it } from 'vitest';
import { BOOK_NAMES } from '../../src/app/shell/books.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('bare');
const LEAST = 0.45;

/** Phones, and usual screens at 100 to 200 %, in CSS pixels. */
const WINDOWS = [
  [320, 568],
  [844, 390],
  [1024, 600],
  [819, 480],
  [512, 300],
  [1024, 768],
  [1366, 768],
  [1093, 614],
  [911, 512],
  [683, 384],
] as const;

async function openBook(page: Page, name: string): Promise<void> {
  await page.$eval(`#${name}-open`, (button) => (button as HTMLElement).click());
  await page.waitForFunction(
    (id) => !document.getElementById(id)!.hidden && document.getElementById(id)!.childElementCount > 0,
    {},
    name,
  );
}

/** Of the window's height. */
const shareOfCloud = (page: Page): Promise<number> =>
  page.$eval('#cloud', (cloud) => {
    const { top, bottom } = cloud.getBoundingClientRect();
    return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight;
  });

it.each([
  ['the whole page', '', BOOK_NAMES],
  ['a projector', '&mode=present', ['lecture']],
] as const)('in %s an open book leaves the cloud at least 45 % of the height', async (_, mode, books) => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=64&engine=cpu${mode}`,
    (fresh) => fresh.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  );
  const small: string[] = [];
  for (const name of books) {
    await openBook(page, name);
    for (const [width, height] of WINDOWS) {
      await page.setViewport({ width, height });
      await page.$eval('main', (main) => main.scrollIntoView());
      const share = await shareOfCloud(page);
      if (share < LEAST) small.push(`${name} at ${width} × ${height}: ${share.toFixed(2)}`);
    }
  }
  expect(small).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

it('why the CPU computes is said in one clause, is closed for good, and is not said in a frame', async () => {
  const { page } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=64`);
  const said = (): Promise<string> =>
    page.$eval('#notice-text', (text) => (text.checkVisibility() ? text.textContent! : ''));
  expect(await said()).toMatch(/^The CPU computes: [^;]+\.$/);
  await page.keyboard.press('h');
  expect(await said()).toBe('');
  await page.keyboard.press('h');
  expect(await said()).not.toBe('');
  await page.click('#dismiss');
  await page.evaluate(() => mckean.step(2));
  expect(await said()).toBe('');
  await page.close();
});

it('that a run diverged is said once, until a clean one starts', async () => {
  const { page } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=64&model.activation=relu&engine=cpu`,
  );
  // from step 0: where it stands when dt is changed decides whether neurons die or diverge
  await page.evaluate(() => mckean.pause().then(() => mckean.reset()));
  await page.evaluate(() => mckean.configure({ dynamics: { dt: 1e60 } }));
  await page.evaluate(() => mckean.step(400).catch(() => undefined));
  const said = (): Promise<string> => page.$eval('#notice-text', (text) => text.textContent!);
  expect((await said()).match(/diverged/g)).toHaveLength(1);
  await page.click('#reset');
  await page.waitForFunction(() => mckean.state === 'paused' && mckean.metrics().step === 0);
  expect(await said()).toBe('');
  await page.close();
});
