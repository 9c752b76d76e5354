/** The page in other languages: whole, readable at any width, and chosen by its reader. */
import type { Page } from 'puppeteer';
import { describe, expect, it, vi } from 'vitest';
import { FIGURE_IDS } from '../../../src/app/figures/ids.ts';
import { CHAPTER_IDS } from '../../../src/app/lecture/ids.ts';
import { BOOK_NAMES } from '../../../src/app/shell/books.ts';
import { LANGUAGES } from '../../../src/words/languages.ts';
import { browserOf, siteOf } from '../../support/browser/fixtures.ts';
import { findings, openBook, tooWide } from '../../support/browser/looking.ts';
import { speakPseudo, unspoken } from '../../support/browser/pseudo.ts';
import { openTab, type Tab } from '../../support/browser/site.ts';
import { WAIT } from '../../support/patience.ts';

const site = siteOf();
const browser = browserOf('webgl');

const SMALL = 'preset=tanh-curve&model.width=64';

/** The page with a query, standing still. */
const still = (
  query: string,
  hash = SMALL,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Tab> =>
  openTab(browser(), `${site.address}${query}#${hash}`, async (page) => {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await prepare(page);
  });

/** Names as CONFIG.json, files and physics have them; formulas; languages in their own. */
const NAMES = [
  /^\(⌘|^[−\d.,:;()[\]{} θρ∫²₀|dqw0-9+·]+$/,
  /^(CSV|WebM|MP4|μP|ntk|naive|mean-field|compensated|Deutsch|Français)$/,
  /^[a-z]+(-[a-z]+)+$|^(clt|coupling|energy|exponents|independence|invariants|kernel|pde)$/, // measurements
  /^npm run -s mckean /,
  /^θ \[[\d,]+, 3\], float32: [\d.]+( [kMG]?B)?$/,
];
const said = async (page: Page, part?: string): Promise<string[]> =>
  (await unspoken(page, part)).filter((text) => !NAMES.some((name) => name.test(text)));

it('every sentence of the page, its figures, settings and books asks the catalogue', async () => {
  const { page, problems } = await still('?lang=de', `${SMALL}&figures=${FIGURE_IDS.join()}`, speakPseudo);
  const left: Record<string, string[]> = {};
  await page.evaluate(() => mckean.step(3));
  await page.waitForSelector('[data-key]');
  await page.waitForSelector('#timeline');
  await page.focus('#cloud canvas[tabindex]');
  await page.keyboard.press('Enter'); // the neuron in the middle, and its card
  await page.waitForSelector('#pick:not([hidden])');
  left.page = await said(page);
  for (const name of BOOK_NAMES) {
    await openBook(page, name);
    for (const tab of await page.$$(`#${name} .data-tab`))
      await tab.evaluate((one) => (one as HTMLElement).click());
    left[name] = await said(page, `#${name}`);
  }
  await openBook(page, 'lecture');
  for (const id of CHAPTER_IDS) {
    await page.select('#lecture select', id);
    await page.waitForFunction((wanted) => location.hash.includes(`chapter=${wanted}`), {}, id);
    await page.$$eval('#lecture details', (all) => all.forEach((one) => (one.open = true)));
    left[id] = await said(page, '#lecture');
  }
  expect(left).toEqual(Object.fromEntries(Object.keys(left).map((part) => [part, []])));
  expect(problems).toEqual([]);
  await page.close();
});

it('the first words and the reason for fewer neurons ask the catalogue, too', async () => {
  const { page } = await still('?lang=de', '', speakPseudo);
  await page.waitForSelector('#welcome');
  expect(await said(page, '#welcome')).toEqual([]);
  expect(await said(page, '#notice')).toEqual([]);
  expect(await page.title()).toMatch(/^⟦/);
  await page.close();
});

describe.each(['de', 'fr'] as const)('in the language %s', (name) => {
  it('the page says so, axe finds nothing serious, and nothing is cut at any width', async () => {
    const { default: catalogue } = await LANGUAGES[name].load();
    const { page, problems } = await still(`?lang=${name}`);
    await page.waitForSelector('[data-key]');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(name);
    expect(await page.$eval('#lecture-open', (button) => button.textContent)).toBe(catalogue.Lecture);
    const found: string[] = await findings(page);
    for (const book of BOOK_NAMES) {
      await openBook(page, book);
      found.push(...(await findings(page, `#${book}`)));
      for (const width of [320, 390, 1024, 1366]) {
        await page.setViewport({ width, height: 768 });
        const fitting = { book, width, wide: [] };
        const wide = async (): Promise<string[]> => [
          ...(await tooWide(page)),
          ...(await cut(page, `#${book}, #header`)),
        ];
        // charts follow the window a moment later
        await vi.waitFor(async () => expect({ book, width, wide: await wide() }).toEqual(fitting), WAIT);
      }
    }
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});

/** What reaches out of its own part of the page, or of a button. */
const cut = (page: Page, parts: string): Promise<string[]> =>
  page.$$eval(parts, (hosts) =>
    hosts.flatMap((host) =>
      [...host.querySelectorAll('*')]
        .filter(
          (element) =>
            element.checkVisibility() &&
            !element.closest('.formula, .visually-hidden, pre, .data-scroll, .scroll, option') &&
            (element.getBoundingClientRect().right > host.getBoundingClientRect().right + 1 ||
              (element.matches('button, .field') && element.scrollWidth > element.clientWidth + 1)),
        )
        .map((element) => `${element.tagName} ${element.id} ${element.className} ${element.textContent}`),
    ),
  );

it('the language of a person’s choice stays, on this device and over the address', async () => {
  const { page } = await still('');
  const language = (): Promise<string> => page.evaluate(() => document.documentElement.lang);
  expect(await language()).toBe('en');
  const arrived = async (): Promise<void> => {
    await page.waitForFunction(() => 'mckean' in globalThis);
    await page.evaluate(() => mckean.ready);
  };
  const choose = async (name: string): Promise<void> => {
    await openBook(page, 'help');
    await Promise.all([page.waitForNavigation(), page.select('#language', name)]);
    await arrived();
  };
  await choose('fr');
  expect(await language()).toBe('fr');
  expect(await page.evaluate(() => mckean.config().model.width)).toBe(64); // the link's run, anew
  expect(page.url()).not.toContain('lang=');
  await page.goto(`${site.address}?lang=de#${SMALL}`);
  await arrived();
  expect(await language()).toBe('de');
  await choose('en');
  expect(await language()).toBe('en');
  await page.goto('about:blank');
  await page.goto(`${site.address}#${SMALL}`);
  await arrived();
  expect(await language()).toBe('en');
  await page.close();
});

it('a catalogue that cannot be loaded leaves the page in English', async () => {
  const { page } = await still('?lang=fr', SMALL, async (fresh) => {
    await fresh.setBypassServiceWorker(true);
    await fresh.setRequestInterception(true);
    fresh.on('request', (request) => {
      void (/\/assets\/fr-/.test(request.url()) ? request.abort() : request.continue());
    });
  });
  expect(await page.$eval('#lecture-open', (button) => button.textContent)).toBe('Lecture');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.close();
});
