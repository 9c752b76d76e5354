/**
 * Hands and eyes: fingers and wheel where the page around the cloud scrolls, keys of any layout, and what the machine
 * wishes, followed while the page is open.
 */
import type { Page } from 'puppeteer';
import { expect, it, vi } from 'vitest';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { pixelsOf, stillOf, untilInked } from '../support/browser/ink.ts';
import { openTab, patientPage, type Tab } from '../support/browser/site.ts';
import { WAIT } from '../support/patience.ts';

const site = siteOf();
const browser = browserOf('bare');
const SMALL = '#preset=tanh-curve&model.width=256&engine=cpu';

/** Keeps what asks for the screen's resolution: a screen that is made up tells nobody that it is another. */
const KEEP_SCREENS = `
  const { matchMedia: ask } = globalThis;
  globalThis.screens = [];
  globalThis.matchMedia = (query) => {
    const list = ask.call(globalThis, query);
    if (/resolution/.test(query)) screens.push(list);
    return list;
  };`;

/** Paused, for hands alone to move what moves. */
async function still(
  hash = '',
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Tab> {
  const tab = await openTab(browser(), `${site.address}${SMALL}${hash}`, prepare);
  await tab.page.evaluate(() => mckean.pause());
  return tab;
}

const zoomed = (page: Page): Promise<Buffer> => stillOf(page, '#cloud');

it('on a phone a finger over the cloud scrolls the page up and down, and turns the cloud sideways; Undo is there', async () => {
  const { page, problems } = await still('', (fresh) =>
    fresh.setViewport({ width: 390, height: 700, isMobile: true, hasTouch: true }),
  );
  await page.setViewport({ width: 390, height: 700, isMobile: true, hasTouch: true });
  await untilInked(page, '#cloud', 0.002);
  const before = await zoomed(page);
  const box = (await (await page.$('#cloud'))!.boundingBox())!;
  const cdp = await page.createCDPSession();
  const swipe = async (dx: number, dy: number): Promise<void> => {
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
    for (let k = 1; k <= 10; k++)
      await cdp.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: [{ x: from.x + (dx * k) / 10, y: from.y + (dy * k) / 10 }],
      });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await swipe(120, 0);
  await stillOf(page, '#cloud', (now) => !now.equals(before));
  expect(await page.evaluate(() => scrollY)).toBe(0);
  // on a busy machine a browser may take a swipe for a rest of the one before
  await vi.waitUntil(async () => {
    await swipe(0, -150);
    return page.evaluate(() => scrollY > 50);
  }, WAIT);
  await page.evaluate(() => scrollTo(0, 0));
  expect(await page.$eval('#undo', (undo) => (undo as HTMLButtonElement).disabled)).toBe(true);
  await page.evaluate(() => mckean.configure({ initial: { seed: 7 } }));
  // what is left of a swipe may carry the button away from under the finger
  await vi.waitUntil(async () => {
    await page.tap('#undo');
    return page.evaluate(() => mckean.config().initial.seed === 1);
  }, WAIT);
  expect(problems).toEqual([]);
  await page.close();
});

it('a frame in an article lets the wheel by until the cloud is clicked; then it enlarges', async () => {
  const page = await patientPage(browser());
  await page.setViewport({ width: 800, height: 600 });
  await page.goto(`${site.address}licences.md`);
  await page.evaluate((source) => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { src: source, width: '600', height: '400', title: 'a run' });
    const text = document.createElement('div');
    text.style.height = '3000px';
    document.body.replaceChildren(frame, text);
  }, `${site.address}${SMALL}&mode=bare`);
  const frame = (await (await page.$('iframe'))!.contentFrame())!;
  await frame.waitForFunction(() => 'mckean' in globalThis);
  await frame.evaluate(() => mckean.ready.then(() => mckean.pause()));
  await untilInked(page, 'iframe', 0.005);
  await page.mouse.move(300, 250);
  await page.mouse.wheel({ deltaY: 200 });
  await page.waitForFunction(() => scrollY > 100);
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.click(300, 250);
  const before = await stillOf(page, 'iframe');
  await page.mouse.wheel({ deltaY: -200 });
  await stillOf(page, 'iframe', (now) => !now.equals(before));
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.close();
});

it('keys: held space plays once and scrolls nothing, Esc closes a book, and all can be switched off', async () => {
  const { page, problems } = await still('', (fresh) => fresh.setViewport({ width: 700, height: 500 }));
  await page.setViewport({ width: 700, height: 500 }); // the page scrolls here
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.down(' ');
  for (let k = 0; k < 5; k++) await page.keyboard.down(' '); // as it repeats
  await page.keyboard.up(' ');
  await page.waitForFunction(() => mckean.state === 'running');
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.evaluate(() => mckean.pause());

  await page.focus('#help-open');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#help .check');
  await page.focus('#help button');
  await page.keyboard.press('Escape');
  expect(await page.$eval('#help', (book) => (book as HTMLElement).hidden)).toBe(true);
  expect(await page.evaluate(() => document.activeElement!.id)).toBe('help-open');

  const { step } = await page.evaluate(() => mckean.metrics());
  await page.click('#help-open');
  await page.click('#help .check input');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.type('reset. ');
  await page.keyboard.down('Control');
  await page.keyboard.press('z'); // that is never typed by chance
  await page.keyboard.up('Control');
  await page.waitForFunction(() => /Nothing to undo/.test(document.getElementById('notice-text')!.textContent));
  expect(await page.evaluate(() => [mckean.metrics().step, mckean.state])).toEqual([step, 'paused']);
  expect(await page.$eval('#save', (book) => (book as HTMLElement).hidden)).toBe(true);
  await page.click('#help .check input');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('.');
  await page.waitForFunction((last) => mckean.metrics().step === last + 1, {}, step);
  // a browser without full screen, as on a phone
  await page.evaluate(() => Object.defineProperty(document, 'fullscreenEnabled', { value: false }));
  await page.keyboard.press('f');
  await page.waitForFunction(() => /no full screen/.test(document.getElementById('notice-text')!.textContent));
  expect(problems).toEqual([]);
  await page.close();
});

