/** Whatever the driver does, the page ends running on something, says why in one sentence, and obeys. */
import type { Page } from 'puppeteer';
import { describe, expect, it } from 'vitest';
import { COUNT_BUFFERS, FAULTS, KEEP_DEVICES, type Fault } from '../support/browser/faults.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('webgpu');
const SMALL = '#preset=tanh-curve&model.width=512';

const before = (text: string) => (page: Page) => page.evaluateOnNewDocument(text).then(() => undefined);
const said = (page: Page): Promise<string> => page.$eval('#notice-text', (text) => text.textContent!);

/** Reset, a choice, Play: each does what it says. */
async function obeys(page: Page): Promise<void> {
  const steps = await page.evaluate(async () => {
    await mckean.pause();
    await mckean.reset();
    await mckean.configure({ initial: { seed: 5 } });
    await mckean.step(3);
    return mckean.metrics().step;
  });
  expect(steps).toBe(3);
  await page.evaluate(() => mckean.play());
  await page.waitForFunction(() => mckean.state === 'running' && mckean.metrics().step > 5);
}

/** Fault, number in the table of docs/faults.md, what is said. */
const ON_CPU: readonly (readonly [Fault, number, RegExp])[] = [
  [
    'an adapter that is never named',
    10,
    /^The CPU computes: the browser did not name a WebGPU adapter within 5 s\.$/,
  ],
  [
    'a device that is never granted',
    10,
    /^The CPU computes: the WebGPU adapter did not open its device within 10 s\.$/,
  ],
  ['an adapter that is refused', 10, /^The CPU computes: refused\.$/],
  [
    'devices that are lost as they come',
    11,
    /^The CPU computes: the graphics device was lost, and 3 tries .* did not last\.$/,
  ],
  [
    'buffers that the browser refuses',
    15,
    /^The CPU computes: the graphics device was lost, and 3 tries .* did not last\.$/,
  ],
  [
    'devices that are lost as they compile',
    6,
    /^The CPU computes: the graphics device was lost, and 3 tries .* did not last\.$/,
  ],
  ['work that never ends', 28, /^The CPU computes: the GPU has not answered for \d+ s\.$/],
];

it.each(ON_CPU)('%s (%i): the CPU computes, and says why', async (fault, _, sentence) => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`, before(FAULTS[fault]));
  await page.waitForFunction(() => mckean.metrics().engine.startsWith('cpu'));
  expect(await said(page)).toMatch(sentence);
  await obeys(page);
  expect(problems).toEqual([]);
  await page.close();
});

it('memory too small for the neurons of a link: half as many, and so on, nothing left over (14)', async () => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=65536`,
    before(FAULTS['no memory but for a few neurons'] + COUNT_BUFFERS),
  );
  const { engine, n } = await page.evaluate(() => mckean.metrics());
  expect([engine, n <= 8192]).toEqual(['webgpu', true]);
  expect(await said(page)).toMatch(
    new RegExp(`injected.* This is the same with ${n.toLocaleString('en')} neurons`),
  );
  // the buffers of the observables are there, which come with their first numbers
  await page.waitForFunction(() => /\d/.test(document.querySelector('#observables td')?.textContent ?? ''));
  const alive = await page.evaluate('alive()');
  await obeys(page);
  await page.evaluate(() => mckean.pause());
  await page.waitForFunction(`alive() <= ${alive as number}`); // a trial of the adapter ends by itself
  expect(problems).toEqual([]);
  await page.close();
});

describe('a run under way', () => {
  it('goes on with another device, playing or paused, to the same bits (1)', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`, before(KEEP_DEVICES));
    const states = await page.evaluate(async () => {
      const seen: string[] = [];
      new MutationObserver(() => seen.push(document.documentElement.dataset.state!)).observe(
        document.documentElement,
        { attributeFilter: ['data-state'] },
      );
      await mckean.pause();
      await mckean.reset();
      await mckean.step(20);
      return seen;
    });
    states.length = 0;
    await page.evaluate('devices.at(-1).destroy()');
    await page.waitForFunction('devices.length === 2 && mckean.state === "paused"');
    expect(await said(page)).toBe('The graphics device was lost; the run was computed again up to here.');
    const theta = (): Promise<number[]> => page.evaluate(async () => [...(await mckean.theta())]);
    await page.evaluate(() => mckean.step(20));
    const lost = await theta();
    await page.evaluate(() => mckean.reset().then(() => mckean.step(40)));
    expect(lost).toEqual(await theta());
    expect(await page.evaluate(() => mckean.metrics().engine)).toBe('webgpu');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('stops at an error that nobody expects, and says it; Reset, a choice and Play go on (16)', async () => {
    const { page } = await openTab(browser(), `${site.address}${SMALL}`, before(KEEP_DEVICES));
    await page.evaluate('devices[0].createBuffer({ size: 16, usage: 0 })');
    await page.waitForFunction(() => mckean.state === 'error');
    expect(await said(page)).toMatch(/^The GPU reported an error/);
    await page.click('#reset');
    await page.waitForFunction(() => mckean.metrics().step === 0 && mckean.state === 'paused');
    await obeys(page);
    await page.close();
  });
});

it('without workers this tab computes by itself', async () => {
  const { page } = await openTab(
    browser(),
    `${site.address}${SMALL}&engine=cpu`,
    before(FAULTS['workers that do not start']),
  );
  expect(await page.evaluate(() => mckean.metrics())).toMatchObject({
    adapter: expect.stringContaining('1 thread'),
  });
  await obeys(page);
  await page.close();
});
