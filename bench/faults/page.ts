/** Faults in the page, and how long it takes to be itself again: milliseconds by the page's own clock. */
import type { Browser, Page } from 'puppeteer';
import { launch, MACHINES } from '../../tests/support/browser/browser.ts';
import { FAULTS } from '../../tests/support/browser/faults.ts';
import { COUNT_PICTURES, serveBuilt } from '../frame/page.ts';
import type { Held } from '../held.ts';

/** Text: tools rename functions. until(state) resolves to the time at which it held. */
const CLOCK = `
  globalThis.devices = [];
  const own = globalThis.GPUAdapter?.prototype;
  const requestDevice = own?.requestDevice;
  if (own) own.requestDevice = async function (...given) {
    const device = await requestDevice.apply(this, given);
    devices.push(device);
    return device;
  };
  globalThis.until = (holds) => new Promise((resolve) => (function look() {
    let is = false;
    try { is = holds(); } catch { /* still loading */ }
    if (is) resolve(performance.now()); else setTimeout(look, 1);
  })());
  globalThis.onCpu = () => mckean.metrics().engine.startsWith('cpu') && mckean.metrics().step > 0;`;
const SILENT = `
  GPU.prototype.requestAdapter = () => new Promise(() => undefined);`;
const UNENDING = `
  GPUQueue.prototype.onSubmittedWorkDone = () => new Promise(() => undefined);`;

interface Tab {
  readonly browser: Browser;
  readonly page: Page;
}

interface Case {
  readonly what: string;
  readonly on: keyof typeof MACHINES;
  readonly hash?: string;
  readonly fault?: string;
  readonly limit: number;
  readonly unit?: string;
  readonly least?: boolean;
  readonly measure: (tab: Tab) => Promise<number>;
}

const timed = (page: Page, text: string): Promise<number> => page.evaluate(text) as Promise<number>;
/** From the start of the navigation. */
const cpuSteps = ({ page }: Tab): Promise<number> => timed(page, 'until(onCpu)');

async function crash({ browser, page }: Tab): Promise<void> {
  await page.evaluate(
    `globalThis.since = performance.now(); void devices.at(-1).lost.then(() => (lostAfter = performance.now() - since))`,
  );
  const session = await browser.target().createCDPSession();
  void session.send('Browser.crashGpuProcess').catch(() => undefined); // who answers may be gone
}

const CASES: readonly Case[] = [
  {
    what: '(1) a device lost at step 3 000: paused there again',
    on: 'webgpu',
    limit: 2000,
    measure: async ({ page }) => {
      await page.evaluate(() => mckean.pause().then(() => mckean.step(3000)));
      return timed(
        page,
        `(async () => { const from = performance.now(); devices.at(-1).destroy();
          return (await until(() => devices.length > 1 && mckean.state === 'paused')) - from; })()`,
      );
    },
  },
  {
    what: '(2) a crash of the graphics process: seen',
    on: 'webgpu',
    limit: 250,
    measure: async (tab) => {
      await crash(tab);
      await timed(tab.page, `until(() => lostAfter > 0)`);
      return timed(tab.page, 'lostAfter');
    },
  },
  {
    what: '(3) a second crash: the CPU has taken a step',
    on: 'webgpu',
    limit: 3000,
    measure: async (tab) => {
      await crash(tab);
      await timed(tab.page, `until(() => devices.length > 1 && mckean.state === 'running')`);
      await crash(tab);
      return timed(
        tab.page,
        `until(() => lostAfter > 0 && onCpu() && mckean.state === 'running').then((at) => at - since)`,
      );
    },
  },
  {
    what: '(4) meanwhile: the longest that the page did not answer',
    on: 'webgpu',
    limit: 200,
    measure: async (tab) => {
      await tab.page.evaluate(`globalThis.lag = 0; let last = performance.now();
        setInterval(() => { const now = performance.now(); lag = Math.max(lag, now - last - 10); last = now; }, 10)`);
      await crash(tab);
      await timed(tab.page, `until(() => devices.length > 1 && mckean.state === 'running')`);
      return timed(tab.page, 'lag');
    },
  },
  { what: '(8) no adapter: the CPU has taken a step', on: 'webgl', limit: 2000, measure: cpuSteps },
  {
    what: '(10) an adapter never named: the CPU has taken a step',
    on: 'webgpu',
    fault: SILENT,
    limit: 7000,
    measure: cpuSteps,
  },
  {
    what: '(11) devices lost as they come: the CPU has taken a step',
    on: 'webgpu',
    fault: FAULTS['devices that are lost as they come'],
    limit: 8000,
    measure: cpuSteps,
  },
  {
    what: '(28) work that never ends on a software adapter: the CPU has taken a step',
    on: 'webgpu',
    fault: UNENDING,
    limit: 62_000, // 60 s are its patience there, 10 s for hardware
    measure: cpuSteps,
  },
  ...(['end', 'throw'] as const).map((how, i): Case => ({
    what: `(33) workers that ${how}: 20 steps done by others`,
    on: 'webgl',
    hash: '&model.width=4096&method=direct&engine=cpu',
    fault: FAULTS['workers that can be spoilt'],
    limit: [3000, 1000][i],
    measure: async ({ page }) => {
      await page.evaluate(() => mckean.pause().then(() => mckean.step(20)));
      return timed(
        page,
        `(async () => { const from = performance.now(); spoil('${how}'); await mckean.step(20); return performance.now() - from; })()`,
      );
    },
  })),
  {
    what: '(35) pictures of 10 000 neurons on a 2-D canvas',
    on: 'bare',
    hash: '&model.width=10000',
    fault: COUNT_PICTURES,
    limit: 10,
    unit: '/s',
    least: true,
    measure: ({ page }) =>
      timed(
        page,
        `(async () => { const from = await until(onCpu); pictures = 0;
          return 1000 * 50 / ((await until(() => pictures >= 50)) - from); })()`,
      ),
  },
];

/** `only`: those whose words hold it. */
export async function pageFaults(only: string, log: (line: string) => void): Promise<Held[]> {
  const cases = CASES.filter(({ what }) => what.includes(only));
  if (cases.length === 0) return [];
  const site = await serveBuilt();
  const all: Held[] = [];
  try {
    for (const { what, on, hash = '', fault = '', limit, unit = 'ms', least, measure } of cases) {
      log(what);
      const browser = await launch(on);
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      await page.goto(`${site.address}#preset=tanh-curve&model.width=512`); // its files are at hand the second time
      await page.evaluateOnNewDocument(`globalThis.lostAfter = 0; {${CLOCK}} {${fault}}`);
      await page.goto('about:blank');
      await page.goto(`${site.address}#preset=tanh-curve${hash || '&model.width=512'}`);
      await page.waitForFunction('globalThis.mckean');
      await page.evaluate(() => mckean.ready);
      const measured = await measure({ browser, page });
      log(`  ${measured.toPrecision(3)} ${unit}`);
      all.push({ what, measured, limit, unit, ...(least && { least }) });
      await browser.close();
    }
  } finally {
    await site.close();
  }
  return all;
}
