/**
 * A tour of everything the page shows: no error on the way, nothing serious that axe finds, everything within
 * reach of the keyboard, at any width.
 */
import type { Page } from 'puppeteer';
import { describe, expect, it, vi } from 'vitest';
import { BOOK_NAMES } from '../../src/app/shell/books.ts';
import { FIGURE_IDS } from '../../src/app/figures/ids.ts';
import { CHAPTER_IDS } from '../../src/app/lecture/ids.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { findings, openBook, tooWide } from '../support/browser/looking.ts';
import { openTab } from '../support/browser/site.ts';
import { WAIT } from '../support/patience.ts';

const site = siteOf();
const browser = browserOf('webgl'); // the CPU engine opens soonest

/** Small, and still: what moves takes the time that axe needs. */
const SMALL = 'preset=tanh-curve&model.width=64';

async function still(hash: string, prepare: (page: Page) => Promise<void> = () => Promise.resolve()) {
  const tab = await openTab(browser(), `${site.address}#${SMALL}${hash}`, async (page) => {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await prepare(page);
  });
  expect(await tab.page.evaluate(() => mckean.state)).toBe('paused'); // who wants no motion has none
  await tab.page.waitForSelector('[data-key]'); // the settings are loaded meanwhile
  return tab;
}

const theme =
  (value: 'dark' | 'light') =>
  async (page: Page): Promise<void> =>
    page.emulateMediaFeatures([
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'prefers-color-scheme', value },
    ]);

describe.each(['dark', 'light'] as const)('%s', (look) => {
  it('axe finds nothing serious on the page, in any book, with every figure, for a projector and in a frame (41)', async () => {
    const { page, problems } = await still(`&figures=${FIGURE_IDS.join()}`, theme(look));
    const found: Record<string, string[]> = {};
    await page.evaluate(() => mckean.step(3));
    await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
    await page.$$eval('.lil-gui .lil-title[aria-expanded=false]', (titles) =>
      titles.forEach((title) => (title as HTMLElement).click()),
    );
    found.page = await findings(page);
    for (const name of BOOK_NAMES) {
      await openBook(page, name);
      found[name] = await findings(page, `#${name}`);
    }
    for (const mode of ['present', 'bare']) {
      await page.keyboard.press(mode === 'present' ? 'p' : 'h');
      found[mode] = await findings(page);
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
    expect(problems).toEqual([]);
    await page.close();
  });
});

it('every chapter is free of errors and of what axe finds serious', async () => {
  const { page, problems } = await still('&chapter=ntk');
  for (const id of CHAPTER_IDS) {
    await page.select('#lecture select', id);
    await page.waitForFunction((wanted) => location.hash.includes(`chapter=${wanted}`), {}, id);
    await page.$$eval('#lecture details', (all) => all.forEach((one) => (one.open = true)));
    expect([id, await findings(page, '#lecture')]).toEqual([id, []]);
  }
  expect(problems).toEqual([]);
  await page.close();
});

/**
 * Changes the first setting that has not been tried: its key, what it is, and the page as it was; null: there is none.
 * All in one go, since a choice brings fields of its own, and takes them away.
 */
function useNext(tried: readonly string[]): { key: string; kind: string; was: string } | null {
  const control = [...document.querySelectorAll<HTMLElement>('[data-key]')].find(
    ({ dataset }) => !tried.includes(dataset.key!),
  );
  if (!control) return null;
  document.getElementById('dismiss')!.click();
  const was = JSON.stringify([mckean.config(), location.hash, document.getElementById('reading')!.textContent]);
  const act = (): string => {
    const menu = control.querySelector('select');
    const field = control.querySelector('input');
    if (menu?.options.length === 1 || field?.readOnly) return 'words'; // there is nothing else
    if (menu) {
      // no width that takes a minute here
      menu.selectedIndex = (menu.selectedIndex + 1) % Math.min(menu.options.length, 4);
      menu.dispatchEvent(new Event('change', { bubbles: true }));
      return 'menu';
    }
    if (field?.type === 'checkbox') {
      field.click();
      return 'box';
    }
    if (!field) {
      control.querySelector('button')!.click();
      return 'button';
    }
    field.value = String(Number(field.value) + 1);
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new Event('blur'));
    return 'number';
  };
  return { key: control.dataset.key!, kind: act(), was };
}

