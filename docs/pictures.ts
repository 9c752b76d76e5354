/** npm run pictures: the README's pictures and its film, made from the built page in a browser. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer';
import { build, preview } from 'vite';
import { someOf, type Arguments } from '../src/cli/args.ts';
import { runTool } from '../src/cli/tool.ts';
import { launch } from '../tests/support/browser/browser.ts';
import { openTab } from '../tests/support/browser/site.ts';

interface Picture {
  readonly hash: string;
  readonly theme: 'dark' | 'light';
  readonly size: readonly [number, number];
  /** Steps from the start. */
  readonly steps: number;
  /** Milliseconds until every figure has caught up. */
  readonly rest: number;
}

const WIDE = [1280, 800] as const;
const PICTURES: Record<string, Picture> = {
  'tanh-curve': {
    hash: 'preset=tanh-curve&model.width=65536',
    theme: 'dark',
    size: WIDE,
    steps: 100,
    rest: 6000,
  },
  'million-light': {
    hash: 'preset=tanh-curve&model.width=1048576',
    theme: 'light',
    size: WIDE,
    steps: 60,
    rest: 20_000,
  },
  lecture: {
    hash: 'chapter=mckean-vlasov&preset=relu-teacher&model.width=16384',
    theme: 'light',
    size: WIDE,
    steps: 2500,
    rest: 6000,
  },
  compare: {
    hash: 'compare=lazy&preset=tanh-curve&model.width=16384',
    theme: 'dark',
    size: WIDE,
    steps: 80,
    rest: 8000,
  },
  volcano: {
    hash: 'preset=maunga-whau&model.width=2048&figures=fit,loss,kernel',
    theme: 'dark',
    size: WIDE,
    steps: 300,
    rest: 12_000,
  },
};
/** The film: the cloud alone. */
const FILM = {
  hash: 'preset=tanh-curve&model.width=16384&mode=bare',
  theme: 'dark',
  size: [600, 420],
  frames: 72,
  steps: 2,
  delay: 60,
  colours: 96,
} as const;

const here = fileURLToPath(new URL('.', import.meta.url));
const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

async function open(
  browser: Browser,
  address: string,
  { hash, theme, size: [width, height] }: Pick<Picture, 'hash' | 'theme' | 'size'>,
): Promise<Page> {
  const { page } = await openTab(browser, `${address}#${hash}`, async (fresh) => {
    await fresh.setViewport({ width, height });
    await fresh.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
  });
  return page;
}

async function picture(browser: Browser, address: string, name: string, wanted: Picture): Promise<void> {
  const page = await open(browser, address, wanted);
  for (let left = wanted.steps; left > 0; left -= 10)
    await page.evaluate((k) => mckean.step(k), Math.min(10, left));
  await wait(wanted.rest);
  await page.screenshot({ path: join(here, `${name}.png`) });
  await page.close();
}

async function film(browser: Browser, address: string): Promise<void> {
  const page = await open(browser, address, FILM);
  const gif = gifenc.GIFEncoder();
  for (let frame = 0; frame < FILM.frames; frame++) {
    if (frame > 0) await page.evaluate((k) => mckean.step(k), FILM.steps);
    await wait(150); // the picture follows at the browser's next frames
    const { data, width, height } = PNG.sync.read(Buffer.from(await page.screenshot()));
    const rgba = new Uint8Array(data);
    const palette = gifenc.quantize(rgba, FILM.colours);
    gif.writeFrame(gifenc.applyPalette(rgba, palette), width, height, {
      palette,
      delay: frame === FILM.frames - 1 ? 2000 : FILM.delay,
    });
  }
  gif.finish();
  writeFileSync(join(here, 'film.gif'), gif.bytes());
  await page.close();
}

async function run({ positionals: only }: Arguments): Promise<number> {
  const known = [...Object.keys(PICTURES), 'film'];
  const names = only.length > 0 ? only.flatMap((name) => someOf('picture', name, known)) : known;
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-pictures-'));
  await build({ logLevel: 'error', build: { outDir } });
  const server = await preview({
    build: { outDir },
    preview: { port: 0, host: 'localhost' },
    logLevel: 'error',
  });
  const address = server.resolvedUrls!.local[0];
  const browser = await launch('webgpu');
  for (const name of names)
    if (name === 'film') await film(browser, address);
    else await picture(browser, address, name, PICTURES[name]);
  await browser.close();
  await server.close();
  return 0;
}

await runTool('pictures', {
  summary: `Makes the README’s pictures and its film anew: ${Object.keys(PICTURES).join(', ')}, film.`,
  positionals: ['[NAME…]'],
  flags: {},
  run,
});
