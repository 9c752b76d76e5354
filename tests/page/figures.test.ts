/** The figures that one chooses: their numbers against the definition, the menu, the link. */
import Papa from 'papaparse';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tabulate } from '../../src/core/datasets.ts';
import { Downloads } from '../support/browser/downloads.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { untilInked } from '../support/browser/ink.ts';
import { WAIT } from '../support/patience.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('webgl'); // the CPU engine opens soonest
let files: Downloads;
beforeAll(async () => {
  files = await Downloads.into(browser());
});

type Row = Record<string, number | string>;

/** What the figure of that name saves, once its title matches. */
async function rows(page: Page, name: string, title: RegExp): Promise<Row[]> {
  await page.waitForFunction(
    (id, source) => new RegExp(source).test(document.getElementById(`${id}-title`)?.textContent ?? ''),
    {},
    name,
    title.source,
  );
  const { bytes } = await files.ofEither(() =>
    page.evaluate(
      (id) => document.querySelector<HTMLButtonElement>(`#${id}-figure figcaption button`)!.click(),
      name,
    ),
  );
  return Papa.parse<Row>(bytes.toString('utf8'), { header: true, dynamicTyping: true, skipEmptyLines: true })
    .data;
}

const N = 512;
const STEPS = 20;
/** θ_j = (w1, w of x, bias). */
const split = (theta: readonly number[]): [number, number, number][] =>
  Array.from({ length: theta.length / 3 }, (_, j) => theta.slice(3 * j, 3 * j + 3) as [number, number, number]);

