/**
 * The page, which tests/support/browser/built.ts has built, on a local address, and a tab on it that collects whatever goes
 * wrong.
 */
import { preview, type PreviewServer } from 'vite';
import type { Browser, Page } from 'puppeteer';
import type { PageApi } from '../../../src/app/links/api.ts';
import { PATIENCE } from '../patience.ts';

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

/** A tab that waits for a state as long as a busy machine takes. */
export async function patientPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** Opens `address` and waits until the cloud stands. */
export async function openTab(
  browser: Browser,
  address: string,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Tab> {
  const page = await patientPage(browser);
  const problems: string[] = [];
  await page.setViewport({ width: 1000, height: 640 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await prepare(page);
  await page.goto(address);
  await page.waitForFunction(() => 'mckean' in globalThis);
  await page.evaluate(() => mckean.ready);
  return { page, problems };
}
