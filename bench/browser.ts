/**
 * The built page of the benchmark: served with the headers that give libraries their threads, opened in
 * headless Chrome.
 */
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { MACHINES, ensureBrowser } from '../tests/support/browser/browser.ts';
import { serveFolder } from '../tests/support/browser/static-server.ts';
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
/** A real GPU where there is one, without a display on Linux; else the software adapter. */
const ADAPTERS = [
  [
    ...['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'],
    ...(process.platform === 'linux' ? ['--use-angle=vulkan', '--disable-vulkan-surface'] : []),
  ],
  MACHINES.webgpu,
];
/** A path at which a server has an empty document, to ask what there is of WebGPU. */
export const PROBE = '/probe';

export interface BenchPage {
  /** e.g. "Chrome/156.0.7204.49". */
  readonly version: string;
  entrant(name: string, method?: string): Entrant;
  close(): Promise<void>;
}

/** `folder`: where the page of that name is built (page/build.ts). */
export async function openPage(folder: string, name: 'peers' | 'ours'): Promise<BenchPage> {
  const site = await serveFolder(folder, '/', ISOLATED);
  site.refuse = (path) => (path === PROBE ? { status: 200, body: '' } : null);
  try {
    const browser = await launchBest(site.address);
    const page = await openTab(browser, `${site.address}${name}.html`);
    return {
      version: await browser.version(),
      entrant: (who, method) => entrant(page, who, method),
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

/** A browser on the best adapter that it has for pages of this address, whose server knows PROBE. */
export async function launchBest(address: string): Promise<Browser> {
  for (const flags of ADAPTERS) {
    const browser = await puppeteer.launch({
      executablePath: ensureBrowser(),
      args: [...ALWAYS, ...flags],
      protocolTimeout: 3_600_000,
      pipe: true, // so that it ends with us, however we end
    });
    if (flags === ADAPTERS.at(-1) || (await hasCard(browser, address))) return browser;
    await browser.close();
  }
  throw new Error('unreachable');
}

async function hasCard(browser: Browser, address: string): Promise<boolean> {
  const page = await browser.newPage();
  await page.goto(new URL(PROBE, address).href);
  const has = await page
    .evaluate(async () => {
      const info = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!.info;
      return !info.isFallbackAdapter && !/swiftshader/i.test(info.architecture);
    })
    .catch(() => false);
  await page.close();
  return has;
}

async function openTab(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  let failure = '';
  page.on('pageerror', (error) => (failure ||= String(error)));
  await page.goto(address);
  await page
    .waitForFunction(() => 'bench' in globalThis, { timeout: 60_000 })
    .catch(() => {
      throw new Error(`the page of the benchmark did not start: ${failure || 'no reason given'}`);
    });
  return page;
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
