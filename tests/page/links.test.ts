/** Links in a real page: MCKEAN_LINKS=500 for many. Each ends running, and what was left out is said. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { expect, it } from 'vitest';
import { sameJson } from '../../src/core/words/json.ts';
import { parseLink } from '../../src/app/links/link.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { stillOf } from '../support/browser/ink.ts';
import { openTab } from '../support/browser/site.ts';
import { hostileLink } from '../support/hostile/links.ts';
import { seeded } from '../support/seeded.ts';
import { PATIENCE } from '../support/patience.ts';

const site = siteOf();
const browser = browserOf('bare');
const COUNT = Number(process.env.MCKEAN_LINKS ?? 60);
const SMALL = '#preset=tanh-curve&model.width=64';

/** Of which nothing can be used, or nothing runs. */
const HOPELESS = [
  'preset=nonesuch',
  'model.width=1e12',
  'model.width=NaN',
  '__proto__.x=1',
  'foo=1',
  `data=${'x'.repeat(10_000)}`,
  'data={"csv":"points.csv"}',
  'data={"inline":{"x":[[1],[1],[1]],"y":[1,2,3]},"standardize":true}',
  'initial={"npy":"theta.npy"}',
  'model.width=1073741824',
  'initial.w0={"law":"dirac","at":[1,2,3,4,5]}',
  'preset=tanh-curve&method=sector',
  'data={"dataset":"moons","samples":10000000}',
];

const said = (page: Page): Promise<string> => page.$eval('#notice-text', (text) => text.textContent!);
const ready = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => globalThis.mckean !== undefined);
  await page.evaluate(() => mckean.ready);
};

/** Goes there in the tab that is open: in place, or to a new page where more than the run is another. */
async function follow(page: Page, hash: string): Promise<void> {
  const go = (): Promise<unknown> =>
    page.evaluate((text) => {
      const heard = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      history.replaceState(null, '', '#'); // so that every link is another one
      location.hash = text;
      return heard.then(() => true);
    }, hash);
  const there = parseLink(await page.evaluate(() => location.hash)).view;
  if (sameJson(there, parseLink(`#${hash}`).view)) await go();
  else await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), go().catch(() => undefined)]);
  await ready(page);
}

it(
  `of ${COUNT} hostile links each ends running, with a sentence where something was left out (36)`,
  async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
    const random = seeded(COUNT);
    const wrong: string[] = [];
    for (let k = 0; k < COUNT; k++) {
      const hopeless = HOPELESS[k] as string | undefined;
      const link = hopeless ?? hostileLink(random);
      const hash = /width|preset/.test(link) ? link : `${link}&model.width=64`;
      await follow(page, hash);
      const step = await page.evaluate(() => mckean.metrics().step);
      await page
        .waitForFunction(
          (at) => {
            const now = mckean.metrics().step;
            if (mckean.state === 'running') return now > at;
            // at its goal, or as far as so long a step comes
            const paused = mckean.state === 'paused' && now > 0;
            return paused || /The run diverged at step \d/.test(document.body.innerText);
          },
          {},
          step,
        )
        .catch(async () => {
          const now = await page.evaluate(() => `${mckean.state} at step ${mckean.metrics().step}`);
          throw new Error(`${hash}: ${now}, from ${step}, and says "${await said(page)}"`);
        });
      const text = await said(page);
      const { notice } = parseLink(new URL(`#${hash}`, site.address).hash); // as an address holds it
      const isSaid = hopeless === undefined ? text.includes(notice) : /could not be used|cannot run/.test(text);
      const known = await page.evaluate(() => mckean.config().preset === 'tanh-curve');
      if (!isSaid || /undefined|TypeError|\[object/.test(text) || (hopeless !== undefined && !known))
        wrong.push(`${hash}: "${text}" without "${notice}"`);
    }
    expect(wrong).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  },
  COUNT * PATIENCE,
);

