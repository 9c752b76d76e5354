/**
 * The page, which tests/built.ts has built, on a local address, and a tab on it that collects whatever goes
 * wrong.
 */
import { preview, type PreviewServer } from 'vite';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer';
import type { PageApi } from '../../src/app/links/api.ts';

declare global {
  var mckean: PageApi;
}

export async function serveSite(): Promise<{ address: string; close(): Promise<void> }> {
  const server: PreviewServer = await preview({ preview: { port: 0, host: 'localhost' }, logLevel: 'error' });
  return { address: server.resolvedUrls!.local[0], close: () => server.close() };
}

export interface Tab {
  readonly page: Page;
  /** Console errors, uncaught exceptions and GPU errors so far. */
  readonly problems: string[];
}

/** Opens `address` and waits until the cloud stands. */
export async function openTab(
  browser: Browser,
  address: string,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Tab> {
  const page = await browser.newPage();
  const problems: string[] = [];
  await page.setViewport({ width: 1000, height: 640 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await prepare(page);
  await page.goto(address);
  await page.waitForFunction(() => 'mckean' in globalThis, { timeout: 60_000 });
  await page.evaluate(() => mckean.ready);
  return { page, problems };
}

/** Share of the pixels of an element's screenshot that differ clearly from its most common colour. */
export async function inked(page: Page, selector: string): Promise<number> {
  const element = (await page.$(selector))!;
  const { data } = PNG.sync.read(Buffer.from(await element.screenshot()));
  const counts = new Map<number, number>();
  const colour = (i: number): number => (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
  for (let i = 0; i < data.length; i += 4) counts.set(colour(i), (counts.get(colour(i)) ?? 0) + 1);
  const ground = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
  const distance = (c: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + Math.abs(((c >> shift) & 255) - ((ground >> shift) & 255)), 0);
  let other = 0;
  for (const [c, count] of counts) if (distance(c) > 60) other += count;
  return other / (data.length / 4);
}
