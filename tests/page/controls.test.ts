/**
 * What a person does with the controls, in Chrome: stop conditions, undo, modes, keys, limits, and what is
 * said.
 */
import { describe, expect, it, vi } from 'vitest';
import type { Page } from 'puppeteer';
import { ACTIONS } from '../../src/app/shell/actions.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { stillOf, untilInked } from '../support/browser/ink.ts';
import { openTab, patientPage } from '../support/browser/site.ts';
import { WAIT } from '../support/patience.ts';

const site = siteOf();
const browser = browserOf('webgl'); // the CPU engine opens soonest

/** Of the curve's targets sin 6x + x/2 at 96 inputs. */
const TARGETS = Array.from({ length: 96 }, (_, i) => -1 + (2 * i) / 95).map((x) => Math.sin(6 * x) + x / 2);
const MEAN = TARGETS.reduce((sum, y) => sum + y / 96, 0);
const VARIANCE = TARGETS.reduce((sum, y) => sum + (y - MEAN) ** 2 / 96, 0);
const SMALL = '#preset=tanh-curve&model.width=256';

/** Sets a control of the settings panel as a person would, by its key. */
async function set(page: Page, key: string, value: string): Promise<void> {
  await page.$$eval('.lil-gui .lil-title', (titles) =>
    titles.forEach(
      (title) => title.getAttribute('aria-expanded') === 'false' && (title as HTMLElement).click(),
    ),
  );
  const control = (await page.waitForSelector(`[data-key="${key}"] :is(select, input)`))!;
  if ((await control.evaluate((element) => element.tagName)) === 'SELECT')
    return control.evaluate((element, text) => {
      const menu = element as HTMLSelectElement;
      menu.selectedIndex = [...menu.options].findIndex((option) => option.text === text);
      menu.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  if ((await control.evaluate((element) => (element as HTMLInputElement).type)) === 'checkbox')
    return control.evaluate((element) => (element as HTMLElement).click());
  await control.evaluate((element) => (element as HTMLInputElement).select());
  await control.type(`${value}\n`);
}

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent!);
const blur = (page: Page): Promise<void> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

it('a link has the axes of a wide cloud, the colours and what f is seen against, and another page sees them so', async () => {
  const data = JSON.stringify({ dataset: 'multi-index', dimension: 5, samples: 40 });
  const link = `#data=${data}&model.width=256&stop=step:6`;
  const { page, problems } = await openTab(browser(), `${site.address}${link}`);
  const reading = (of: Page): Promise<string> => text(of, '#reading');
  await page.waitForFunction(() => mckean.state === 'paused');
  await set(page, 'axis0', 'principal direction 1');
  await page.waitForFunction(() =>
    /direction 1 of w0 at step 6/.test(document.getElementById('reading')!.textContent),
  );
  await set(page, 'axis1', 'weight of x4');
  await set(page, 'colour', 'speed |b|');
  await page.select('#fit select[aria-label="Against"]', 'by x2');
  await page.waitForFunction(() => /against=2$/.test(location.hash));
  const [hash, seen] = [await page.evaluate(() => location.hash), await reading(page)];
  expect(hash).toContain(`&axes=${encodeURIComponent('p1@6,4,0')}&colour=speed&against=2`);
  await page.close();

  const other = await openTab(browser(), site.address + hash);
  await other.page.waitForFunction(() => mckean.state === 'paused');
  await other.page.waitForFunction(
    (want) => document.getElementById('reading')!.textContent === want,
    {},
    seen,
  );
  expect(await other.page.evaluate(() => location.hash)).toBe(hash);
  expect(
    await other.page.$eval('#fit select[aria-label="Against"]', (menu) => (menu as HTMLSelectElement).value),
  ).toBe('by x2');
  // other data have neurons of another shape, and the usual axes
  await other.page.evaluate(() => mckean.configure({ preset: 'moons', model: { width: 256 } }));
  await other.page.waitForFunction(() => !/axes=|against=/.test(location.hash));
  expect([problems, other.problems]).toEqual([[], []]);
  await other.page.close();
});

describe('a stop condition', () => {
  it('from a link stops at its step exactly, says so, and lets Play go on; a reset arms it again', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}${SMALL}&dynamics.dt=0.3&stop=t:30`);
    await page.waitForFunction(() => mckean.state === 'paused');
    expect(await page.evaluate(() => mckean.metrics().step)).toBe(100);
    expect(await text(page, '#notice')).toContain('It stopped: t has reached 30. Play goes on.');
    await page.click('#play');
    await page.waitForFunction(() => mckean.metrics().step > 110);
    expect(await page.evaluate(() => location.hash)).toContain('stop=t%3A30');
    await page.click('#reset');
    await page.waitForFunction(() => mckean.state === 'paused' && mckean.metrics().step === 100);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('from the panel: R² at least 0.5, and the run has it when it stops', async () => {
    const { page } = await openTab(browser(), `${site.address}${SMALL}`);
    await set(page, 'stop', 'R² is at least');
    await page.waitForSelector('[data-key="stop.value"]');
    await set(page, 'stop.value', '0.5');
    await page.waitForFunction(() => mckean.state === 'paused');
    // R² = 1 − 2L / var y
    expect(await page.evaluate(() => mckean.metrics().loss)).toBeLessThanOrEqual(VARIANCE / 4);
    expect(await text(page, '#spoken')).toMatch(/^Paused: step [\d,]+, t = .*, R² 0\.[5-9]/);
    await page.close();
  });
});

it('undo takes changes back one by one, a changed dt without a new draw, and redo does them again', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
  await page.evaluate(() => mckean.step(5));
  const first = await page.evaluate(() => mckean.config());
  await page.evaluate(() => mckean.configure({ dynamics: { dt: 0.25 } }));
  await page.evaluate(() => mckean.configure({ initial: { seed: 9 } }));
  await page.evaluate(() => mckean.configure({ preset: 'moons', model: { width: 128 } }));
  const last = await page.evaluate(() => mckean.config());
  const settled = async (key: string, wanted: object): Promise<void> => {
    const [modifier, shift] = [key.startsWith('mod+'), key.includes('shift+')];
    if (modifier) await page.keyboard.down('Control');
    if (shift) await page.keyboard.down('Shift');
    await page.keyboard.press('z');
    if (shift) await page.keyboard.up('Shift');
    if (modifier) await page.keyboard.up('Control');
    await page.waitForFunction(
      (expected) => {
        const { preset, model, initial, dynamics } = mckean.config();
        return JSON.stringify([preset, model.width, initial.seed, dynamics.dt]) === expected;
      },
      {},
      JSON.stringify(Object.values(wanted)),
    );
  };
  const {
    preset,
    model: { width },
    initial: { seed },
    dynamics: { dt },
  } = first;
  await settled('mod+z', { preset, width, seed: 9, dt: 0.25 });
  await settled('mod+z', { preset, width, seed, dt: 0.25 });
  await page.evaluate(() => mckean.step(3));
  await settled('mod+z', { preset, width, seed, dt });
  expect(await page.evaluate(() => mckean.metrics().step)).toBe(3); // the draw and its three steps stayed
  expect(await page.evaluate(() => mckean.config())).toEqual(first);
  await settled('mod+shift+z', { preset, width, seed, dt: 0.25 });
  await settled('mod+shift+z', { preset, width, seed: 9, dt: 0.25 });
  await settled('mod+shift+z', { preset: 'moons', width: 128, seed: 1, dt: last.dynamics.dt });
  expect(await page.evaluate(() => mckean.config())).toEqual(last);
  expect(problems).toEqual([]);
  await page.close();
});

it('a projector has large type on white, a frame the cloud alone, and the whole page comes back as it was', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}&mode=bare`, (fresh) =>
    fresh.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]),
  );
  const seen = (selector: string): Promise<boolean> =>
    page.$eval(selector, (element) => element.checkVisibility());
  expect([
    await seen('#panel'),
    await seen('#status'),
    await seen('#books'),
    await seen('#cloud'),
    await seen('#play'),
  ]).toEqual([false, false, false, true, true]);
  await page.keyboard.press('p');
  expect(
    await page.evaluate(() => [
      document.documentElement.dataset.theme,
      getComputedStyle(document.documentElement).fontSize,
      location.hash.includes('mode=present'),
    ]),
  ).toEqual(['light', '20px', true]);
  await page.click('#leave');
  expect(
    await page.evaluate(() => [document.documentElement.dataset.theme, location.hash.includes('mode=')]),
  ).toEqual(['dark', false]);
  expect([await seen('#panel'), await seen('#status'), await seen('#leave')]).toEqual([true, true, false]);
  expect(problems).toEqual([]);
  await page.close();
});

