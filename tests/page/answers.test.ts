/** A page that answers: picked neurons, looking back, tries, and the colours of those who bring their own. */
import type { Page } from 'puppeteer';
import { expect, it } from 'vitest';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { stillOf, untilInked } from '../support/browser/ink.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('bare');
const N = 64;

/** What the first picture does not wait for is there. */
const untilLater = async (page: Page): Promise<void> =>
  void (await page.waitForFunction(() => document.getElementById('timeline')));

/** Paused, and all of it there. */
async function still(hash: string): Promise<Tab> {
  const tab = await openTab(browser(), site.address + hash, (page) =>
    page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
  );
  await untilLater(tab.page);
  return tab;
}
const SMALL = `#preset=tanh-curve&model.width=${N}&engine=cpu`;

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent!);

/** Names and numbers of the card. */
const facts = (page: Page): Promise<Record<string, string>> =>
  page.$eval('#pick dl', (list) => {
    const names = [...list.querySelectorAll('dt')].map((name) => name.textContent);
    const values = [...list.querySelectorAll('dd')].map((value) => value.textContent);
    return Object.fromEntries(names.map((name, k) => [name, values[k]]));
  });
const picked = async (page: Page): Promise<number> =>
  Number(/Neuron ([\d,]+) of/.exec(await text(page, '#pick strong'))![1]);

it('keys pick a neuron, lead to the next and let it go; its numbers are those of θ, its path begins there', async () => {
  const { page, problems } = await still(SMALL);
  await page.evaluate(() => mckean.step(3));
  await page.focus('#cloud canvas');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#pick:not([hidden])');
  const first = await picked(page);
  const theta = await page.evaluate(
    async (row) => Array.from(await mckean.theta()).slice(3 * row, 3 * row + 3),
    first,
  );
  const told = await facts(page);
  const number = (name: string): number => Number(told[name].replace('−', '-'));
  for (const [k, name] of ['output weight w1', 'weight of x', 'bias'].entries())
    expect(Math.abs(number(name) - theta[k])).toBeLessThan(1e-3 * Math.max(1, Math.abs(theta[k])));
  expect(number('|w0|')).toBeCloseTo(Math.hypot(theta[1], theta[2]), 2);
  // its ridge is over f, and goes with it
  const ridge = await stillOf(page, '#fit');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    (was) => !document.querySelector('#pick strong')!.textContent.includes(`Neuron ${was} of`),
    {},
    first,
  );
  await stillOf(page, '#fit', (now) => !now.equals(ridge));
  await page.evaluate(() => mckean.step(5));
  await page.waitForFunction(() => /path since step 3/.test(document.querySelector('#pick p')!.textContent));
  await page.keyboard.press('Escape');
  await page.waitForSelector('#pick[hidden]');
  // and the pointer: a click holds, the button lets go
  const box = (await (await page.$('#cloud'))!.boundingBox())!;
  for (let k = 0; k < 60 && (await page.$('#pick[hidden]')); k++) {
    const [x, y] = [box.x + (0.3 + 0.007 * k) * box.width, box.y + 0.5 * box.height];
    await page.mouse.click(x, y);
    await page.evaluate(() => mckean.theta()); // what was asked of the run is answered
  }
  await page.click('#pick button');
  await page.waitForSelector('#pick[hidden]');
  expect(problems).toEqual([]);
  await page.close();
});

it('the picture of f lights the neurons that make it there, for pointer and keys', async () => {
  const { page, problems } = await still(SMALL);
  await untilInked(page, '#cloud', 0.002);
  const before = await stillOf(page, '#cloud');
  const fit = (await (await page.$('#fit'))!.boundingBox())!;
  await page.mouse.move(fit.x + fit.width / 2, fit.y + fit.height / 2);
  await stillOf(page, '#cloud', (now) => !now.equals(before));
  await page.mouse.move(5, 5);
  await stillOf(page, '#cloud', (now) => now.equals(before));
  await page.focus('#fit .probes input');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() =>
    /^At x = .* neurons make 5\d % of Σ/.test(
      [...document.querySelectorAll('.canvas > [role=status]')].map((one) => one.textContent).join(''),
    ),
  );
  expect(problems).toEqual([]);
  await page.close();
});

it('a neuron that earlier moments do not keep says so there, and is back with “Now”', async () => {
  const { page, problems } = await still('#preset=tanh-curve&model.width=8192&engine=cpu');
  for (let k = 0; k < 2; k++) {
    await page.evaluate(() => mckean.step(1));
    await page.waitForFunction(
      (kept) => Number((document.getElementById('timeline-range') as HTMLInputElement).max) > kept,
      {},
      k + 1,
    );
  }
  await page.focus('#cloud canvas');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#pick:not([hidden])');
  // every second one is kept: an odd one is not
  for (let now = await picked(page); now % 2 === 0; now = await picked(page)) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (was) => !document.querySelector('#pick strong')!.textContent.startsWith(`Neuron ${was} `),
      {},
      now.toLocaleString('en'),
    );
  }
  const neuron = await picked(page);
  const told = await facts(page);
  await page.focus('#timeline-range');
  await page.keyboard.press('Home');
  await page.waitForFunction(() =>
    /4,096 neurons, and this one is not/.test(document.querySelector('#pick p')!.textContent),
  );
  expect([await picked(page), await facts(page)]).toEqual([neuron, {}]);
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('#pick dl')!.childElementCount > 0);
  expect([await picked(page), await facts(page)]).toEqual([neuron, told]);
  expect(problems).toEqual([]);
  await page.close();
});