describe('one input with bias, 512 neurons', () => {
  let tab: Tab;
  let start: [number, number, number][];
  let now: [number, number, number][];
  beforeAll(async () => {
    tab = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&model.width=${N}&figures=marginals,kernel,velocity,neurons`,
    );
    const theta = await tab.page.evaluate(async (steps) => {
      await mckean.pause();
      await mckean.reset();
      const first = Array.from(await mckean.theta());
      await mckean.step(steps);
      return { first, last: Array.from(await mckean.theta()) };
    }, STEPS);
    [start, now] = [split(theta.first), split(theta.last)];
  });
  afterAll(() => tab.page.close());

  it('marginals are shares of the neurons in each bin, now and at the start', async () => {
    const all = await rows(tab.page, 'marginals', new RegExp(`step ${STEPS} `));
    const inside = (list: readonly [number, number, number][], c: number, { from, to }: Row): number =>
      list.filter((theta) => theta[c] >= Number(from) && theta[c] < Number(to)).length / N;
    for (const [c, component] of ['output weight w1', 'weight of x', 'bias'].entries()) {
      const bins = all.filter((row) => row.component === component);
      expect(bins).toHaveLength(48);
      for (const [column, list] of [
        ['now', now],
        ['start', start],
      ] as const) {
        for (const bin of bins) {
          const share = Number(bin[column]) * (Number(bin.to) - Number(bin.from));
          // a neuron on an edge, by rounding, is in the next bin
          expect(Math.abs(share - inside(list, c, bin))).toBeLessThan(1.5 / N);
        }
      }
    }
    await untilInked(tab.page, '#marginals', 0.02);
  });

  it('the kernel is Σ ∂f ∂f over the parameters, and its title tells the distance from that of the start', async () => {
    const saved = await rows(tab.page, 'kernel', new RegExp(`step ${STEPS}:`));
    const { x } = tabulate('curve');
    // f = (1/n) Σ w1 tanh(u x + v): the gradient with respect to (w1, u, v) of each neuron.
    const kernel = (list: readonly [number, number, number][], p: number, q: number): number =>
      list.reduce((sum, [w1, u, v]) => {
        const [hp, hq] = [Math.tanh(u * p + v), Math.tanh(u * q + v)];
        return sum + (hp * hq + w1 * w1 * (1 - hp * hp) * (1 - hq * hq) * (p * q + 1)) / N ** 2;
      }, 0);
    expect(saved).toHaveLength(96 ** 2);
    let change = 0;
    let size = 0;
    for (const { row, column, K } of saved) {
      const [p, q] = [x[Number(row)], x[Number(column)]];
      const K0 = kernel(start, p, q);
      const K1 = kernel(now, p, q);
      expect(Math.abs(Number(K) / K1 - 1)).toBeLessThan(1e-5); // θ was copied in float32
      change += (K1 - K0) ** 2;
      size += K0 ** 2;
    }
    const told = /‖ = ([\d.]+)/.exec(await tab.page.$eval('#kernel-title', (title) => title.textContent!))![1];
    expect(Number(told)).toBeCloseTo(Math.sqrt(change / size), 2);
  });

  it('the velocity is minus the gradient of a neuron’s potential', async () => {
    const saved = await rows(tab.page, 'velocity', new RegExp(`step ${STEPS},`));
    const { x, y } = tabulate('curve');
    const title = await tab.page.$eval('#velocity-title', (element) => element.textContent!);
    const w1 = Number(/w1 = ([\d.]+)/.exec(title)![1]);
    const r = Array.from(
      x,
      (p, a) => now.reduce((sum, [w, u, v]) => sum + (w * Math.tanh(u * p + v)) / N, 0) - y[a],
    );
    /** V(θ) = (1/m) Σ r w1 tanh(u x + v). */
    const potential = (u: number, v: number): number =>
      Array.from(x).reduce((sum, p, a) => sum + (r[a] * w1 * Math.tanh(u * p + v)) / x.length, 0);
    const h = 1e-4;
    const sized = Math.max(...saved.map((row) => Number(row['|b|'])));
    expect(saved).toHaveLength(21 ** 2);
    for (const row of saved.filter((_, k) => k % 17 === 0)) {
      const [u, v] = [Number(row['weight of x']), Number(row.bias)];
      const [bu, bv] = [
        -(potential(u + h, v) - potential(u - h, v)) / (2 * h),
        -(potential(u, v + h) - potential(u, v - h)) / (2 * h),
      ];
      // The title tells w1 with three digits.
      expect(Math.abs(Number(row['b along weight of x']) - bu)).toBeLessThan(0.01 * sized);
      expect(Math.abs(Number(row['b along bias']) - bv)).toBeLessThan(0.01 * sized);
    }
  });

  it('the table lists the largest neurons in order, with headers, and quantiles of each component', async () => {
    await tab.page.waitForFunction(
      (step) => document.querySelector('#neurons caption')!.textContent!.includes(`at step ${step};`),
      {},
      STEPS,
    );
    const saved = await rows(tab.page, 'neurons', /numbers/);
    const size = ([w1, u, v]: [number, number, number]): number => Math.abs(w1) * Math.hypot(u, v);
    const order = Array.from(now.keys())
      .sort((p, q) => size(now[q]) - size(now[p]))
      .slice(0, 20);
    expect(saved.map(({ neuron }) => neuron)).toEqual(order);
    expect(saved.map((row) => row['output weight w1'])).toEqual(order.map((j) => now[j][0]));
    const tables = await tab.page.$$eval('#neurons table', (all) =>
      all.map((table) => ({
        columns: [...table.tHead!.rows[0].cells].map(({ textContent, scope }) => [textContent, scope]),
        rows: [...table.tBodies[0].rows].map((row) => [
          row.cells[0].scope,
          ...[...row.cells].map(({ textContent }) => textContent!),
        ]),
      })),
    );
    expect(tables.map(({ columns }) => new Set(columns.map(([, scope]) => scope)))).toEqual([
      new Set(['col']),
      new Set(['col']),
    ]);
    expect(tables[0].rows).toHaveLength(20);
    const median = now
      .map(([w1]) => w1)
      .sort((p, q) => p - q)
      .slice(N / 2 - 1, N / 2 + 1)
      .reduce((sum, w1) => sum + w1 / 2, 0);
    const [scope, name, ...values] = tables[1].rows[0];
    expect([scope, name]).toEqual(['row', 'output weight w1']);
    expect(Number(values[3].replace('−', '-'))).toBeCloseTo(median, 3);
    expect(tab.problems).toEqual([]);
  });
});

it('figures are ticked by key, stay in the link, and go again; the velocity is not for three inner weights', async () => {
  const { page, problems } = await openTab(browser(), `${site.address}#preset=moons&model.width=256`);
  const shown = (): Promise<string[]> =>
    page.$$eval('.side figure', (all) => all.map(({ id }) => id.replace('-figure', '')));
  expect(await shown()).toEqual(['fit', 'loss', 'density', 'observables']);
  await page.focus('.figure-menu summary');
  await page.keyboard.press('Enter');
  await page.focus('.figure-menu input[name=velocity]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.waitForFunction(() =>
    location.hash.includes('figures=fit%2Closs%2Cdensity%2Cvelocity%2Cneurons%2Cobservables'),
  );
  expect(await shown()).toEqual(['fit', 'loss', 'density', 'velocity', 'neurons', 'observables']);
  await page.waitForFunction(() => document.getElementById('velocity-figure')!.hidden);
  const again = await openTab(browser(), page.url());
  expect(await again.page.$$eval('.figure-menu input:checked', (boxes) => boxes.length)).toBe(6);
  await again.page.close();
  for (const name of ['velocity', 'neurons']) await page.click(`.figure-menu input[name=${name}]`);
  await page.waitForFunction(() => !location.hash.includes('figures'));
  expect(await shown()).toEqual(['fit', 'loss', 'density', 'observables']);
  expect(problems).toEqual([]);
  await page.close();
});

it('a teacher’s rays and the tails of neurons are drawn over the cloud when they are asked for', async () => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#data={"dataset":"circle-teacher"}&model.activation=relu&model.bias=false&model.width=256&dynamics.dt=0.5`,
  );
  await page.evaluate(() => mckean.pause());
  const over = (): Promise<number> =>
    page.$eval('#cloud canvas + canvas', (canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
      return data.filter((value, i) => i % 4 === 3 && value > 60 && Math.abs(data[i - 3] - data[i - 1]) > 60)
        .length; // orange or blue
    });
  const tick = async (key: string): Promise<void> => {
    const box = await page.waitForSelector(`[data-key=${key}] input`); // the settings come after the run
    await box!.evaluate((input) => (input as HTMLInputElement).click());
  };
  expect(await over()).toBe(0);
  await tick('teacher');
  await vi.waitUntil(async () => (await over()) > 100, WAIT);
  const rays = await over();
  await tick('tails');
  await vi.waitUntil(async () => {
    await page.evaluate(() => mckean.step(5));
    return (await over()) > rays + 100;
  }, WAIT);
  await tick('teacher');
  await tick('tails');
  await vi.waitUntil(async () => (await over()) === 0, WAIT);
  expect(problems).toEqual([]);
  await page.close();
});