it('another theme, less motion and other screens of the machine are followed while the page is open', async () => {
  const { page, problems } = await still('', (fresh) =>
    fresh.evaluateOnNewDocument(KEEP_SCREENS).then(() => undefined),
  );
  const wish = (scheme: string, motion: string): Promise<void> =>
    page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: motion },
    ]);
  const theme = (): Promise<string> => page.evaluate(() => document.documentElement.dataset.theme!);
  await wish('light', 'no-preference');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  await page.evaluate(() => mckean.play());
  await wish('light', 'reduce');
  await page.waitForFunction(() => mckean.state === 'paused');
  await wish('dark', 'reduce');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.click('#theme'); // whoever chooses, has it
  await wish('light', 'reduce');
  await wish('dark', 'reduce');
  expect(await theme()).toBe('light');

  const sides = (): Promise<number[]> =>
    page.$$eval('#cloud canvas:last-of-type, #fit canvas', (all) =>
      all.map((canvas) => (canvas as HTMLCanvasElement).width / canvas.clientWidth),
    );
  await page.setViewport({ width: 1000, height: 640, deviceScaleFactor: 2 });
  await page.evaluate('screens.forEach((screen) => screen.dispatchEvent(new Event("change")))');
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#fit canvas')!;
    return Math.round(canvas.width / canvas.clientWidth) === 2;
  });
  expect((await sides()).map(Math.round)).toEqual([2, 2]);
  expect(problems).toEqual([]);
  await page.close();
});

it('a dark page prints ink on white paper', async () => {
  const { page } = await still('', (fresh) =>
    fresh.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]),
  );
  await untilInked(page, '#cloud', 0.002);
  await page.pdf({ format: 'A4' });
  await page.emulateMediaType('print');
  await untilInked(page, '#print canvas', 0.002);
  const pixels = await pixelsOf(page, '#print canvas');
  const mean = pixels.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (0.75 * pixels.length);
  expect(mean).toBeGreaterThan(0.8 * 255);
  await page.close();
});

it('what a translator has put in place of the page’s texts does not stop its figures', async () => {
  const { page, problems } = await still();
  await page.evaluate(() => {
    // as translators of browsers do, who leave alone what says so
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      const parent = text.parentElement!;
      if (parent.closest('[translate=no], script, style, option, textarea') || !text.data.trim()) continue;
      const font = document.createElement('font');
      font.textContent = `«${text.data}»`;
      text.replaceWith(font);
    }
  });
  await page.evaluate(() => mckean.reset());
  await page.evaluate(() => mckean.step(17));
  await page.waitForFunction(() => document.querySelector('#status b')!.textContent === '17');
  expect(await page.$eval('#status', (status) => status.textContent)).toContain('«step »17');
  await page.evaluate(() => mckean.configure({ dynamics: { dt: 0.11 } }));
  await page.evaluate(() => mckean.step(1));
  expect(problems).toEqual([]);
  await page.close();
});

// --- languages that are no tag of one: libraries that ask for them as they load would end the page
// -------------------------------------------------------------------------------------------------------------

/** The page in a browser that says so. */
function open(language: string, languages: readonly string[]): Promise<Tab> {
  return openTab(browser(), `${site.address}#preset=tanh-curve&model.width=500&engine=cpu`, async (page) => {
    await page.evaluateOnNewDocument(
      (one: string, all: readonly string[]) => {
        Object.defineProperty(Navigator.prototype, 'language', { get: () => one });
        Object.defineProperty(Navigator.prototype, 'languages', { get: () => Object.freeze([...all]) });
      },
      language,
      languages,
    );
  });
}

it.each([
  ['en-US@posix', ['en-US@posix'], 'en', ['en']],
  ['C', ['C', 'fr-CA'], 'fr-CA', ['fr-CA']],
  ['', [], 'en', ['en']],
  ['', [''], 'en', ['en']],
  ['de-DE', ['de-DE', 'de', 'en_GB.UTF-8'], 'de-DE', ['de-DE', 'de']],
  ['de-DE', ['de-DE', 'de'], 'de-DE', ['de-DE', 'de']],
])('“%s” with [%s]: the page starts and draws its loss', async (language, languages, one, all) => {
  const { page, problems } = await open(language, languages);
  await page.evaluate(() => mckean.step(20));
  await page.waitForSelector('.uplot canvas');
  await untilInked(page, '.uplot', 0.002);
  expect(await page.evaluate(() => [navigator.language, [...navigator.languages]])).toEqual([one, all]);
  expect(problems).toEqual([]);
  await page.close();
});