it('the sheet names every key; the keys do what it says', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
  await page.evaluate(() => mckean.pause());
  await page.keyboard.press('?');
  await page.waitForSelector('#help .keys');
  const named = await page.$$eval('#help table:first-of-type kbd', (keys) => keys.length);
  expect(named).toBe(Object.keys(ACTIONS).length);
  const { step } = await page.evaluate(() => mckean.metrics());
  await page.keyboard.press('.');
  await page.waitForFunction((wanted) => mckean.metrics().step === wanted, {}, step + 1);
  await page.keyboard.press('n');
  await page.waitForFunction(() => mckean.config().initial.seed === 2 && mckean.metrics().step === 0);
  await page.keyboard.press('d');
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press('d');
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).not.toBe(theme);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => mckean.state === 'running');
  expect(problems).toEqual([]);
  await page.close();
});

it('limits are lifted on demand, and the panel says what a width costs and where dt is stable', async () => {
  const { page } = await openTab(browser(), `${site.address}${SMALL}`);
  const widths = (): Promise<string[]> =>
    page.$$eval('[data-key=width] option', (options) => options.map(({ text: name }) => name));
  await page.waitForSelector('[data-key=width] option'); // the settings come after the run
  expect((await widths()).at(-1)).toBe('1,048,576');
  await set(page, 'lifted', 'on');
  await page.waitForFunction(
    () => [...document.querySelectorAll('[data-key=width] option')].at(-1)!.textContent === '33,554,432',
  );
  const shown = (key: string): Promise<string> =>
    page.$eval(`[data-key="${key}"] input`, (input) => (input as HTMLInputElement).value);
  expect(await shown('cost')).toMatch(/^12\.3 kB/); // 256 neurons · 4 numbers · 4 bytes · 3 copies
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[data-key=stable] input')!.value !== '…',
  );
  const limit = Number(/≈ ([\d.]+)/.exec(await shown('stable'))![1]);
  // Twice above the limit the loss grows without end; well below it falls.
  const lossAt = (dt: number): Promise<number> =>
    page.evaluate(async (step) => {
      await mckean.configure({ dynamics: { dt: step } });
      await mckean.pause();
      await mckean.reset();
      const start = mckean.metrics().loss;
      await mckean.step(20);
      return mckean.metrics().loss / start;
    }, dt);
  expect(await lossAt(limit / 2)).toBeLessThan(1);
  expect(await lossAt(4 * limit)).toBeGreaterThan(1);
  await blur(page);
  await page.close();
});

