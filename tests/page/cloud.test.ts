/** The picture of a cloud does not show how many buffers its neurons are in, nor what draws it. */
import { createServer, type ViteDevServer } from 'vite';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser/browser.ts';
import { patientPage } from '../support/browser/site.ts';
import type { Clouds, Picture } from '../support/pages/cloud.ts';
import type { CloudColour } from '../../src/views/cloud/cloud.ts';

declare global {
  var clouds: Clouds;
}

let server: ViteDevServer;
let browser: Browser;
let page: Page;
const problems: string[] = [];
/** WebGL here is in software, and a picture that is kept is read back. */
const EXPECTED = /fallback to software WebGL|GPU stall due to ReadPixels/;

beforeAll(async () => {
  server = await createServer({ server: { port: 0, host: 'localhost' }, logLevel: 'error' });
  await server.listen();
  browser = await launch('webgpu');
  page = await patientPage(browser);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || (message.type() === 'warn' && !EXPECTED.test(message.text())))
      problems.push(message.text());
  });
  await page.goto(`${server.resolvedUrls!.local[0]}tests/support/pages/cloud.html`);
  await page.waitForFunction(() => 'clouds' in globalThis);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const take = (colour: CloudColour, mostBytes: number, only?: number): Promise<Picture> =>
  page.evaluate((...asked) => clouds.picture(...asked), colour, mostBytes, only);

describe.each(['sign', 'speed'] as const)('coloured by %s', (colour) => {
  it('a cloud in five buffers gives the pixels of one', async () => {
    const one = await take(colour, 2 ** 20);
    const several = await take(colour, 2 ** 14);
    const part = await take(colour, 2 ** 14, 2);
    const differing = (picture: Picture): number =>
      picture.pixels.filter((value, i) => value !== one.pixels[i]).length;
    expect([one.drawn, several.drawn, part.drawn]).toEqual([4097, 4097, 2048]);
    expect(differing(several)).toBe(0);
    expect(differing(part)).toBeGreaterThan(1000); // half of the neurons are another picture
  });
});

it.each(['sign', 'speed'] as const)(
  'coloured by %s, what is seen of neurons that stand still does not depend on what was drawn before',
  async (colour) => {
    const later = (before: number, still: boolean): Promise<number[]> =>
      page.evaluate((...asked) => clouds.later(...asked), colour, before, still);
    const [fresh, long, slow] = [await later(0, true), await later(9, true), await later(9, false)];
    const differing = (pixels: readonly number[]): number =>
      pixels.filter((value, i) => value !== fresh[i]).length;
    expect(differing(long)).toBe(0);
    expect(differing(slow)).toBeGreaterThan(1000); // while they move, light follows slowly
  },
);

/** Mean |Δ| of RGB, of 255. */
function distance(p: readonly number[], q: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (i % 4 < 3) sum += Math.abs(p[i] - q[i]);
  return sum / (0.75 * p.length);
}

it.each(['none', 'w1', 'w0'] as const)(
  'from the GPU, a neuron that is drawn farther out (%s) is where another lies',
  async (by) => {
    const { drawn, lying } = await page.evaluate((name) => clouds.farther(name), by);
    const plain = await page.evaluate(() => clouds.farther('none'));
    expect(distance(drawn, lying)).toBeLessThan(0.5); // float32: a neuron may fall on the pixel beside
    if (by !== 'none') expect(distance(drawn, plain.drawn)).toBeGreaterThan(0.5);
  },
);

it.each(['sign', 'speed'] as const)(
  'WebGL in a worker, its splats and the 2-D canvas give one picture, coloured by %s',
  async (colour) => {
    const seen = (view: Parameters<Clouds['seen']>[0], seed?: number): Promise<number[]> =>
      page.evaluate((...asked) => clouds.seen(...asked), view, colour, seed);
    const [canvas, worker, splats] = [await seen('canvas'), await seen('worker'), await seen('splats')];
    const other = await seen('canvas', 2);
    // Rounding and the dither of half a level make 0.3 to 0.5; another draw of the same law, 14 to 22.
    expect(distance(canvas, worker)).toBeLessThan(1);
    expect(distance(canvas, splats)).toBeLessThan(1);
    expect(distance(canvas, other)).toBeGreaterThan(10);
  },
);

it('nothing went wrong unseen', () => expect(problems).toEqual([]));
