/** The page end to end, in a browser with WebGPU (in software), without it, and without WebGL as well. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { describe, expect, it } from 'vitest';
import { COUNT_PICTURES } from '../../bench/frame/page.ts';
import { decodeNpy } from '../../src/io/npy.ts';
import { CHAPTERS } from '../../src/app/lecture/chapters.ts';
import { CHAPTER_IDS } from '../../src/app/lecture/ids.ts';
import { PAPER_NAMES, PAPERS } from '../../src/experiments/papers/registry.ts';
import { PRESET_NAMES, PRESETS, resolveConfig } from '../../src/experiments/presets.ts';
import { commandLineRun } from '../support/browser/command-line.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { untilInked } from '../support/browser/ink.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();

/** max |Δθ| over the rms of θ (docs/model.md, Errors of a method). */
function trajectoryError(theta: ArrayLike<number>, reference: ArrayLike<number>): number {
  let worst = 0;
  let square = 0;
  for (let i = 0; i < reference.length; i++) {
    worst = Math.max(worst, Math.abs(theta[i] - reference[i]));
    square += reference[i] ** 2 / reference.length;
  }
  return worst / Math.sqrt(square);
}

/** θ of the same configuration from the command line's float64 engine. */
function commandLineTheta(config: object, steps: number): ArrayLike<number> {
  const { dynamics } = config as { dynamics: object };
  const out = commandLineRun({ ...config, dynamics: { ...dynamics, steps } });
  return decodeNpy(readFileSync(join(out, 'theta.npy'))).data;
}

/** Whether the cloud is coloured by speed, as those hear who cannot see it. */
const bySpeed = (page: Page): Promise<boolean> =>
  page.$eval('#cloud [aria-label]', (cloud) => /the faster it moves/.test(cloud.getAttribute('aria-label')!));

const CURVE_CSV = [
  'x,label,y',
  ...Array.from({ length: 40 }, (_, i) => `${i / 20 - 1},a,${Math.cos((3 * i) / 20)}`),
  '',
].join('\r\n');

async function pick(page: Page, text: string): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'mckean-csv-')), 'points.csv');
  writeFileSync(path, text);
  await (await page.$('input#file'))!.uploadFile(path);
}

async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'points.csv', { type: 'text/csv' }));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
}

