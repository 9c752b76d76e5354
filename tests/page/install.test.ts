/**
 * The built page where it is put: below any path of a plain static server, under its own strict policy, and
 * without a network after the first visit.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'puppeteer';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser/browser.ts';
import { untilInked } from '../support/browser/ink.ts';
import { openTab, patientPage } from '../support/browser/site.ts';
import { serveFolder, type Refusal, type StaticServer } from '../support/browser/static-server.ts';

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

// WebGL without a network is below
it.each(['webgpu', 'bare'] as const)(
  'below a path, under its policy, nothing of the page is forbidden and all of it works: %s (39)',
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

it('the policy is in force: text as code, a style in markup and another place of the network are refused (39)', async () => {
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

describe('a server that answers with something else', () => {
  const PORTAL = '<!doctype html><title>Log in</title><p>Welcome to the network of this hotel';
  const path = '/faulty/';
  const own = (name: string): boolean => name === path || name === `${path}index.html`;
  let faulty: StaticServer;
  let browser: Browser;
  beforeAll(
    async () => void ([faulty, browser] = await Promise.all([serveFolder(folder, path), launch('bare')])),
  );
  afterAll(async () => void (await Promise.all([faulty.close(), browser.close()])));

  const open = (): ReturnType<typeof openTab> => openTab(browser, `${faulty.address}#model.width=64`);

  it('leaves the kept page in its place: an error, a portal, a redirect to one; a redirect to the page is followed', async () => {
    // from the first visit on, the page comes by a redirect
    faulty.refuse = (name) =>
      name === `${path}index.html` ? { status: 302, location: `${path}?from=index` } : null;
    const { page } = await open();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active!.state);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.close();
    const faults: Refusal[] = [
      { status: 503, body: 'Service Unavailable' },
      { status: 404 },
      { status: 200, body: PORTAL },
      { status: 302, location: '/portal' },
      { status: 302, location: `${path}index.html` },
    ];
    for (const fault of faults) {
      faulty.refuse = (name) =>
        name === '/portal'
          ? { status: 200, body: PORTAL }
          : own(name) && name !== fault.location
            ? fault
            : null;
      const { page: again, problems } = await open();
      await again.evaluate(() => mckean.step(2));
      expect(await again.title()).toMatch(/^mckean/);
      expect(problems.filter((text) => !text.includes('service-worker.js'))).toEqual([]);
      await again.close();
    }
    faulty.refuse = () => null;
  });

  it('with another version, while a tab is open without the kept page: it says so and offers to reload', async () => {
    const apart = await browser.createBrowserContext();
    const fresh = await patientPage(apart as unknown as Browser);
    await fresh.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
    await fresh.goto(`${faulty.address}#model.width=64`);
    await fresh.waitForFunction(() => 'mckean' in globalThis);
    await fresh.evaluate(() => mckean.ready);
    faulty.refuse = (name) => (name.includes('/assets/') ? { status: 404 } : null);
    await fresh.evaluate(() => document.getElementById('lecture-open')!.click());
    await fresh.waitForFunction(() =>
      /another version/.test(document.getElementById('notice-text')!.textContent!),
    );
    expect(await fresh.$$eval('#notice button', (buttons) => buttons.map((one) => one.textContent))).toContain(
      'Reload',
    );
    await fresh.evaluate(() => mckean.step(2));
    faulty.refuse = () => null;
    await apart.close();
  });

  it('in a frame without an origin, where no script of its own may run, says what the frame must allow', async () => {
    const page = await patientPage(browser);
    const body = `<!doctype html><iframe sandbox="allow-scripts" src="${faulty.address}"></iframe>`;
    faulty.refuse = (name) => (name === '/article' ? { status: 200, body } : null);
    await page.goto(new URL('/article', faulty.address).href);
    const frame = await (await page.waitForSelector('iframe'))!.contentFrame();
    const waiting = (await frame.waitForSelector('#waiting'))!;
    expect(await waiting.evaluate((text) => text.textContent)).toMatch(/must allow scripts and\s+same-origin/);
    await page.close();
  });
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
