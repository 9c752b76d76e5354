/** Whatever the window, an open book leaves room for the cloud; and messages that leave when they are over. */
import type { Page, Viewport } from 'puppeteer';
import { expect, it } from 'vitest';
import { BOOK_NAMES } from '../../src/app/shell/books.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { openBook } from '../support/browser/looking.ts';
import { openTab, patientPage } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('bare');
const LEAST = 0.45;

/** Usual screens, and what a browser's zoom makes of them: fewer CSS pixels, each of more of the screen's. */
const SCREENS = [
  [1024, 600],
  [1024, 768],
  [1366, 768],
] as const;
const ZOOMS = [1, 1.25, 1.5, 2];
/** Phones, these, and 4K. */
const WINDOWS: readonly Viewport[] = [
  { width: 320, height: 568 },
  { width: 844, height: 390 },
  ...SCREENS.flatMap(([width, height]) =>
    ZOOMS.map((zoom) => ({
      width: Math.floor(width / zoom),
      height: Math.floor(height / zoom),
      deviceScaleFactor: zoom,
    })),
  ),
  { width: 3840, height: 2160 },
];

/** Of the window's height. */
const shareOfCloud = (page: Page): Promise<number> =>
  page.$eval('#cloud', (cloud) => {
    const { top, bottom } = cloud.getBoundingClientRect();
    return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight;
  });

it.each([
  ['the whole page', '', BOOK_NAMES],
  ['a projector', '&mode=present', ['lecture']],
  ['a frame', '&mode=bare&chapter=ntk', []],
] as const)('in %s an open book leaves the cloud at least 45 % of the height', async (_, mode, books) => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=64&engine=cpu${mode}`,
    (fresh) => fresh.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  );
  const small: string[] = [];
  for (const name of [null, ...books]) {
    if (name) await openBook(page, name);
    for (const viewport of WINDOWS) {
      await page.setViewport(viewport);
      await page.$eval('main', (main) => main.scrollIntoView());
      const share = await shareOfCloud(page);
      const { width, height, deviceScaleFactor = 1 } = viewport;
      if (share < LEAST)
        small.push(`${name} at ${width} × ${height} × ${deviceScaleFactor}: ${share.toFixed(2)}`);
    }
  }
  expect(small).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

it('in a frame all that is not the bar is the cloud’s, in width and height, though a chapter is open', async () => {
  const { page } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=64&engine=cpu&mode=bare&chapter=ntk`,
  );
  for (const viewport of WINDOWS) {
    await page.setViewport(viewport);
    const { width, left, top, height } = await page.$eval(
      '#cloud',
      (cloud) => cloud.getBoundingClientRect().toJSON() as DOMRect,
    );
    expect([left, width]).toEqual([0, viewport.width]);
    expect(top).toBeGreaterThan(0);
    expect(height / viewport.height).toBeGreaterThan(LEAST);
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
  }
  await page.close();
});

it('before the first picture the ground is that of the page, not black', async () => {
  const opacity = (page: Page): Promise<string> =>
    page.$eval('#cloud canvas', (canvas) => getComputedStyle(canvas).opacity);
  const { page, problems } = await openTab(browser(), `${site.address}#model.width=64`);
  expect(await opacity(page)).toBe('1');
  expect(problems).toEqual([]);
  const late = await patientPage(browser());
  // who draws gets nothing to draw
  await late.evaluateOnNewDocument(`CanvasRenderingContext2D.prototype.putImageData = () => undefined;
    Worker.prototype.postMessage = () => undefined;`);
  await late.goto(`${site.address}#model.width=64`);
  await late.waitForSelector('#cloud canvas');
  expect(await opacity(late)).toBe('0');
  for (const each of [page, late]) await each.close();
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
