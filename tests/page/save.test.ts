/** What the page saves, opened: each file says of the run what the run says of itself. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { decodeNpy } from '../../src/io/npy.ts';
import { launch, type MACHINES } from '../support/browser/browser.ts';
import { Downloads, press } from '../support/browser/downloads.ts';
import { siteOf } from '../support/browser/fixtures.ts';
import { openTab, patientPage, type Tab } from '../support/browser/site.ts';

/** A film as it is played: seconds, pixels, and RGBA of each frame. */
interface Shown {
  readonly duration: number;
  readonly size: readonly number[];
  readonly shown: readonly (readonly number[])[];
}

const site = siteOf();

const STEPS = 10;
const N = 2048;

/** The page paused after some steps with the book open, and where its files go. */
function opened(
  machine: keyof typeof MACHINES,
  prepare?: (page: Page) => Promise<void>,
): () => Tab & { readonly files: Downloads } {
  let browser: Browser;
  let tab: Tab & { files: Downloads };
  beforeAll(async () => {
    browser = await launch(machine);
    const files = await Downloads.into(browser);
    tab = {
      ...(await openTab(
        browser,
        `${site.address}#preset=tanh-curve&model.width=${N}&figures=fit,loss`,
        prepare,
      )),
      files,
    };
    await tab.page.evaluate(async (steps) => {
      await mckean.pause();
      await mckean.reset();
      await mckean.step(steps);
    }, STEPS);
    await tab.page.keyboard.press('s');
    await tab.page.waitForSelector('#save .save-part');
  });
  afterAll(() => browser.close());
  return () => tab;
}

/** Types into the book's fields by their labels, within the part of that title. */
async function fill(page: Page, part: string, values: Record<string, string | boolean>): Promise<void> {
  await page.evaluate(
    (title, wanted) => {
      const section = [...document.querySelectorAll('#save section')].find(
        (other) => other.querySelector('h3')!.textContent === title,
      )!;
      for (const [label, value] of Object.entries(wanted)) {
        const field = [...section.querySelectorAll('label')]
          .find(({ textContent }) => textContent!.startsWith(label))!
          .querySelector<HTMLInputElement | HTMLSelectElement>('input, select')!;
        if (typeof value === 'boolean') (field as HTMLInputElement).checked = value;
        else field.value = value;
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
      }
    },
    part,
    values,
  );
}

/** Mean over pixels of |Δ| of red, green and blue, 0 … 255. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (i % 4 < 3) sum += Math.abs(a[i] - b[i]) / (0.75 * a.length);
  return sum;
}

/** Pixels that differ clearly from the one in the corner. */
const inkOf = ({ data }: PNG): number =>
  Array.from(
    { length: data.length / 4 },
    (_, i) => Math.abs(data[4 * i] - data[0]) + Math.abs(data[4 * i + 2] - data[2]),
  ).filter((change) => change > 40).length;

const picture = async (
  { page, files }: ReturnType<ReturnType<typeof opened>>,
  width: number,
  height: number,
  axes: boolean,
): Promise<{ name: string; png: PNG }> => {
  await fill(page, 'Picture', {
    'Size in pixels': 'own',
    Width: String(width),
    Height: String(height),
    'with axes': axes,
  });
  const { name, bytes } = await files.of(() => press(page, '#save', 'Save picture (PNG)'));
  return { name, png: PNG.sync.read(bytes) };
};

/** An encoder as some machines have: it says that it can. */
const FAILING_VP9 = `
  globalThis.Real = VideoEncoder;
  globalThis.VideoEncoder = class extends Real {
    constructor(init) { super(init); this.init = init; }
    configure(config) { this.fails = /^vp09/.test(config.codec); super.configure(config); }
    encode(...given) {
      if (!this.fails) return super.encode(...given);
      this.close();
      this.init.error(new DOMException('Encoding error.', 'EncodingError'));
    }
  };
  0`;