it('on paper are the picture, the settings and the address, and nothing else', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
  await page.evaluate(() => mckean.step(10));
  const { step } = await page.evaluate(() => mckean.metrics());
  await untilInked(page, '#cloud', 0.002); // the shaders of the picture are there
  await page.pdf({ format: 'A4' });
  await page.emulateMediaType('print');
  const visible = await page.$$eval('body > *', (elements) =>
    elements.filter((element) => element.checkVisibility()).map(({ id }) => id),
  );
  expect(visible).toEqual(['print']);
  expect(await text(page, '#print')).toMatch(
    new RegExp(`step${step}t[^]*parameterizationmean-field[^]*#preset=tanh-curve&model\\.width=256`),
  );
  await untilInked(page, '#print canvas', 0.002);
  expect(problems).toEqual([]);
  await page.close();
});

it('a frame of another page shows the run with its buttons, and its window has the page for scripts', async () => {
  const page = await patientPage(browser());
  await page.goto(`${site.address}licences.md`); // another page of the same place, without scripts of its own
  await page.evaluate((source) => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { src: source, width: '600', height: '400', title: 'a run' });
    document.body.replaceChildren(frame);
  }, `${site.address}${SMALL}&mode=bare`);
  await page.waitForFunction(
    () =>
      (document.querySelector('iframe')!.contentWindow as unknown as typeof globalThis).mckean?.state ===
      'running',
  );
  const { n, step } = await page.evaluate(async () => {
    const { mckean: inside } = document.querySelector('iframe')!.contentWindow as unknown as typeof globalThis;
    await inside.pause();
    await inside.reset();
    await inside.step(3);
    return inside.metrics();
  });
  expect([n, step]).toEqual([256, 3]);
  const frame = (await (await page.$('iframe'))!.contentFrame())!;
  expect(await frame.$$eval('#run button', (buttons) => buttons.map(({ textContent }) => textContent))).toEqual(
    ['Play', 'Step', 'Reset'],
  );
  await untilInked(page, 'iframe', 0.005);
  await page.close();
});

