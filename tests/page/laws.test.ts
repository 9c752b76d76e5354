/**
 * GPU = CPU in a browser: every table and the laws of the engines, in headless Chrome on a software adapter.
 */
import { createServer, type ViteDevServer } from 'vite';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser/browser.ts';
import { patientPage } from '../support/browser/site.ts';
import { LAWS } from '../support/contracts/engine-contract.ts';
import { TABLES } from '../support/pointwise.ts';
import type { Laws } from '../support/pages/laws.ts';

declare global {
  var laws: Laws;
}

/**
 * Laws that go through many shapes of one thing, or thousands of steps: they are of sums and shaders, which Node has from
 * the same text, and tests/gpu/ and tests/engines/ hold them there. What a browser may do otherwise (its compiler, its
 * numbers, its workers, its queues) shows in the others.
 */
const OF_SHAPES =
  /d = (8|17|64) |several outputs|9000 steps|each schedule|heavy-ball|ridge, variation|sides of every tile|three outputs (copies|replica)|feature maps (w0|copies|replica)/;
const HERE = LAWS.map(({ title }, law) => ({ title, law })).filter(({ title }) => !OF_SHAPES.test(title));

it('laws are left', () => expect(HERE.length).toBeGreaterThan(LAWS.length / 2));

let server: ViteDevServer;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  server = await createServer({ server: { port: 0, host: 'localhost' }, logLevel: 'error' });
  await server.listen();
  browser = await launch('webgpu');
  page = await patientPage(browser);
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${server.resolvedUrls!.local[0]}tests/support/pages/laws.html`);
  await page.waitForFunction(() => 'laws' in globalThis);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('in Chrome, point by point', () => {
  it.each(TABLES.map(({ title }, table) => ({ title, table })))('$title', async ({ table }) => {
    await page.evaluate((index) => laws.check(index), table);
  });
});

describe.each(['webgpu', 'cpu with web workers'])('in Chrome, engine %s', (engine) => {
  for (const { title, law } of HERE)
    it(title, () => page.evaluate((index, name) => laws.hold(index, name), law, engine));
});

it('nothing went wrong unseen', () => expect(problems).toEqual([]));
