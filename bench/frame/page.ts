/** The built page in headless Chrome, as the frame benchmark sees it. */
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

/**
 * Counts pictures of the cloud: a worker answers when one is seen, and a 2-D canvas is given one at a time.
 * Text: tools rename functions.
 */
export const COUNT_PICTURES = `
  globalThis.pictures = 0;
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      if (/worker-web/.test(url)) this.addEventListener('message', () => pictures++);
    }
  };
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...given) { pictures++; return putImageData.apply(this, given); };`;

export interface Opened {
  readonly page: Page;
  /** From the start of the navigation to the first frame in which θ has moved, in milliseconds. */
  readonly firstMove: number;
}

/** Opens the page twice: the second time the browser has its files and shaders at hand. */
export async function openMoving(browser: Browser, address: string): Promise<Opened> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluateOnNewDocument(WATCH);
  await page.evaluateOnNewDocument(COUNT_PICTURES);
  let firstMove = 0;
  for (let load = 0; load < 2; load++) {
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
  /** Seen in that time, where no WebGPU draws them. */
  readonly pictures: number;
  readonly metrics: Metrics;
}

/** Traces the playing page for so many seconds. */
export async function traceFrames(page: Page, seconds: number): Promise<Traced> {
  const metrics = (): Promise<Metrics> => page.evaluate(() => mckean.metrics());
  await page.tracing.start({ categories: CATEGORIES });
  const before = await metrics();
  await page.evaluate('pictures = 0');
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const after = await metrics();
  const pictures = (await page.evaluate('pictures')) as number;
  const bytes = await page.tracing.stop();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(bytes)) as { traceEvents: TraceEvent[] };
  return { ...readTrace(traceEvents), seconds, steps: after.step - before.step, pictures, metrics: after };
}
