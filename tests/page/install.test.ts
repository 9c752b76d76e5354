/**
 * The built page where it is put: below any path of a plain static server, under its own strict policy, and
 * without a network after the first visit.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from '../support/browser/browser.ts';
import { untilInked } from '../support/browser/ink.ts';
import { openTab, patientPage } from '../support/browser/site.ts';
import { serveFolder, type StaticServer } from '../support/browser/static-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'mckean-site-'));
let server: StaticServer;
beforeAll(async () => {
  await build({ logLevel: 'error', build: { outDir: folder } });
  server = await serveFolder(folder, '/some/course/mckean/');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Collects what the policy forbids, before any script of the page runs. Text: tools rename functions. */
const WATCH = `
  globalThis.violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(violatedDirective + ' ' + blockedURI));`;
const watch = async (page: Page): Promise<void> => void (await page.evaluateOnNewDocument(WATCH));
const violations = (page: Page): Promise<unknown> => page.evaluate('violations');

const press = (page: Page, selector: string, text: string): Promise<void> =>
  page.evaluate(
    (within, wanted) => {
      [...document.querySelectorAll<HTMLButtonElement>(`${within} button`)]
        .find(({ textContent }) => textContent === wanted)!
        .click();
    },
    selector,
    text,
  );

/**
 * Opens every book, turns the theme and runs: what is loaded late is loaded, markup that is made late is made.
 */
async function tour(page: Page): Promise<void> {
  const names = await page.$$eval('#books button', (buttons) => buttons.map(({ textContent }) => textContent!));
  expect(names).toEqual(expect.arrayContaining(['Lecture', 'Measure']));
  for (const name of names) {
    await press(page, '#books', name);
    await page.waitForFunction(
      (title) =>
        (document.querySelector('article.book:not([hidden])')?.getAttribute('aria-label') ?? title) === title,
      {},
      name,
    );
  }
  await page.keyboard.press('l');
  await page.waitForSelector('#lecture math');
  await page.keyboard.press('d');
  await page.evaluate(() => mckean.play());
  const { step } = await page.evaluate(() => mckean.metrics());
  await page.waitForFunction((before) => mckean.metrics().step > before, {}, step);
}

it.each(['webgpu', 'webgl', 'bare'] as const)(
  'below a path, under its policy, nothing of the page is forbidden and all of it works: %s',
  async (machine) => {
    const browser = await launch(machine);
    try {
      const { page, problems } = await openTab(browser, `${server.address}#model.width=4096`, watch);
      expect((await page.evaluate(() => mckean.metrics())).engine).toBe(
        machine === 'webgpu' ? 'webgpu' : 'cpu32', // the policy lets compiled kernels run
      );
      await tour(page);
      await untilInked(page, '#cloud', 0.005);
      expect(await violations(page)).toEqual([]);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

it('the policy is in force: text as code, a style in markup and another place of the network are refused', async () => {
  const browser = await launch('bare');
  try {
    const page = await patientPage(browser);
    await watch(page);
    // From a timer of the page: what a debugger evaluates is exempt.
    await page.evaluateOnNewDocument(`addEventListener('load', () => setTimeout(() => {
      try { new Function('return 1')(); } catch { /* refused */ }
      document.body.insertAdjacentHTML('beforeend', '<i style="color: red"></i>');
      fetch('https://localhost:9/').catch(() => undefined);
    }))`);
    await page.goto(server.address);
    await page.waitForFunction('violations.length >= 3');
    expect((await violations(page)) as string[]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^script-src eval/),
        expect.stringMatching(/^style-src-attr/),
        expect.stringMatching(/^connect-src/),
      ]),
    );
  } finally {
    await browser.close();
  }
});

it('after one visit the page needs no network: it opens, runs and opens its books with the server gone', async () => {
  const browser = await launch('webgl');
  const path = '/offline/';
  const own = await serveFolder(folder, path);
  try {
    const { page } = await openTab(browser, `${own.address}#model.width=4096`);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active!.state);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await own.close();
    await page.close();
    const { page: again, problems } = await openTab(
      browser,
      `${own.address}?from=the-syllabus#model.width=4096`,
      watch,
    );
    await tour(again);
    await untilInked(again, '#cloud', 0.005);
    expect(await violations(again)).toEqual([]);
    // an update cannot be looked for
    expect(problems.filter((text) => !text.includes('service-worker.js'))).toEqual([]);
    const manifest = JSON.parse(
      await again.evaluate(async () => (await fetch('manifest.webmanifest')).text()),
    ) as { icons: { src: string }[] };
    expect(await again.evaluate(async (icon) => (await fetch(icon)).status, manifest.icons[0].src)).toBe(200);
  } finally {
    await browser.close();
  }
});

/**
 * Scripts that run before the page can: those that index.html names, and what these import. By name, in kB
 * (1000 bytes) of gzip.
 */
function scriptsOfStart(): Map<string, number> {
  const sizes = new Map<string, number>();
  const add = (name: string): void => {
    if (sizes.has(name)) return;
    const code = readFileSync(join(folder, name));
    sizes.set(name, gzipSync(code, { level: 9 }).length / 1000);
    for (const [, imported] of code.toString().matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      add(`assets/${imported}`);
  };
  for (const [, name] of readFileSync(join(folder, 'index.html'), 'utf8').matchAll(
    /(?:src|href)="\.\/([^"]+\.js)"/g,
  ))
    add(name);
  return sizes;
}

it('the scripts that the page starts with are 150 kB of gzip or less', () => {
  const sizes = scriptsOfStart();
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.info(
    [...sizes].map(([name, size]) => `${size.toFixed(1).padStart(6)} kB  ${name}`).join('\n'),
    `\n${total.toFixed(1).padStart(6)} kB  in all`,
  );
  expect(total).toBeGreaterThan(20); // something was found
  expect(total).toBeLessThanOrEqual(150);
});