it('the timeline shows what was: cloud, figures and numbers; whatever is asked of the run goes on from now', async () => {
  const { page, problems } = await still(`${SMALL}&figures=fit,observables`);
  for (let k = 1; k <= 8; k++) {
    await page.evaluate(() => mckean.step(10));
    // the last place of the range is now
    await page.waitForFunction(
      (kept) => Number((document.getElementById('timeline-range') as HTMLInputElement).max) > kept,
      {},
      k,
    );
  }
  const now = await stillOf(page, '#cloud');
  await page.waitForSelector('.moments button');
  await page.focus('#timeline-range');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('#status b')!.textContent === '0');
  expect(await page.evaluate(() => mckean.metrics().step)).toBe(80);
  await stillOf(page, '#cloud', (pixels) => !pixels.equals(now));
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#observables tr')].slice(1).every(({ children: [, then, start] }) => {
      return (
        Math.abs(Number(then.textContent!.replace('−', '-')) - Number(start.textContent!.replace('−', '-'))) <
        2e-4
      );
    }),
  );
  expect(await page.$eval('#timeline-range', (range) => range.getAttribute('aria-valuetext'))).toMatch(
    /^step 0, t = 0/,
  );
  await page.evaluate(() => mckean.step(1));
  await page.waitForFunction(() => document.querySelector('#status b')!.textContent === '81');
  expect(await page.evaluate(() => mckean.metrics().step)).toBe(81);
  expect(await page.$eval('#timeline-range', (range) => range.getAttribute('aria-valuetext'))).toMatch(
    /^now: step 81/,
  );
  expect(problems).toEqual([]);
  await page.close();
});

it('a try sets, runs and stops, and its numbers stand beside; a prediction turns by keys', async () => {
  const { page, problems } = await still(`${SMALL}&chapter=ntk`);
  await page.click('.try-buttons button');
  await page.waitForFunction(() => document.querySelectorAll('.attempts tr').length === 2);
  expect(await page.evaluate(() => [mckean.metrics().step, mckean.state, mckean.config().model.width])).toEqual(
    [50, 'paused', 1024],
  );
  const cells = await page.$$eval('.attempts tr:last-child > *', (all) => all.map((cell) => cell.textContent!));
  expect(cells.slice(0, 2)).toEqual(['1,024 neurons', '50']);
  expect(Number(cells[2])).toBeCloseTo(await page.evaluate(() => mckean.metrics().loss), 3);
  await page.focus('.prediction input');
  await page.keyboard.press('ArrowLeft');
  expect(await page.$eval('.prediction input', (range) => range.getAttribute('aria-valuetext'))).toBe('−0.05');
  await page.$$eval('.why', (all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
  await page.waitForFunction(() =>
    /n\^\(−0\.5\)/.test(document.querySelector('#lecture .why p')?.textContent ?? ''),
  );
  expect(problems).toEqual([]);
  await page.close();
});

it('who comes first is told what a point is; a figure is enlarged and kept', async () => {
  const { page, problems } = await openTab(browser(), site.address);
  await page.waitForSelector('#welcome');
  const n = await page.evaluate(() => mckean.metrics().n.toLocaleString('en'));
  expect(await text(page, '#welcome')).toContain(`there are ${n}`);
  await page.$eval('#welcome button:last-child', (button) => (button as HTMLElement).click());
  await page.reload();
  await page.evaluate(() => mckean.ready);
  await untilLater(page);
  expect(await page.$('#welcome')).toBeNull();
  await page.evaluate(() => mckean.pause());
  const enlarge = (): Promise<void> =>
    page.$eval('#fit-figure figcaption button:last-child', (one) => (one as HTMLElement).click());
  await enlarge();
  await page.waitForSelector('dialog[open] #fit');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#figures #fit');
  await enlarge();
  await page.waitForSelector('dialog[open] .enlarged-bar button');
  await untilInked(page, 'dialog #fit', 0.005);
  await page.click('.enlarged-bar button');
  await page.waitForSelector('#pins canvas');
  expect(await text(page, '#pins figcaption')).toMatch(
    /tanh-curve, tanh, mean-field, n = [\d,]+, seed 1, step/,
  );
  await untilInked(page, '#pins canvas', 0.005);
  expect(problems).toEqual([]);
  await page.close();
});

it('forced colours keep what a colour alone tells: the key of the signs, and which book is open', async () => {
  const { page, problems } = await still(`${SMALL}&chapter=ntk`);
  const cdp = await page.createCDPSession();
  await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  const grounds = await page.$$eval('#legend .cloud-legend > span > span:first-child', (dots) =>
    dots.map((dot) => getComputedStyle(dot).backgroundColor),
  );
  expect(new Set(grounds).size).toBe(2);
  const open = await page.$$eval('#books button', (buttons) =>
    buttons.map((button) => [button.getAttribute('aria-expanded'), getComputedStyle(button).backgroundColor]),
  );
  const [ground] = open.filter(([state]) => state === 'true').map(([, colour]) => colour);
  expect(open.filter(([, colour]) => colour === ground)).toHaveLength(1);
  await page.focus('#cloud canvas');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#pick:not([hidden])');
  expect(await page.$eval('#pick', (card) => getComputedStyle(card).borderTopStyle)).toBe('solid');
  expect(problems).toEqual([]);
  await page.close();
});
