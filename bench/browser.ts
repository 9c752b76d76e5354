/**
 * The page of the benchmark: built, served with the headers that give libraries their threads, opened in
 * headless Chrome.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview } from 'vite';
import { MACHINES, ensureBrowser } from '../tests/support/browser/browser.ts';
import type { Entrant } from './race/session.ts';
import type { Runner } from './race/runner.ts';
import type { PageBench } from './page/serve.ts';

declare global {
  var bench: PageBench;
}

/** Without these a page may share no memory, and wasm libraries then run on one thread. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const ALWAYS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--no-first-run',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
];
/** A real GPU where there is one, else the software adapter. */
const ADAPTERS = [
  ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'],
  MACHINES.webgpu,
];

export interface BenchPage {
  /** e.g. "Chrome/156.0.7204.49". */
  readonly version: string;
  entrant(name: string, method?: string): Entrant;
  close(): Promise<void>;
}

export async function openPage(peers: boolean): Promise<BenchPage> {
  const site = await serve(peers ? 'peers' : 'ours');
  try {
    const { browser, page } = await openTab(site.address);
    return {
      version: await browser.version(),
      entrant: (name, method) => entrant(page, name, method),
      close: async () => {
        await browser.close();
        await site.close();
      },
    };
  } catch (error) {
    await site.close();
    throw error;
  }
}

async function serve(name: string): Promise<{ address: string; close(): Promise<void> }> {
  const root = fileURLToPath(new URL('page/', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-bench-'));
  const shared = { configFile: false, root, base: './', logLevel: 'error' } as const;
  await build({
    ...shared,
    resolve: { alias: [{ find: /^peer:(.*)$/, replacement: '$1' }] },
    build: {
      outDir,
      target: 'es2022',
      minify: false,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: join(root, `${name}.html`) },
    },
    worker: { format: 'es' },
  });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { port: 0, host: 'localhost', headers: ISOLATED },
  });
  return {
    address: `${server.resolvedUrls!.local[0]}${name}.html`,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

async function openTab(address: string): Promise<{ browser: Browser; page: Page }> {
  for (const flags of ADAPTERS) {
    const browser = await puppeteer.launch({
      executablePath: ensureBrowser(),
      args: [...ALWAYS, ...flags],
      protocolTimeout: 3_600_000,
    });
    const page = await browser.newPage();
    let failure = '';
    page.on('pageerror', (error) => (failure ||= String(error)));
    await page.goto(address);
    await page
      .waitForFunction(() => 'bench' in globalThis, { timeout: 60_000 })
      .catch(() => {
        throw new Error(`the page of the benchmark did not start: ${failure || 'no reason given'}`);
      });
    if (flags === ADAPTERS.at(-1) || (await page.evaluate(() => bench.adapter())) === 'hardware')
      return { browser, page };
    await browser.close();
  }
  throw new Error('unreachable');
}

function entrant(page: Page, name: string, method?: string): Entrant {
  const ours = name.startsWith('mckean');
  const full = method === undefined ? name : `${name} ${method}`;
  return {
    name,
    where: 'page',
    ours,
    ...(method === undefined ? {} : { method }),
    open: async (given): Promise<Runner> => {
      const { id, info } = await page
        .evaluate((who, what) => bench.open(who, what), full, given)
        .catch(withoutStack);
      return {
        info,
        advance: (steps) => page.evaluate((of, count) => bench.advance(of, count), id, steps),
        rows: (ranges) => page.evaluate((of, list) => bench.rows(of, list), id, ranges),
        ...(ours ? { f: () => page.evaluate((of) => bench.f(of), id).then((f) => f!) } : {}),
        destroy: () => page.evaluate((of) => bench.close(of), id),
      };
    },
  };
}

/** Errors from the page bring its stack along as text. */
function withoutStack(error: Error): never {
  throw new Error(error.message.split('\n')[0].replace(/^\w*Error: /, ''));
}