describe('with WebGPU', () => {
  const browser = browserOf('webgpu');

  it.each(PRESET_NAMES)(
    'preset %s starts by itself and moves without any error, one of finite data to a lower loss',
    async (name) => {
      const { page, problems } = await openTab(browser(), `${site.address}#preset=${name}&model.width=256`);
      const first = await page.evaluate(() => mckean.metrics());
      expect(first.engine).toBe('webgpu');
      expect(first.n).toBe(256);
      await page.evaluate(() => mckean.step(10));
      const { loss, step, t } = await page.evaluate(() => mckean.metrics());
      expect(step).toBeGreaterThanOrEqual(first.step + 10);
      expect(t).toBeCloseTo(step * PRESETS[name].config.dynamics.dt, 9);
      const later = await page.evaluate(async () => Array.from(await mckean.theta()));
      await page.evaluate(() => mckean.reset());
      const start = await page.evaluate(async () => Array.from(await mckean.theta()));
      expect(later.every(Number.isFinite)).toBe(true);
      expect(later.some((value, i) => value !== start[i])).toBe(true);
      // a stream has another batch at each step, whose loss tells little after so few
      if (!('stream' in PRESETS[name].config.dynamics))
        expect(await page.evaluate(() => mckean.metrics().loss)).toBeGreaterThan(loss);
      await untilInked(page, '#cloud', 0.002);
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  it('the lecture turns through its chapters, sets each scene, and a link to a chapter opens it', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#chapter=measure`);
    expect(await page.$eval('#lecture h2', (title) => title.textContent)).toBe(CHAPTERS.measure.title);
    expect((await page.evaluate(() => mckean.metrics())).n).toBe(256);
    await page.select('#lecture select', 'ntk');
    for (const [i, id] of CHAPTER_IDS.entries()) {
      if (i > 0)
        await page.evaluate(() =>
          (document.querySelector('.lecture-ends button:last-child') as HTMLButtonElement).click(),
        );
      await page.waitForFunction(
        (wanted) => location.hash.includes(`chapter=${wanted}`) && mckean.state === 'running',
        {},
        id,
      );
      await page.waitForFunction(
        (scene) => scene === JSON.stringify(mckean.config().parameterization),
        {},
        JSON.stringify(resolveConfig(CHAPTERS[id].scene).parameterization),
      );
      expect(
        await page.$eval('#lecture .formula', (formula) => formula.querySelectorAll('math').length),
      ).toBeGreaterThan(1);
      await page.waitForFunction(() => {
        const { scrollWidth, clientWidth } = document.querySelector('#lecture .formula')!;
        return scrollWidth <= clientWidth;
      });
      expect(await bySpeed(page)).toBe(CHAPTERS[id].colour === 'speed');
    }
    await page.evaluate(() => (document.querySelector('.lecture-bar button') as HTMLButtonElement).click());
    expect(
      await page.evaluate(() => [
        document.getElementById('lecture')!.hidden,
        location.hash.includes('chapter'),
      ]),
    ).toEqual([true, false]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('the chapter of the papers has each of their experiments, with its source, and shows it run', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#chapter=papers&model.width=64`);
    const titles = await page.$$eval('#lecture .scene summary', (all) => all.map((one) => one.textContent));
    expect(titles).toEqual(PAPER_NAMES.map((name) => PAPERS[name].title));
    const scene = `#lecture .scene:nth-child(${1 + PAPER_NAMES.indexOf('nitanda-classify')} of .scene)`;
    await page.$eval(scene, (details) => ((details as HTMLDetailsElement).open = true));
    await page.waitForSelector(`${scene} a[href^="https://arxiv.org/"]`);
    expect(await page.$eval(`${scene} .look`, (line) => line.textContent)).toMatch(/^Look: /);
    await page.$eval(`${scene} button`, (run) => run.click());
    await page.waitForFunction(
      () => mckean.config().preset === 'nitanda-classify' && mckean.metrics().step > 0,
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  it("a link to a chapter has its colours, or the link's own, and what is chosen stays when the book is closed", async () => {
    const see = async (hash: string): Promise<[bySpeed: boolean, hash: string]> => {
      const { page, problems } = await openTab(browser(), `${site.address}#${hash}`);
      const seen = await bySpeed(page);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !location.hash.includes('chapter'));
      expect([await bySpeed(page), problems]).toEqual([seen, []]);
      const left = await page.evaluate(() => location.hash);
      await page.close();
      return [seen, left];
    };
    expect(await see('chapter=mckean-vlasov')).toEqual([true, expect.stringContaining('colour=speed')]);
    expect(await see('chapter=mckean-vlasov&colour=sign')).toEqual([false, expect.anything()]);
  });

  it('one input without bias: the density of the PDE follows the cloud to its time, and goes when there is none', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#model.width=1024&model.bias=false&dynamics.dt=0.5`,
    );
    await page.evaluate(() => mckean.step(4));
    const { t } = await page.evaluate(() => mckean.metrics());
    await page.waitForFunction(
      (time) => document.getElementById('density-title')!.textContent!.includes(`t = ${time}:`),
      {},
      t.toPrecision(4),
    );
    await untilInked(page, '#density', 0.02);
    await page.evaluate(() => mckean.configure({ model: { bias: true } }));
    expect(await page.$eval('#density-figure', (figure) => (figure as HTMLElement).hidden)).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a law is measured on the page, with its slope and verdict; spoiled on purpose it fails; it can be stopped', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#model.width=256`);
    await page.keyboard.press('m');
    await page.waitForSelector('#measure select');
    const press = (text: string) =>
      page.evaluate(
        (wanted) =>
          [...document.querySelectorAll<HTMLButtonElement>('#measure button')]
            .find(({ textContent }) => textContent === wanted)!
            .click(),
        text,
      );
    const verdict = async (): Promise<string> => {
      await page.waitForFunction(() => document.querySelector('#measure .state')!.textContent!.endsWith('.'));
      return page.$eval('#measure .state', (state) => state.textContent!);
    };
    await page.select('#measure select', 'energy');
    await press('Measure');
    expect(await verdict()).toMatch(/^The law holds, in [\d.]+ s on CPU/);
    expect(await page.evaluate(() => mckean.state)).toBe('paused');
    expect(await page.$$eval('#measure td.passed', (cells) => cells.length)).toBe(3);
    await untilInked(page, '#measure .rate', 0.001);
    await page.click('#measure input[type=checkbox]');
    await press('Measure');
    expect(await verdict()).toMatch(/^The law does not hold/);
    await page.select('#measure select', 'exponents');
    await press('Measure');
    await page.waitForFunction(() => document.querySelector('#measure .state')!.textContent!.includes('%'));
    await press('Stop');
    expect(await verdict()).toBe('Stopped.');
    await page.select('#measure select', 'mmn-two-fates');
    await page.waitForSelector('#measure .law a[href^="https://arxiv.org/"]');
    await press('Show it run');
    await page.waitForFunction(() => mckean.config().preset === 'mmn-two-fates' && mckean.metrics().n === 800);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('temperature and frozen layers take effect at once, and keep θ', async () => {
    const { page } = await openTab(browser(), `${site.address}#model.width=256`);
    await page.evaluate(() => mckean.pause());
    const change = async (dynamics: object): Promise<{ w1: number; w0: number }> =>
      page.evaluate(async (partial) => {
        await mckean.configure({ dynamics: partial });
        const before = await mckean.theta();
        await mckean.step(1);
        const after = await mckean.theta();
        const moved = (of: (component: number) => boolean): number =>
          after.reduce((most, value, i) => (of(i % 3) ? Math.max(most, Math.abs(value - before[i])) : most), 0);
        return { w1: moved((c) => c === 0), w0: moved((c) => c > 0) };
      }, dynamics);
    const frozen = await change({ rates: { w1: 1, w0: 0 } });
    expect([frozen.w0, frozen.w1 > 0]).toEqual([0, true]);
    // √(2·4·dt) times the greatest of 512 normal numbers
    expect((await change({ rates: { w1: 1, w0: 1 }, temperature: 4 })).w0).toBeGreaterThan(2);
    await page.close();
  });

  it('a link holds the run: preset, width, seed and step size, and gives it again to the bit', async () => {
    const { page } = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&model.width=300&initial.seed=7&dynamics.dt=0.25`,
    );
    await page.evaluate(() => mckean.configure({ parameterization: { a: 0.75, kappa: 0.5 } }));
    const config = await page.evaluate(() => mckean.config());
    expect(config).toMatchObject({
      model: { width: 300 },
      initial: { seed: 7 },
      dynamics: { dt: 0.25 },
      parameterization: { a: 0.75, kappa: 0.5 },
    });
    const again = await openTab(browser(), await page.evaluate(() => location.href));
    expect(await again.page.evaluate(() => mckean.config())).toEqual(config);
    const after = (tab: Page): Promise<number[]> =>
      tab.evaluate(async () => {
        await mckean.pause();
        await mckean.reset();
        await mckean.step(7);
        return [...(await mckean.theta())];
      });
    expect(await after(again.page)).toEqual(await after(page)); // to the bit
    await page.close();
    await again.page.close();
  });

  it('another link in an open tab opens what it says, and so does the step back', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#preset=moons&model.width=64`);
    const gone = async (go: () => unknown, width: number) => {
      await page.evaluate(go);
      await page.waitForFunction((n) => mckean.state === 'running' && mckean.metrics().n === n, {}, width);
    };
    await gone(() => (location.hash = 'preset=moons&model.width=96'), 96);
    await gone(() => history.back(), 64);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('configure rejects what is not valid and changes nothing', async () => {
    const { page } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=300`);
    await page.evaluate(() => mckean.step(3));
    const before = await page.evaluate(() => [mckean.config(), mckean.metrics()] as const);
    for (const bad of [
      { dynamics: { dt: -1 } },
      { modell: {} },
      { model: { width: 1e12 } },
      { method: 'sector' },
    ]) {
      const message = await page.evaluate(
        (partial) =>
          mckean.configure(partial).then(
            () => 'accepted',
            (error: Error) => error.message,
          ),
        bad,
      );
      expect(message).not.toBe('accepted');
    }
    expect(await page.evaluate(() => [mckean.config(), mckean.metrics()] as const)).toEqual(before);
    await page.close();
  });

  it('a changed dt keeps θ and t; a changed parameterization keeps θ; a changed seed starts again', async () => {
    const { page } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=300`);
    const at = () =>
      page.evaluate(async () => ({ ...mckean.metrics(), theta: Array.from(await mckean.theta()) }));
    await page.evaluate(async () => {
      await mckean.pause();
      await mckean.reset();
      await mckean.step(4);
    });
    const four = await at();
    await page.evaluate(() => mckean.configure({ dynamics: { dt: 0.125 } }));
    expect(await at()).toEqual(four);
    await page.evaluate(() => mckean.step(2));
    expect((await at()).t).toBeCloseTo(4 * PRESETS['tanh-curve'].config.dynamics.dt + 2 * 0.125, 12);
    const six = await at();
    await page.evaluate(() => mckean.configure({ parameterization: 'compensated' }));
    expect((await at()).theta).toEqual(six.theta);
    await page.evaluate(() => mckean.configure({ initial: { seed: 9 } }));
    expect((await at()).step).toBe(0);
    expect((await at()).theta).not.toEqual(six.theta);
    await page.close();
  });

  it.each(['picked', 'dropped'])("a CSV %s on the page gives the command line's θ", async (how) => {
    const { page, problems } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=777`);
    await page.evaluate(() => mckean.pause());
    await (how === 'picked' ? pick(page, `\uFEFF${CURVE_CSV}`) : drop(page, `\uFEFF${CURVE_CSV}`));
    await page.waitForFunction(() => mckean.metrics().m === 40);
    await page.evaluate(() => mckean.step(40));
    const theta = await page.evaluate(async () => Array.from(await mckean.theta()));
    expect(
      trajectoryError(theta, commandLineTheta(await page.evaluate(() => mckean.config()), 40)),
    ).toBeLessThan(1.5e-5);
    expect(await page.$eval('#notice', (notice) => notice.textContent)).toMatch(/40 rows, y from x.*label/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a CSV that cannot be used is refused with its line and column, and the run stays', async () => {
    const { page } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=300`);
    await pick(page, 'x,y\n1,2\n3,four\n');
    await page.waitForFunction(() => document.getElementById('notice')!.textContent!.includes('points.csv'));
    expect(await page.$eval('#notice', (notice) => notice.textContent)).toMatch(/line 3, column "y"/);
    expect(await page.evaluate(() => mckean.config().preset)).toBe('tanh-curve');
    await page.close();
  });

  it('16 384 neurons read back less than 100 kB at a time with the page drawing; θ, and samples of it, now and then', async () => {
    const { page } = await openTab(
      browser(),
      `${site.address}#preset=tanh-curve&model.width=16384`,
      async (fresh) => {
        await fresh.evaluateOnNewDocument(() => {
          const counted = globalThis as unknown as { readBack: number[] };
          counted.readBack = [];
          const original = GPUBuffer.prototype.mapAsync;
          GPUBuffer.prototype.mapAsync = function (mode, offset, size) {
            if (mode === GPUMapMode.READ) counted.readBack.push(size ?? this.size - (offset ?? 0));
            return original.call(this, mode, offset, size);
          };
        });
      },
    );
    const readBack = (): Promise<number[]> => page.evaluate('readBack') as Promise<number[]>;
    const before = (await readBack()).length;
    await page.evaluate(() => mckean.step(200));
    const all = await readBack();
    const THETA = 16_384 * 16;
    const [copies, others] = [all.filter((bytes) => bytes >= THETA), all.filter((bytes) => bytes < THETA)];
    expect(all.length).toBeGreaterThan(before);
    // 4 096 neurons and their speeds: a moment that the timeline keeps
    expect(Math.max(...others)).toBeLessThan(100_000);
    // once a second at most: of a machine that takes a hundred times as long as a second for 200 steps
    expect(copies.length).toBeLessThan(100);
    expect(others.filter((bytes) => bytes > 2_048).length).toBeLessThan(200);
    await page.close();
  });
});

describe.each([
  ['without WebGPU', 'webgl', 'WebGL'],
  ['without WebGPU and WebGL', 'bare', '2-D canvas'],
] as const)('%s', (_, machine, renderer) => {
  const browser = browserOf(machine);

  it(`20 000 neurons move and are drawn on ${renderer}, again and again; the page says what it uses and why (8, 35)`, async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#model.width=20000`, // what a page chooses depends on the machine
      async (fresh) => void (await fresh.evaluateOnNewDocument(COUNT_PICTURES)),
    );
    const { n, engine, precision } = await page.evaluate(() => mckean.metrics());
    expect(engine).toMatch(/^cpu(32)?$/);
    expect(precision).toMatch(/float/);
    expect(n).toBe(20_000);
    // A worker says late that it has no WebGL, and what it has drawn.
    await page.waitForFunction(
      (text) => new RegExp(`draws ${text}(?!, 0 of them)`).test(document.querySelector('#status')!.textContent),
      {},
      renderer,
    );
    expect(await page.$eval('#notice', (notice) => notice.textContent)).toMatch(/CPU computes: .*WebGPU/);
    // How many a second: npm run bench:page.
    await page.evaluate(`pictures = 0; first = mckean.metrics().step`);
    await page.waitForFunction('pictures >= 3 && mckean.metrics().step > first + 3');
    await untilInked(page, '#cloud', 0.005);
    expect(problems).toEqual([]);
    await page.close();
  });
});