describe('with WebGPU', () => {
  const tab = opened('webgpu');

  it('a picture has the size asked for, shows the cloud, and axes where they are wanted', async () => {
    const { name, png } = await picture(tab(), 1500, 600, true);
    const { png: plain } = await picture(tab(), 1500, 600, false);
    expect(name).toBe(`mckean-tanh-curve-n${N}-step${STEPS}-1500x600.png`);
    expect([png.width, png.height, plain.width, plain.height]).toEqual([1500, 600, 1500, 600]);
    expect(inkOf(plain)).toBeGreaterThan(N); // a neuron's disc has several pixels
    expect(difference(png.data, plain.data)).toBeGreaterThan(0.05);
  });

  it('a picture of 3840 × 2160 has detail of its own: it is not a smaller one scaled up', async () => {
    const { png } = await picture(tab(), 3840, 2160, false);
    const { data, width, height } = png;
    expect([width, height]).toEqual([3840, 2160]);
    // In a picture scaled up smoothly by 2 or more, a pixel is the mean of its neighbours but for a row in two
    // or more.
    let single = 0;
    let all = 0;
    for (let y = 1; y < height - 1; y += 4) {
      for (let x = 1; x < width - 1; x++) {
        const at = 4 * (y * width + x);
        const bend = Math.abs(2 * data[at] - data[at - 4] - data[at + 4]);
        const slope = Math.abs(data[at + 4] - data[at - 4]);
        if (slope + bend > 24) all++;
        if (bend > 24) single++;
      }
    }
    expect(all).toBeGreaterThan(N);
    expect(single / all).toBeGreaterThan(0.2);
  });

  it('a size that cannot be drawn is refused with the limit', async () => {
    const { page, files } = tab();
    await fill(page, 'Picture', { 'Size in pixels': 'own', Width: '90000', Height: '600' });
    await press(page, '#save', 'Save picture (PNG)');
    await page.waitForFunction(() =>
      /90000 pixels: give a whole number from 16 to \d+/.test(document.getElementById('notice')!.textContent!),
    );
    expect(files.left).toEqual([]);
  });

  it('the cloud is a .npy of θ in float32, w1 first', async () => {
    const { page, files } = tab();
    const { name, bytes } = await files.of(() => press(page, '#save', 'Save neurons (.npy)'));
    expect(name).toBe(`mckean-tanh-curve-n${N}-step${STEPS}-theta.npy`);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x93NUMPY\x01\x00', 'latin1'));
    expect(bytes.subarray(10, 10 + bytes.readUInt16LE(8)).toString('latin1')).toBe(
      `{'descr': '<f4', 'fortran_order': False, 'shape': (${N}, 3), }`.padEnd(bytes.readUInt16LE(8) - 1) + '\n',
    );
    const { shape, data } = decodeNpy(bytes);
    const theta = await page.evaluate(async () => Array.from(await mckean.theta()));
    expect(shape).toEqual([N, 3]);
    expect(Array.from(data)).toEqual(theta);
    const size = await page.$$eval('#save .save-size', (sizes) =>
      sizes.map(({ textContent }) => textContent!).find((text) => text.startsWith('θ')),
    );
    expect(size).toContain(`${Math.round(bytes.length / 1000)} kB`);
  });

  it('every open figure is a CSV with the numbers of the run', async () => {
    const { page, files } = tab();
    const { loss, step } = await page.evaluate(() => mckean.metrics());
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('#save button')].filter(({ textContent }) =>
          textContent!.endsWith('(CSV)'),
        ).length === 2,
    );
    const open = async (title: string): Promise<Record<string, number>[]> => {
      const { name, bytes } = await files.of(() => press(page, '#save', `Save ${title} (CSV)`));
      expect(name).toMatch(new RegExp(`^mckean-tanh-curve-n${N}-step${STEPS}-(fit|loss)\\.csv$`));
      return Papa.parse<Record<string, number>>(bytes.toString('utf8'), {
        header: true,
        dynamicTyping: true,
        skipEmptyLines: true,
      }).data;
    };
    const losses = await open('Loss');
    expect(losses.at(-1)).toMatchObject({ step, loss });
    const fit = await open('f against the data');
    expect(fit).toHaveLength(96);
    // L from the saved f and y: 96 numbers of float32 size.
    expect(fit.reduce((sum, { y, f }) => sum + (f - y) ** 2 / (2 * 96), 0) / loss).toBeCloseTo(1, 5);
  });

  it('CONFIG.json is a configuration, and the command beside it gives the same run', async () => {
    const { page, files } = tab();
    const { path, name, bytes } = await files.of(() => press(page, '#save', 'Save CONFIG.json'));
    const saved = JSON.parse(bytes.toString('utf8')) as object;
    const config = await page.evaluate(() => mckean.config());
    expect(resolveConfig(saved)).toEqual(
      resolveConfig({ ...config, dynamics: { ...config.dynamics, steps: STEPS } }),
    );
    const command = await page.$eval('#save .save-command', (line) => line.textContent!);
    const [program, ...args] = command.split(' ');
    expect([program, ...args.slice(0, 4)]).toEqual(['npm', 'run', '-s', 'mckean', '--']);
    expect(args.slice(4, 6)).toEqual(['run', name]);
    const out = join(path, '..', args.at(-1)!);
    const inFolder = args
      .slice(4)
      .map((argument) => (argument === name ? path : argument === args.at(-1) ? out : argument));
    execFileSync(
      process.execPath,
      ['--import', './src/loader/register.mjs', 'src/cli/main.ts', ...inFolder, '--engine', 'cpu', '--quiet'],
      { stdio: 'pipe' },
    );
    const reference = decodeNpy(readFileSync(join(out, 'theta.npy'))).data;
    const theta = await page.evaluate(async () => Array.from(await mckean.theta()));
    const rms = Math.sqrt(
      Array.from(reference).reduce((sum, value) => sum + value * value, 0) / reference.length,
    );
    // float32 against float64
    expect(Math.max(...theta.map((value, i) => Math.abs(value - reference[i])))).toBeLessThan(1.5e-5 * rms);
  });

  it('the link is copied', async () => {
    const { page } = tab();
    await page
      .browserContext()
      .overridePermissions(new URL(site.address).origin, [
        'clipboard-read',
        'clipboard-write',
        'clipboard-sanitized-write',
      ]);
    await page.bringToFront();
    await press(page, '#save', 'Copy link');
    await page.waitForFunction(() => document.getElementById('notice')!.textContent!.includes('copied'));
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });

  it('a film has its frames, each after its steps, and its last one is the picture of where the run is then', async () => {
    const { page, files, problems } = tab();
    const frames = 12;
    const rate = 24;
    const steps = 3;
    await fill(page, 'Film', {
      'Size in pixels': 'own',
      Width: '640',
      Height: '360',
      Seconds: String(frames / rate),
      'Frames a second': String(rate),
      'Steps a frame': String(steps),
      'with axes': false,
    });
    const from = await page.evaluate(() => mckean.metrics().step);
    const { name, bytes } = await files.of(() => press(page, '#save', 'Make film'));
    expect([...bytes.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]); // EBML
    const last = from + (frames - 1) * steps;
    expect(await page.evaluate(() => [mckean.metrics().step, mckean.state])).toEqual([last, 'paused']);
    expect(name).toBe(`mckean-tanh-curve-n${N}-step${last}-640x360.webm`);
    const { png: end } = await picture(tab(), 640, 360, false);
    const player = await patientPage(page.browser()); // the page itself lets no film in
    await player.evaluate(async (base64) => {
      const video = document.createElement('video');
      const canvas = new OffscreenCanvas(640, 360);
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      const shown: number[][] = [];
      const happens = (event: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          video.addEventListener(event, resolve, { once: true });
          video.addEventListener('error', () => reject(new Error(video.error!.message)), { once: true });
        });
      const seek = async (time: number): Promise<void> => {
        const sought = happens('seeked');
        video.currentTime = time;
        await sought;
      };
      /** Keeps what is shown; false while that is the frame before, as with a player that is busy. */
      const look = (): boolean => {
        context.drawImage(video, 0, 0);
        const now = [...context.getImageData(0, 0, 640, 360).data];
        const before = shown.at(-1);
        if (before && now.every((value, i) => value === before[i])) return false;
        shown.push(now);
        return true;
      };
      video.muted = true;
      video.src = `data:video/webm;base64,${base64}`;
      await happens('loadeddata');
      const { duration, videoWidth, videoHeight } = video;
      const all = (): Shown => ({ duration, size: [videoWidth, videoHeight], shown });
      Object.assign(globalThis, { film: { seek, look, all } });
    }, bytes.toString('base64'));
    for (let frame = 0; frame < frames; frame++) {
      await player.evaluate(`film.seek(${(frame + 0.5) / rate})`);
      await player.waitForFunction('film.look()'); // no frame stands still
    }
    const { duration, size, shown } = (await player.evaluate('film.all()')) as Shown;
    await player.close();
    expect(duration).toBeCloseTo(frames / rate, 2);
    expect(size).toEqual([640, 360]);
    const moved = shown.slice(1).map((other, i) => difference(shown[i], other));
    expect(Math.min(...moved)).toBeGreaterThan(0.02); // no frame stands twice
    const [first, final] = [shown[0], shown.at(-1)!].map((frame) => difference(frame, end.data));
    expect(final).toBeLessThan(first / 2); // what coding loses is less than what the run moves
    expect(problems).toEqual([]);
  });

  it('a film of odd width is refused, and the next try is a film', async () => {
    const { page, files } = tab();
    await fill(page, 'Film', { 'Size in pixels': 'own', Width: '321', Height: '180', Seconds: '0.1' });
    await press(page, '#save', 'Make film');
    await page.waitForFunction(() =>
      document.getElementById('notice')!.textContent!.includes('321 × 180 pixels: give even numbers'),
    );
    await fill(page, 'Film', { Width: '320' });
    expect((await files.of(() => press(page, '#save', 'Make film'))).name).toMatch(/-320x180\.webm$/);
  });

  it('a film is an MP4 where that is chosen', async () => {
    const { page, files } = tab();
    await fill(page, 'Film', { Seconds: '0.1', Format: 'mp4' });
    const { name, bytes } = await files.of(() => press(page, '#save', 'Make film'));
    expect(name).toMatch(/-320x180\.mp4$/);
    expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp');
  });

  it('where the first codec fails at its first picture, the next one makes the film', async () => {
    const { page, files } = tab();
    await page.evaluate(FAILING_VP9);
    await fill(page, 'Film', { Seconds: '0.1', Format: 'webm' });
    const { bytes } = await files.of(() => press(page, '#save', 'Make film'));
    expect(bytes.includes('V_VP9')).toBe(false);
    expect(bytes.includes('V_VP8')).toBe(true);
    await page.evaluate('globalThis.VideoEncoder = Real');
  });

  it('a film that is cancelled is not saved, and the run stays where it is', async () => {
    const { page, files } = tab();
    await fill(page, 'Film', { Seconds: '100' });
    await press(page, '#save', 'Make film');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('#save .save-size')].some(({ textContent }) =>
        /^frame \d+ of /.test(textContent!),
      ),
    );
    await press(page, '#save', 'Cancel');
    await page.waitForFunction(
      () => document.querySelector('#save [role=status]')!.textContent === 'Cancelled.',
    );
    expect([files.left, await page.evaluate(() => mckean.state)]).toEqual([[], 'paused']);
  });
});

describe('without WebGPU, WebGL and VideoEncoder', () => {
  const tab = opened(
    'bare',
    (page) =>
      page.evaluateOnNewDocument(
        () => void Reflect.deleteProperty(globalThis, 'VideoEncoder'),
      ) as unknown as Promise<void>,
  );

  it('a picture is drawn at its size all the same, and the page says that it cannot make films', async () => {
    const { png } = await picture(tab(), 1920, 1080, true);
    expect([png.width, png.height]).toEqual([1920, 1080]);
    expect(inkOf(png)).toBeGreaterThan(N);
    expect(await tab().page.$eval('#save', (book) => book.textContent!)).toContain(
      'This browser cannot make films: it has no VideoEncoder.',
    );
    expect(tab().problems).toEqual([]);
  });

  it('over plain http, without a clipboard of the new kind, a link is copied all the same', async () => {
    const { page } = tab();
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      addEventListener('copy', () => (document.title = String(document.getSelection())));
    });
    const [copy] = await page.$$('xpath/.//button[text()="Copy link"]');
    await copy.click();
    await page.waitForFunction(() => /link .* is copied/.test(document.getElementById('notice')!.textContent!));
    expect(await page.title()).toBe(page.url());
  });
});