it('fingers turn, move and enlarge the cloud, and a key brings the first view back', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
  await page.evaluate(() => mckean.step(5));
  const box = (await (await page.$('#cloud canvas'))!.boundingBox())!;
  const cdp = await page.createCDPSession();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  type Finger = { readonly x: number; readonly y: number };
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Finger[]) =>
    cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map(({ x, y }, id) => ({ x: middle.x + x, y: middle.y + y, id })),
    });
  /** Mean |Δ| of 255: dither and an exposure that settles make 0.16, another view of 256 points above 0.5. */
  const distance = (p: Buffer, q: Buffer): number =>
    p.reduce((sum, value, i) => sum + Math.abs(value - q[i]), 0) / p.length;
  /** What a link says of the camera: nothing where it is as at first. */
  const camera = (): Promise<string> => page.evaluate(() => /camera=([^&]*)/.exec(location.hash)?.[1] ?? '');
  /** Waits until it has moved the camera and made another picture. */
  const gesture = async (before: Buffer, path: readonly (readonly Finger[])[]): Promise<Buffer> => {
    const was = await camera();
    await touch('touchStart', path[0]);
    for (const fingers of path.slice(1)) await touch('touchMove', fingers);
    await touch('touchEnd', []);
    await vi.waitUntil(async () => (await camera()) !== was, WAIT);
    return stillOf(page, '#cloud', (now) => distance(before, now) > 0.5);
  };
  const firstView = async (holds: (now: Buffer) => boolean): Promise<Buffer> => {
    await page.keyboard.press('v');
    await vi.waitUntil(async () => (await camera()) === '', WAIT);
    return stillOf(page, '#cloud', holds);
  };
  const turn = [[{ x: 0, y: 0 }], [{ x: 60, y: 0 }], [{ x: 120, y: 0 }]];
  await untilInked(page, '#cloud', 0.002);
  const turned = await gesture(await stillOf(page, '#cloud'), turn);
  const enlarged = await gesture(turned, [
    [
      { x: -40, y: 0 },
      { x: 40, y: 0 },
    ],
    [
      { x: -80, y: 0 },
      { x: 80, y: 0 },
    ],
    [
      { x: -120, y: 0 },
      { x: 120, y: 0 },
    ],
  ]);
  const moved = await gesture(enlarged, [
    [
      { x: -40, y: 0 },
      { x: 40, y: 0 },
    ],
    [
      { x: -40, y: 60 },
      { x: 40, y: 60 },
    ],
  ]);
  const first = await firstView((now) => distance(moved, now) > 0.5);
  await gesture(first, turn);
  await firstView((now) => distance(first, now) < 0.3);
  expect(problems).toEqual([]);
  await page.close();
});

it('of two books that are asked for at once the last one is open, whichever is loaded first', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}${SMALL}`);
  for (const [first, last] of [
    ['help', 'lecture'],
    ['measure', 'data'],
    ['save', 'lecture'],
  ]) {
    await page.evaluate(
      (...names) => names.forEach((name) => document.getElementById(`${name}-open`)!.click()),
      first,
      last,
    );
    await page.waitForFunction((name) => !document.getElementById(name)!.hidden, {}, last);
    // Both are loaded: a late one has had its chance to come over the other.
    await page.waitForFunction(
      (...names) => names.every((name) => document.getElementById(name)!.childElementCount > 0),
      {},
      first,
      last,
    );
    expect(
      await page.$$eval('article.book', (books) =>
        books.filter((book) => !(book as HTMLElement).hidden).map(({ id }) => id),
      ),
    ).toEqual([last]);
  }
  expect(problems).toEqual([]);
  await page.close();
});