it('every control of the settings takes effect, or says in a sentence why not, without an error', async () => {
  const { page, problems } = await still('');
  const tried: string[] = [];
  const used: string[] = [];
  for (;;) {
    const next = await page.evaluate(useNext, tried);
    if (next === null) break;
    const { key, kind, was } = next;
    tried.push(key);
    await page.evaluate(() => mckean.step(1)); // in turn, after the change
    expect([key, await page.evaluate(() => mckean.state)]).toEqual([key, 'paused']);
    const hasEffect = async (): Promise<boolean> => {
      const is = await page.evaluate(() =>
        JSON.stringify([mckean.config(), location.hash, document.getElementById('reading')!.textContent]),
      );
      const said = await page.$eval('#notice-text', (notice) => notice.textContent!);
      // of a choice before it that took it away, and showed a little later
      const isGone = (await page.$(`[data-key="${key}"]`)) === null;
      return was !== is || isGone || /\b(data|model|initial|dynamics)\.\w|WebGPU/.test(said);
    };
    // what shows in the picture or the panel alone
    const isElsewhere = kind === 'words' || /^(speed|colour|resetView|lifted|teacher|tails)/.test(key);
    // a busy page takes a choice a little later than the step that was asked for after it
    if (isElsewhere || (await vi.waitUntil(hasEffect, WAIT).catch(() => false))) used.push(key);
  }
  expect(tried.length).toBeGreaterThan(40);
  expect(tried.filter((key) => !used.includes(key))).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

describe.each([
  ['320 pixels', { width: 320, height: 640 }],
  ['a wide page at 200 %', { width: 640, height: 400, deviceScaleFactor: 2 }],
  ['4K', { width: 3840, height: 2160 }],
] as const)('%s', (_, viewport) => {
  it('nothing is wider than the window, whatever book is open (41)', async () => {
    const { page, problems } = await still('', (fresh) => fresh.setViewport(viewport));
    await page.setViewport(viewport);
    for (const name of [null, ...BOOK_NAMES]) {
      if (name) await openBook(page, name);
      await vi.waitUntil(async () => (await tooWide(page)).length === 0, WAIT).catch(() => undefined); // plots follow
      expect([name, (await tooWide(page)).slice(0, 3)]).toEqual([name, []]);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});

it('by keyboard alone: every control is reached, has a name and a visible focus, and the way ends where it began (41)', async () => {
  const { page } = await still('');
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const labels = [
        element.getAttribute('aria-label'),
        (element as HTMLInputElement).labels?.[0]?.textContent,
        document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent,
        element.textContent,
      ];
      return {
        what:
          element === document.body
            ? 'body'
            : `${element.tagName} ${element.id || element.className || element.closest('[data-key]')?.getAttribute('data-key')}`,
        name: labels.find((label) => label?.trim()) ?? '',
        size: Math.min(box.width, box.height),
        ring:
          (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') ||
          style.boxShadow !== 'none' ||
          element.closest('.lil-gui') !== null ||
          element.matches(':has(+ *)'),
      };
    });
  const seen: Awaited<ReturnType<typeof focused>>[] = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const now = await focused();
    if (now.what === 'body') break;
    seen.push(now);
  }
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.length).toBeLessThan(150);
  expect(seen.filter(({ name }) => name === '')).toEqual([]);
  expect(seen.filter(({ ring }) => !ring)).toEqual([]);
  for (const id of ['preset', 'play', 'step', 'reset', 'lecture-open', 'save-open', 'theme'])
    expect(seen.map(({ what }) => what.split(' ')[1])).toContain(id);
  // the cloud is turned by its arrow keys
  expect(seen.some(({ what }) => what.startsWith('CANVAS'))).toBe(true);
  await page.close();
});

it('by keyboard alone: a chapter is opened, its scene plays, its question is answered, and the book is closed', async () => {
  const { page } = await still('');
  await page.focus('#lecture-open');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#lecture details');
  await page.focus('#lecture summary');
  await page.keyboard.press('Enter');
  expect(await page.$eval('#lecture details', (details) => (details as HTMLDetailsElement).open)).toBe(true);
  await page.focus('#play');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => mckean.state === 'running' && mckean.metrics().step > 0);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => mckean.state === 'paused');
  await page.focus('#lecture-open');
  await page.keyboard.press('Enter');
  expect(await page.$eval('#lecture', (book) => (book as HTMLElement).hidden)).toBe(true);
  await page.close();
});
