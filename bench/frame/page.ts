/** The built page in headless Chrome, as the frame benchmark and its test see it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { build, preview } from 'vite';
import type { Metrics } from '../../src/app/run/metrics.ts';
import { CATEGORIES, readTrace, type Frame, type Task, type TraceEvent } from './trace.ts';

/** The page, built into a folder of its own and served from it. */
export async function serveBuilt(): Promise<{ address: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-frame-'));
  await build({ logLevel: 'error', build: { outDir } });
  const server = await preview({
    preview: { port: 0, host: 'localhost' },
    logLevel: 'error',
    build: { outDir },
  });
  return {
    address: server.resolvedUrls!.local[0],
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/**
 * Notes when θ has first moved, seen from a frame: milliseconds after the navigation began. Text, for tools
 * rename functions.
 */
const WATCH = `
  globalThis.moved = 0;
  requestAnimationFrame(function look() {
    try { if (mckean.metrics().step > 0) globalThis.moved = performance.now(); } catch { /* still loading */ }
    if (globalThis.moved === 0) requestAnimationFrame(look);
  });`;

export interface Opened {
  readonly page: Page;
  /** From the start of the navigation to the first frame in which θ has moved, in milliseconds. */
  readonly firstMove: number;
}

/** Opens the page, and opens it again where `warm`, when the browser has its files and shaders at hand. */
export async function openMoving(browser: Browser, address: string, warm = true): Promise<Opened> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluateOnNewDocument(WATCH);
  let firstMove = 0;
  for (let load = 0; load < (warm ? 2 : 1); load++) {
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForFunction('globalThis.moved > 0', { timeout: 120_000 });
    firstMove = (await page.evaluate('globalThis.moved')) as number;
  }
  return { page, firstMove };
}

export interface Traced {
  readonly frames: readonly Frame[];
  readonly tasks: readonly Task[];
  readonly seconds: number;
  readonly steps: number;
  readonly metrics: Metrics;
}

/** Traces the playing page for so many seconds. */
export async function traceFrames(page: Page, seconds: number): Promise<Traced> {
  const metrics = (): Promise<Metrics> => page.evaluate(() => mckean.metrics());
  await page.tracing.start({ categories: CATEGORIES });
  const before = await metrics();
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const after = await metrics();
  const bytes = await page.tracing.stop();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(bytes)) as { traceEvents: TraceEvent[] };
  return { ...readTrace(traceEvents), seconds, steps: after.step - before.step, metrics: after };
}
