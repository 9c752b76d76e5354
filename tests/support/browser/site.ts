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

/** A tab that waits for a state as long as a busy machine takes, and whose clicks arrive. */
export async function patientPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.click = arriving(page, page.click.bind(page));
  return page;
}

/** A click again, where the page moved while the mouse was on its way: a notice that goes, a book that opens. */
const arriving =
  (page: Page, click: Page['click']): Page['click'] =>
  async (selector) => {
    const clicks = await page.evaluateHandle((wanted) => {
      const seen: Event[] = [];
      document.querySelector(wanted)?.addEventListener('click', (event) => seen.push(event), { capture: true });
      return seen;
    }, selector);
    do await click(selector);
    while (!(await clicks.evaluate((seen) => seen.length)));
  };

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
  await page.bringToFront(); // a tab that is hidden has no frames, which is what is waited by
  await page.waitForFunction(() => 'mckean' in globalThis, { polling: 50 });
  await page.evaluate(() => mckean.ready);
  return { page, problems };
}
