/** Two runs side by side on the page: one time, one camera, one difference. */
import type { Page } from 'puppeteer';
import { describe, expect, it, vi } from 'vitest';
import { parseLink } from '../../src/app/links/link.ts';
import { NO_FILES } from '../../src/app/run/opening.ts';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { openEngine } from '../../src/engines/select.ts';
import { drawNested } from '../../src/experiments/nested.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { parseRgb, THEMES } from '../../src/views/palette.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { pixelsOf, stillOf, untilInked } from '../support/browser/ink.ts';
import { WAIT } from '../support/patience.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();

/** What the captions say: the other run's name, and t and loss of both. */
const captions = (page: Page): Promise<{ name: string; t: number; loss: number }[]> =>
  page.$$eval('.twin-caption', (elements) =>
    elements.map((element) => {
      const [, t, loss] = /t ([\d.e−]+) · loss ([\d.e−]+)/.exec(element.textContent)!;
      return {
        name: element.querySelector('b')!.textContent,
        t: Number(t.replace('−', '-')),
        loss: Number(loss.replace('−', '-')),
      };
    }),
  );

/** Waits until both stand at t. */
const standAt = (page: Page, t: number): Promise<unknown> =>
  page.waitForFunction(
    (text) => {
      const all = [...document.querySelectorAll('.twin-caption span')];
      return all.length === 2 && all.every((element) => element.textContent!.startsWith(`t ${text} `));
    },
    {},
    String(t),
  );

const PLATFORM = { gpu: async () => ({ gpu: null, reason: 'none here' }), cpu: {}, autoTakesSoftware: false };

/** Loss of a configuration after some steps, in float64. */
async function lossAlone(input: ConfigInput, steps: number): Promise<number> {
  const { problem } = await prepare(resolveConfig(input), NO_FILES);
  const { engine } = await openEngine({ engine: 'cpu', method: 'direct' }, problem, PLATFORM);
  await engine.advance(steps);
  return engine.loss;
}

describe.each(['webgpu', 'webgl'] as const)('with %s', (machine) => {
  const browser = browserOf(machine);

  it('the other run is the one that its configuration gives alone, at the same t', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#compare=lazy&model.width=512`);
    await page.evaluate(async () => {
      await mckean.pause();
      await mckean.reset();
      await mckean.step(12);
    });
    await standAt(page, 12);
    const [own, other] = await captions(page);
    expect([own.name, other.name]).toEqual(['mean-field', 'ntk']);
    // captions round to four digits
    expect(
      other.loss /
        (await lossAlone({ preset: 'tanh-curve', parameterization: 'ntk', model: { width: 512 } }, 12)),
    ).toBeCloseTo(1, 3);
    expect(own.loss / (await lossAlone({ preset: 'tanh-curve', model: { width: 512 } }, 12))).toBeCloseTo(1, 3);
    for (const place of ['#cloud', '.twin-cloud']) await untilInked(page, place, 0.005);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('without WebGPU', () => {
  const browser = browserOf('bare');

  it('f of the other run is drawn beside the page’s own, by its name, until the comparison is closed', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#compare=lazy&preset=tanh-curve&model.width=256`,
      (fresh) => fresh.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]),
    );
    await page.evaluate(async () => {
      await mckean.pause();
      await mckean.reset();
      await mckean.step(12);
    });
    await standAt(page, 12);
    const title = (): Promise<string> => page.$eval('#fit-title', (text) => text.textContent!);
    const shows = (pixels: Buffer): boolean => near(pixels, THEMES.dark.twin) > 50;
    await stillOf(page, '#fit', shows);
    expect(await title()).toBe('f (orange) against the data, violet: ntk');
    await page.keyboard.press('c');
    await stillOf(page, '#fit', (pixels) => !shows(pixels));
    expect(await title()).toBe('f (orange) against the data');
    expect(problems).toEqual([]);
    await page.close();
  });
});

/** Pixels of about that colour. */
function near(pixels: Buffer, colour: string): number {
  const rgb = parseRgb(colour).map((part) => 255 * part);
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4)
    if (rgb.every((part, k) => Math.abs(pixels[i + k] - part) < 12)) count++;
  return count;
}

