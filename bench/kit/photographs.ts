/**
 * The built page in the kit's browser, dark and light: DIR/page-dark.png, DIR/page-light.png, and on stdout a Markdown table
 * of how soon it moved, its pictures and steps a second. `--tiny` for a software adapter.
 */
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import type { PageApi } from '../../src/app/links/api.ts';
import { serveFolder } from '../../tests/support/browser/static-server.ts';
import { launchBest, PROBE } from '../browser.ts';
import { markdown, three } from '../words.ts';
import { fromKit } from './place.ts';

declare global {
  var mckean: PageApi;
  var moved: number;
  var pictures: number;
}

const [out] = process.argv.slice(2);
const width = process.argv.includes('--tiny') ? 2 ** 12 : 2 ** 20;
/** Seconds in which pictures and steps are counted. */
const COUNTED = 3;
/** Milliseconds until the charts beside the cloud have caught up. */
const REST = 1500;
const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** Runs in the page before its own scripts. */
function watch(): void {
  globalThis.moved = 0;
  globalThis.pictures = 0;
  requestAnimationFrame(function look() {
    globalThis.pictures++;
    try {
      if (!moved && mckean.metrics().step > 0) globalThis.moved = performance.now();
    } catch {
      // there is no run yet
    }
    requestAnimationFrame(look);
  });
}

async function photograph(browser: Browser, address: string, theme: 'dark' | 'light'): Promise<string[]> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.setViewport({ width: 1280, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.evaluateOnNewDocument(watch);
  await page.goto(`${address}#preset=tanh-curve&model.width=${width}`);
  await page.waitForFunction(() => globalThis.moved > 0, { timeout: 60_000 });
  await wait(REST);
  const look = () => page.evaluate(() => ({ ...mckean.metrics(), pictures, moved, now: performance.now() }));
  const before = await look();
  await wait(1000 * COUNTED);
  const after = await look();
  await page.screenshot({ path: join(out, `page-${theme}.png`) });
  await page.close();
  const seconds = (after.now - before.now) / 1000;
  return [
    ...[theme, String(after.n), String(after.m), after.method, after.adapter],
    `${three(after.moved / 1000)} s`,
    three((after.pictures - before.pictures) / seconds),
    three((after.step - before.step) / seconds),
    faults.join('; '),
  ];
}

const site = await serveFolder(fromKit('page'), '/');
site.refuse = (path) => (path === PROBE ? { status: 200, body: '' } : null);
const browser = await launchBest(site.address);
const lines: string[][] = [];
try {
  for (const theme of ['dark', 'light'] as const) lines.push(await photograph(browser, site.address, theme));
} finally {
  const names = ['page', 'n', 'm', 'method', 'on', 'first move', 'pictures/s', 'steps/s', 'errors'];
  process.stdout.write(`${await browser.version()}, 1280×800\n\n${markdown([names, ...lines])}\n`);
  await browser.close();
  await site.close();
}
