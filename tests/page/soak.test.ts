/**
 * A run that lasts: everything that can be changed is changed again and again, and what it holds stays as much. A few rounds;
 * an hour's worth with MCKEAN_SOAK=200 (10⁵ steps, 200 sizes of window, 20 losses of the device).
 */
import type { Page } from 'puppeteer';
import { expect, it } from 'vitest';
import { PRESET_NAMES } from '../../src/experiments/presets.ts';
import { COUNT_HELD } from '../support/browser/faults.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { openTab } from '../support/browser/site.ts';
import { PATIENCE } from '../support/patience.ts';

declare global {
  var held: () => Record<string, number>;
}

const site = siteOf();
const browser = browserOf('webgpu');
const ROUNDS = Number(process.env.MCKEAN_SOAK ?? 6);
const STEPS = 500;
/** Rounds between two losses of the device, and their widths in turns. */
const LOSS = 10;
const WIDTHS = ROUNDS > 20 ? [1024, 2 ** 14, 2 ** 20, 2 ** 16] : [1024, 2 ** 14];

/** What the page holds, once what is on its way out has gone: buffers, devices, workers and elements. */
async function resting(page: Page): Promise<Record<string, number>> {
  await page.evaluate(() =>
    mckean.pause().then(() => mckean.configure({ preset: 'tanh-curve', model: { width: 1024 } })),
  );
  await page.evaluate(() => mckean.step(3));
  return page.evaluate(() => held());
}

it(
  `after ${ROUNDS} rounds the page holds no more than after four (32)`,
  async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&model.width=1024`,
      (fresh) => fresh.evaluateOnNewDocument(COUNT_HELD).then(() => undefined),
    );
    let first: Record<string, number> = {};
    for (let k = 0; k < ROUNDS; k++) {
      const preset = PRESET_NAMES[k % 4];
      const width = WIDTHS[k % WIDTHS.length];
      await page.evaluate((name) => mckean.configure({ preset: name, model: { width: 512 } }), preset);
      await page.evaluate((steps) => mckean.step(steps), Math.ceil(STEPS / 10));
      await page.evaluate((n) => mckean.configure({ preset: 'tanh-curve', model: { width: n } }), width);
      await page.setViewport({
        width: 600 + 100 * (k % 9),
        height: 500 + 50 * (k % 5),
        deviceScaleFactor: 1 + (k % 2),
      });
      await page.evaluate(
        (steps) => mckean.step(steps),
        width > 2 ** 16 ? 3 : Math.ceil((STEPS * 9) / 10 / (1 + (width >> 12))),
      );
      if (k % LOSS === 0) {
        // not just before a look: a lost device takes along what was forgotten on it
        await page.evaluate('lose()');
        await page.evaluate(() => mckean.theta());
      }
      // every preset and width has been there
      if (k === 3) first = await resting(page);
    }
    await resting(page);
    await page // what tries the adapter by the way is done with it one day
      .waitForFunction(
        (most) => Object.entries(held()).every(([kind, count]) => count <= most[kind]),
        {},
        first,
      )
      .catch(async () => expect(await page.evaluate('held()')).toEqual(first));
    expect(await page.evaluate(() => mckean.metrics().engine)).toBe('webgpu');
    expect(problems).toEqual([]);
    await page.close();
  },
  ROUNDS * PATIENCE,
);