describe('with WebGPU', () => {
  const browser = browserOf('webgpu');

  it('neither runs away while both play, though one has a fourth of the other’s dt', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#compare=dt:0.25&model.width=256&dynamics.dt=0.5`,
    );
    await page.evaluate(() => mckean.play());
    for (let past = 0, k = 0; k < 3; k++) {
      const [own, other] = (await vi.waitUntil(async () => {
        const both = await captions(page);
        return both[0].t > past + 1 && both;
      }, WAIT)) as Awaited<ReturnType<typeof captions>>;
      expect(own.t - other.t).toBeLessThan(own.t / 2 + 0.5);
      past = own.t;
    }
    await page.evaluate(() => mckean.pause());
    const { t } = await page.evaluate(() => mckean.metrics());
    await standAt(page, +t.toPrecision(4));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('turning one cloud turns both, a reset takes both back, and closing gives the place back', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=256`);
    await page.evaluate(() => mckean.pause());
    await page.keyboard.press('c');
    await page.waitForSelector('.twin-cloud canvas');
    await page.evaluate(async () => {
      await mckean.reset();
      await mckean.step(3);
    });
    await standAt(page, 3);
    await page.focus('.twin-cloud canvas');
    const clouds = ['#cloud', '.twin-cloud'];
    const before: Buffer[] = [];
    for (const place of clouds) before.push(await stillOf(page, place));
    for (let k = 0; k < 6; k++) await page.keyboard.press('ArrowRight');
    for (const [i, place] of clouds.entries())
      await vi.waitUntil(async () => !(await pixelsOf(page, place)).equals(before[i]), WAIT);
    await page.evaluate(() => mckean.reset());
    await standAt(page, 0);
    await page.keyboard.press('c');
    await page.waitForFunction(
      () => !document.querySelector('.twin-cloud, .twin-caption') && !location.hash.includes('compare'),
    );
    await page.evaluate(() => mckean.step(2));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('another setting of the page’s run is the other’s, too, and a link holds the choice', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&model.width=512&compare=lazy`,
    );
    await page.select('#compare label:nth-child(2) select', 'width');
    await page.select('#compare label:nth-child(3) select', '0.25');
    await page.evaluate(() => mckean.configure({ model: { activation: 'erf', width: 1024 } }));
    await page.waitForFunction(
      () => document.querySelector('.twin-caption.other b')?.textContent === 'n = 256',
    );
    const { view, input } = parseLink(await page.evaluate(() => location.hash));
    expect([view.compare, input.model]).toEqual(['width:0.25', { activation: 'erf', width: 1024 }]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('nested widths: the table of a draw holds what float64 gives, and another draw adds an interval', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#compare=lazy&preset=tanh-curve&model.width=256`,
    );
    await page.evaluate(() => mckean.pause());
    await page.select('.nested select', '16384');
    await page.type('.nested input', '2');
    const draw = async (text: string): Promise<void> => {
      await page.evaluate(
        (label) =>
          [...document.querySelectorAll<HTMLButtonElement>('.nested button')]
            .find(({ textContent }) => textContent === label)!
            .click(),
        text,
      );
      await page.waitForFunction(
        () =>
          document.querySelector<HTMLElement>('.nested progress')!.hidden &&
          document.querySelectorAll('.nested td').length > 0,
        {},
      );
    };
    await draw('Run one draw');
    const cells = await page.$$eval('.nested tr:not(.u-series) td', (all) =>
      all.map(({ textContent }) => Number(textContent.replaceAll(/[,]/g, ''))),
    );
    const config = resolveConfig({ preset: 'tanh-curve' });
    const { losses, squares } = await drawNested(
      { config, widths: [1024, 4096, 16384], steps: 2 },
      1,
      {
        open: async (own, problem) => (await openEngine(own, problem, PLATFORM)).engine,
        files: NO_FILES,
        signal: new AbortController().signal,
      },
      { progress: () => undefined, curve: () => undefined },
    );
    // three digits are shown
    for (const i of [0, 1, 2]) expect(cells[4 * i + 1] / losses[i]).toBeCloseTo(1, 2);
    for (const i of [0, 1]) expect(cells[4 * i + 2] / squares[i]).toBeCloseTo(1, 2);
    const told = (): Promise<string> => page.$eval('.nested .plot.rate + p', ({ textContent }) => textContent);
    expect(await told()).toContain('one draw');
    await draw('Add a draw');
    expect(await told()).toMatch(/over 2 draws is \[.*\], too narrow/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('the loss chart names both runs, keeps what is over, and forgets it when asked', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=256`);
    await page.evaluate(async () => {
      await mckean.pause();
      await mckean.step(4);
      await mckean.configure({ initial: { seed: 2 } });
      await mckean.step(4);
    });
    const names = (): Promise<string[]> =>
      page.$$eval('#loss .u-legend th .u-label, #loss .u-legend .u-label', (labels) => [
        ...new Set(labels.map((label) => label.textContent)),
      ]);
    await page.waitForFunction(() =>
      document.querySelector('#loss .u-legend')?.textContent?.includes('seed 1'),
    );
    expect(await names()).toEqual(['t', 'loss', 'seed 1']);
    await page.click('.earlier button');
    expect(await names()).toEqual(['t', 'loss']);
    expect(problems).toEqual([]);
    await page.close();
  });
});