it.each(['model.width=nonesuch', 'model.width=nonesuch&chapter=ntk'])(
  'a link counts though the run writes its own just then: %s',
  async (link) => {
    const { page } = await openTab(browser(), `${site.address}${SMALL}`);
    await page.evaluate((text) => {
      location.hash = text;
      document.getElementById('dismiss')!.click(); // the run writes its link
      if (location.hash.includes('nonesuch')) throw new Error('the run wrote no link');
    }, link);
    await page.waitForFunction(() =>
      document.getElementById('notice-text')!.textContent!.includes('model.width = nonesuch could not be used'),
    );
    await ready(page);
    expect(await page.evaluate(() => location.hash.includes('chapter'))).toBe(link.includes('chapter'));
    await page.close();
  },
);

it('a link holds from where the cloud is seen: there as it opens, followed as it is turned, gone with the first view', async () => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}${SMALL}&engine=cpu&camera=30,-10,1.5,0.25,0`,
    (fresh) => fresh.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  );
  const camera = (): Promise<string | undefined> =>
    page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('camera') ?? undefined);
  expect(await camera()).toBe('30,-10,1.5,0.25,0');
  const turned = await stillOf(page, '#cloud');
  await page.focus('#cloud canvas');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /camera=34\.58/.test(location.hash)); // 0.08 radians on
  await page.keyboard.press('v');
  await page.waitForFunction(() => !location.hash.includes('camera'));
  expect((await stillOf(page, '#cloud')).equals(turned)).toBe(false);
  const { page: again } = await openTab(
    browser(),
    `${site.address}${SMALL}&engine=cpu&camera=30,-10,1.5,0.25,0`,
    (fresh) => fresh.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  );
  expect((await stillOf(again, '#cloud')).equals(turned)).toBe(true);
  expect(problems).toEqual([]);
  for (const each of [page, again]) await each.close();
});

it('own data that no link holds are there after a reload', async () => {
  const { page } = await openTab(browser(), `${site.address}${SMALL}`);
  const path = join(mkdtempSync(join(tmpdir(), 'mckean-own-')), 'own.csv');
  const rows = Array.from({ length: 900 }, (_, i) => `${i / 450 - 1},${Math.sin(i / 50)}`);
  writeFileSync(path, ['x,y', ...rows, ''].join('\n'));
  await (await page.$('input#file'))!.uploadFile(path);
  await page.waitForFunction(() => mckean.metrics().m === 900 && location.hash.includes('left-out'));
  await page.waitForFunction(() =>
    /finds them again/.test(document.getElementById('notice-text')!.textContent!),
  );
  const config = await page.evaluate(() => mckean.config());
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => mckean.config())).toEqual(config);
  expect(await said(page)).not.toMatch(/could not/);
  await page.close();
});

it('a tab that ended under its neurons takes fewer and says so; one that is reloaded does not', async () => {
  const { page } = await openTab(browser(), `${site.address}#model.width=65536`);
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => mckean.metrics().n)).toBe(65_536);
  expect(await said(page)).not.toMatch(/ended/);
  await page.evaluateOnNewDocument(`sessionStorage.setItem('mckean neurons', '65536')`); // as a crash leaves it
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => mckean.metrics().n)).toBe(16_384);
  expect(await said(page)).toMatch(/^This tab ended while it ran 65,536 neurons: it takes 16,384 now/);
  await page.close();
});

it('a tab that is hidden says that it is paused, and goes on when it is seen (29)', async () => {
  const { page } = await openTab(browser(), `${site.address}${SMALL}`);
  const show = (hidden: boolean): Promise<void> =>
    page.evaluate((is) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: is });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const seen = () =>
    page.evaluate(() => [mckean.state, document.documentElement.dataset.state, /^Paused/.test(document.title)]);
  await show(true);
  expect(await seen()).toEqual(['paused', 'paused', true]);
  await show(false);
  expect(await seen()).toEqual(['running', 'running', false]);
  await page.close();
});
