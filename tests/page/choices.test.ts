/**
 * Choices at random, faster than they can be carried out, on every kind of machine: MCKEAN_CHOICES=200 for many. The
 * last one is what runs, and nothing of the others is left.
 */
import type { Page } from 'puppeteer';
import { expect, it, vi } from 'vitest';
import { CHAPTER_IDS } from '../../src/app/lecture/ids.ts';
import { CHAPTERS } from '../../src/app/lecture/chapters.ts';
import { PRESET_NAMES, resolveConfig } from '../../src/experiments/presets.ts';
import { launch } from '../support/browser/browser.ts';
import { COUNT_BUFFERS } from '../support/browser/faults.ts';
import { siteOf } from '../support/browser/fixtures.ts';
import { openTab } from '../support/browser/site.ts';
import { WAIT } from '../support/patience.ts';
import { seeded } from '../support/seeded.ts';

const site = siteOf();
const COUNT = Number(process.env.MCKEAN_CHOICES ?? 14);
const START = { preset: 'tanh-curve', model: { width: 512 } } as const;

/** What a person does, some of it at once; all in the page, so that nothing waits for it. */
type Deed = readonly [what: 'preset' | 'key' | 'configure', value: unknown];

const act = (page: Page, deeds: readonly Deed[]): Promise<void> =>
  page.evaluate(
    (list) => {
      for (const [what, value] of list)
        if (what === 'configure') void mckean.configure(value).catch(() => undefined);
        else if (what === 'key') dispatchEvent(new KeyboardEvent('keydown', { key: value as string }));
        else {
          const menu = document.querySelector<HTMLSelectElement>('#preset')!;
          menu.value = value as string;
          menu.dispatchEvent(new Event('change'));
        }
    },
    deeds as unknown as [Deed[0], never][],
  );

function deedsOf(count: number, random: () => number): Deed[] {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const kinds: (() => Deed)[] = [
    () => ['preset', one(PRESET_NAMES)],
    () => ['configure', { model: { width: 2 ** (5 + Math.floor(6 * random())) } }],
    () => ['configure', { dynamics: { dt: 0.01 + 0.1 * random() } }],
    () => ['configure', { method: one(['direct', 'auto', 'sector']) }],
    () => ['key', one(['n', 'r', '.', ' ', 'd', 'l', 'v'])],
  ];
  return Array.from({ length: count }, () => one(kinds)());
}

/** Asks for the start, and waits until it is there, with the books put away. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async (start) => {
    await mckean.pause();
    await mckean.configure(start);
    await mckean.step(2);
  }, START);
  await page.waitForFunction(
    (preset) => document.querySelector<HTMLSelectElement>('#preset')!.value === preset,
    {},
    START.preset,
  );
}

it.each(['webgpu', 'webgl', 'bare'] as const)(
  `of ${COUNT} choices at random pace the last runs, without an error: %s`,
  async (machine) => {
    const browser = await launch(machine);
    const random = seeded(machine.length + COUNT);
    try {
      const { page, problems } = await openTab(
        browser,
        `${site.address}#preset=tanh-curve&model.width=512`,
        (fresh) =>
          fresh
            .evaluateOnNewDocument(machine === 'webgpu' ? COUNT_BUFFERS : 'globalThis.alive = () => 0')
            .then(() => undefined),
      );
      await settle(page);
      const alive = Number(await page.evaluate('alive()'));
      for (let left = COUNT; left > 0;) {
        const some = Math.min(left, 1 + Math.floor(5 * random()));
        await act(page, deedsOf(some, random));
        left -= some;
      }
      const last = PRESET_NAMES[Math.floor(random() * PRESET_NAMES.length)];
      await act(page, [
        ['preset', PRESET_NAMES[0]],
        ['preset', last],
        ['configure', { model: { width: 96 } }],
      ]);
      await page.waitForFunction(
        (name) => mckean.config().preset === name && mckean.metrics().n === 96,
        {},
        last,
      );
      expect(await page.evaluate(() => mckean.config().data)).toEqual(resolveConfig({ preset: last }).data);
      expect(await page.evaluate(() => mckean.state)).not.toBe('error');
      await settle(page);
      await vi.waitFor(async () => expect(await page.evaluate('alive()')).toBeLessThanOrEqual(alive), WAIT);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

it('five arrows in the menu of presets end on the fifth; eight quick Next leave a chapter beside its own run', async () => {
  const browser = await launch('webgpu');
  try {
    const { page, problems } = await openTab(
      browser,
      `${site.address}#preset=${PRESET_NAMES[0]}&model.width=256`,
    );
    await page.focus('#preset');
    for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowDown');
    await page.waitForFunction((name) => mckean.config().preset === name, {}, PRESET_NAMES[5]);
    await page.evaluate(() => document.getElementById('lecture-open')!.click());
    await page.waitForSelector('.lecture-ends');
    await page.evaluate(() => {
      for (let k = 0; k < 8; k++)
        document.querySelector<HTMLButtonElement>('.lecture-ends button:last-child')?.click();
    });
    const id = CHAPTER_IDS[Math.min(8, CHAPTER_IDS.length - 1)];
    const { scene } = CHAPTERS[id];
    await page.waitForFunction(
      (preset) => mckean.state === 'running' && mckean.config().preset === preset,
      {},
      scene.preset,
    );
    const { model, initial, parameterization, dynamics } = resolveConfig(scene);
    expect(await page.evaluate(() => mckean.config())).toMatchObject({
      initial,
      parameterization,
      dynamics,
      model: { activation: model.activation },
    });
    expect(await page.$eval('.lecture-bar select', (menu) => (menu as HTMLSelectElement).value)).toBe(id);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});