it('a paper’s preset opens along its own axes with its teacher over the cloud, and another goes back to the usual', async () => {
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#preset=saad-solla&model.width=8&engine=cpu`,
  );
  await page.evaluate(() => mckean.pause());
  const reads = (words: string): Promise<unknown> =>
    page.waitForFunction((text) => document.getElementById('reading')!.textContent.includes(text), {}, words);
  const boxes = async (): Promise<boolean[]> => {
    await page.waitForSelector('[data-key=tails] input');
    return page.$$eval(':is([data-key=teacher], [data-key=tails]) input', (inputs) =>
      inputs.map((input) => (input as HTMLInputElement).checked),
    );
  };
  await reads('⟨w0, u1⟩ across, ⟨w0, u2⟩ up.');
  await vi.waitUntil(async () => (await boxes()).join() === 'true,true', WAIT);
  expect(await page.evaluate(() => location.hash)).not.toMatch(/axes|stretch/);
  await page.evaluate(() => mckean.configure({ preset: 'mmn-isotropic', model: { width: 64 } }));
  await reads('weight of x1 across, weight of x2 up. It is drawn as far from 0 as |w0| is long.');
  await vi.waitUntil(async () => (await boxes()).join() === 'false', WAIT);
  await page.evaluate(() => mckean.configure({ preset: 'moons', model: { width: 64 } }));
  await reads('weight of x1 across, weight of x2 up, output weight w1 towards you');
  await page.close();

  // a link's axes and its distance from 0 count for more, and are said again
  const link = `${site.address}#preset=saad-solla&model.width=8&engine=cpu&axes=u2%2C0%2Cnone&stretch=w0`;
  const other = await openTab(browser(), link);
  await other.page.waitForFunction(() =>
    document
      .getElementById('reading')!
      .textContent.includes('⟨w0, u2⟩ across, weight of x1 up. It is drawn as far'),
  );
  expect(await other.page.evaluate(() => location.href)).toBe(link);
  await other.page.close();
  const wrong = await openTab(browser(), `${site.address}#preset=saad-solla&model.width=8&axes=u3%2C0%2Cnone`);
  await wrong.page.waitForFunction(() =>
    document
      .getElementById('notice')!
      .textContent.includes(
        'axes = u3,0,none could not be used: the directions of the target are u1 to u2 here.',
      ),
  );
  await wrong.page.close();
  expect([problems, other.problems, wrong.problems]).toEqual([[], [], []]);
});

it('with a penalty the objective stands beside the loss, in the title, the chart and the file', async () => {
  const [ofOuter, ofInner] = [0.02, 0.01];
  const { page, problems } = await openTab(
    browser(),
    `${site.address}#preset=tanh-curve&model.width=64&engine=cpu&dynamics.penalty={"ridge":[${ofOuter},${ofInner}]}`,
  );
  await page.evaluate(() => mckean.pause());
  await page.evaluate(() => mckean.step(5));
  const { theta, loss } = await page.evaluate(async () => ({
    theta: [...(await mckean.theta())],
    loss: mckean.metrics().loss,
  }));
  const squares = (outer: boolean): number =>
    theta.reduce((sum, value, i) => ((i % 3 === 0) === outer ? sum + value ** 2 : sum), 0);
  const wanted = loss + (ofOuter * squares(true) + ofInner * squares(false)) / 2 / 64;
  const found = await rows(page, 'loss', new RegExp(`the objective, .* is ${wanted.toPrecision(4)}`));
  const last = found.findLast(({ objective }) => typeof objective === 'number')!;
  expect(Number(last['objective'])).toBeCloseTo(wanted, 5);
  expect(problems).toEqual([]);
  await page.close();
});
