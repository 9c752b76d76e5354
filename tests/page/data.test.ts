/** Own data on the page: each way to bring them, in Chrome, with the configuration that comes of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { ElementHandle, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeNpy } from '../../src/io/npy.ts';
import { THEMES, parseRgb } from '../../src/views/palette.ts';
import { commandLineRun } from '../support/browser/command-line.ts';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { WAIT } from '../support/patience.ts';
import { openTab } from '../support/browser/site.ts';

interface Inline {
  readonly inline: { readonly x: readonly (readonly number[])[]; readonly y: readonly number[] };
  readonly test?: number;
  readonly standardize?: boolean;
}

const site = siteOf();
const browser = browserOf('webgl'); // the CPU engine opens soonest

/** A paused page with the book of data open at one of its tabs. */
async function openBook(tab: string, hash = '#preset=tanh-curve&model.width=64') {
  const opened = await openTab(browser(), `${site.address}${hash}`);
  await opened.page.evaluate(() => mckean.pause());
  await opened.page.keyboard.press('o');
  await opened.page.waitForSelector('#data:not([hidden]) [role=tab]');
  await opened.page.click(`#data-tab-${tab}`);
  return opened;
}

const inlineOf = (page: Page): Promise<Inline> =>
  page.evaluate(() => mckean.config().data as unknown as Inline);
const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent!);
/** Presses a button once it is there. */
async function press(page: Page, text: string, within = '#data'): Promise<void> {
  await page.waitForFunction(
    (wanted, host) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>(`${host} button`)];
      const button = buttons.find(({ textContent }) => textContent === wanted);
      button?.click();
      return button !== undefined;
    },
    {},
    text,
    within,
  );
}
const samples = (page: Page, m: number) =>
  page.waitForFunction((wanted) => mckean.metrics().m === wanted, {}, m);

async function write(page: Page, selector: string, text: string): Promise<void> {
  await page.$eval(
    selector,
    (input, value) => {
      (input as HTMLInputElement).value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    text,
  );
}

/** The control whose label reads so. */
async function field(page: Page, label: string, within = '#data'): Promise<ElementHandle<HTMLInputElement>> {
  const handle = await page.evaluateHandle(
    (wanted, host) =>
      [...document.querySelectorAll(`${host} label`)]
        .find((each) => each.textContent!.startsWith(wanted))!
        .querySelector('input')!,
    label,
    within,
  );
  return handle as ElementHandle<HTMLInputElement>;
}

async function fill(page: Page, label: string, value: string, within = '#data'): Promise<void> {
  const input = await field(page, label, within);
  await input.evaluate((element) => element.select());
  await input.type(value);
  await page.keyboard.press('Enter');
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    (file, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], file));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    name,
    text,
  );
}

describe('pick', () => {
  it('a data set with samples, noise and seed becomes the data of the configuration; a scene brings its network too', async () => {
    const { page, problems } = await openBook('pick');
    const pressed = () =>
      page.$$eval('#data .tile[aria-pressed=true] strong', (titles) =>
        titles.map(({ textContent }) => textContent),
      );
    expect(await pressed()).toEqual(['Curve', 'Curve']);
    await page.evaluate(() =>
      [...document.querySelectorAll<HTMLButtonElement>('#data .tile')]
        .find((tile) => tile.textContent!.startsWith('Spirals'))!
        .click(),
    );
    await samples(page, 240);
    expect(await pressed()).toEqual(['Spirals']);
    await fill(page, 'samples', '50');
    await samples(page, 50);
    await fill(page, 'samples', '1,500'); // maybe 1.5, maybe 1500
    const typed = await field(page, 'samples');
    expect(await typed.evaluate((input) => input.validationMessage)).toContain('type one number');
    await fill(page, 'held out %', '20');
    await samples(page, 40);
    await fill(page, 'seed', '7');
    await page.waitForFunction(() => JSON.stringify(mckean.config().data).includes('"seed":7'));
    expect(await page.evaluate(() => mckean.config())).toMatchObject({
      data: { dataset: 'spirals', samples: 50, noise: 0, seed: 7, test: 0.2 },
      model: { width: 64 },
    });
    expect(await textOf(page, '#summary')).toBe(
      'Spirals (40 samples and 10 held out): two inputs: two spirals of one and a half turns, y = +1 on one and −1 on the other.',
    );
    await page.evaluate(() =>
      [...document.querySelectorAll<HTMLButtonElement>('#data .tile')]
        .find((tile) => tile.textContent!.startsWith('Teacher'))!
        .click(),
    );
    await page.waitForFunction(() => mckean.config().preset === 'relu-teacher');
    expect(await page.evaluate(() => mckean.config().model.activation)).toBe('relu');
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('draw', () => {
  /** Centre of what is drawn in the colour of points, in CSS pixels of the window. */
  async function inkCentre(page: Page): Promise<readonly [number, number]> {
    const { x, y, width: wide, height: high } = (await (await page.$('.data-drawing'))!.boundingBox())!;
    const { data, width } = PNG.sync.read(Buffer.from(await page.screenshot({ captureBeyondViewport: false })));
    const theme = await page.evaluate(() => document.documentElement.dataset.theme as 'dark' | 'light');
    const wanted = parseRgb(THEMES[theme].learned).map((c) => 255 * c);
    let [count, right, below] = [0, 0, 0];
    for (let row = Math.ceil(y); row < y + high; row++) {
      for (let column = Math.ceil(x); column < x + wide; column++) {
        if (wanted.some((c, k) => Math.abs(data[4 * (row * width + column) + k] - c) > 24)) continue;
        [count, right, below] = [count + 1, right + column + 0.5, below + row + 0.5];
      }
    }
    return [right / count, below / count];
  }

  it('a point lands where it was clicked, within a pixel; it drags, goes with Alt, comes back with undo, and trains', async () => {
    const { page, problems } = await openBook('draw');
    const area = (await page.$('.data-drawing'))!;
    await area.scrollIntoView();
    const box = (await area.boundingBox())!;
    const at = (across: number, down: number): [number, number] => [
      Math.round(box.x + across * box.width),
      Math.round(box.y + down * box.height),
    ];
    const [x, y] = at(0.4, 0.3);
    await page.mouse.click(x, y);
    await page.mouse.move(...at(0.9, 0.9));
    await page.waitForFunction(() => document.querySelector('#data .data-state')!.textContent === '1 point.');
    await vi.waitFor(async () => {
      const drawn = await inkCentre(page);
      expect(Math.abs(drawn[0] - x)).toBeLessThan(1);
      expect(Math.abs(drawn[1] - y)).toBeLessThan(1);
    }, WAIT);

    // Dragged beyond the corner it stops at the ends of the axes.
    await page.mouse.move(x, y);
    // All sent at once: a hand that rests on a point takes it away.
    await Promise.all([page.mouse.down(), page.mouse.move(box.x + box.width + 30, box.y - 20, { steps: 4 })]);
    await page.mouse.up();
    await page.mouse.click(...at(0.5, 0.5));
    await page.keyboard.down('Alt');
    await page.mouse.click(...at(0.5, 0.5));
    await page.keyboard.up('Alt');
    expect(await textOf(page, '#data-draw .data-state')).toBe('1 point.');
    await press(page, 'Undo');
    expect(await textOf(page, '#data-draw .data-state')).toBe('2 points.');
    await page.mouse.move(...at(0.5, 0.5));
    await page.mouse.down();
    await page.waitForFunction(
      () => document.querySelector('#data-draw .data-state')!.textContent === '1 point.',
    ); // a long press
    await page.mouse.up();
    await press(page, 'Undo');
    await press(page, 'Use these points');
    await samples(page, 2);
    const { inline } = await inlineOf(page);
    expect([inline.x[0], inline.y[0]]).toEqual([[1], 1]);
    expect(await textOf(page, '#summary')).toBe('Points drawn by hand: y from x, 2 samples.');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('by keyboard alone: tabs by arrows, two inputs and targets in the table, live training', async () => {
    const { page, problems } = await openBook('pick');
    await page.focus('#data-tab-pick');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('data-tab-draw');
    await page.focus('#data input[value=one]');
    await page.keyboard.press('ArrowDown');
    await page.focus('.data-points summary');
    await page.keyboard.press('Enter');
    await (await field(page, 'Train while')).focus();
    await page.keyboard.press('Space');
    for (const [x1, x2, y] of [
      ['0.5', '-0.25', '-1'],
      ['-2', '0', '0.5'],
    ]) {
      await press(page, 'Add a point');
      expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-label'))).toMatch(
        /^x1 of point/,
      );
      for (const value of [x1, x2, y]) {
        await page.keyboard.down('Control');
        await page.keyboard.press('a');
        await page.keyboard.up('Control');
        await page.keyboard.type(value);
        await page.keyboard.press('Tab');
      }
    }
    const wanted = {
      x: [
        [0.5, -0.25],
        [-2, 0],
      ],
      y: [-1, 0.5],
      title: 'Points drawn by hand',
    };
    await page.waitForFunction(
      (inline) => JSON.stringify((mckean.config().data as { inline?: object }).inline) === inline,
      {},
      JSON.stringify(wanted),
    );
    await page.focus('.data-drawing');
    await page.keyboard.press('Delete');
    await samples(page, 1);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('CSV', () => {
  const TABLE = [
    'name,height,weight,age',
    ...Array.from({ length: 20 }, (_, i) => `p${i},${150 + i},${50 + 2 * i},${20 + (i % 5)}`),
  ].join('\n');

  let tab: Awaited<ReturnType<typeof openBook>>;
  beforeAll(async () => {
    tab = await openBook('table');
  });
  afterAll(() => tab.page.close());

  it('with a word among its numbers is refused at its line and column, and read without that column', async () => {
    const { page } = tab;
    await write(page, '#data textarea', 'x,z,y\n1,2,3\n2,n/a,5\n');
    await page.waitForFunction(() => document.querySelector('#data-table .data-error')!.textContent !== '');
    expect(await textOf(page, '#data-table .data-error')).toMatch(
      /^The table: line 3, column "z": "n\/a" stands for a missing value/,
    );
    expect(await page.evaluate(() => mckean.config().preset)).toBe('tanh-curve');
    await press(page, 'Leave out column "z"');
    await press(page, 'Use these columns');
    await samples(page, 2);
    expect((await inlineOf(page)).inline).toEqual({
      x: [[1], [2]],
      y: [3, 5],
      names: ['x'],
      target: 'y',
      title: 'The table',
    });
  });

  it('pasted: the chosen columns are the inputs and the target, by name on the axes, with the share held out and the scaling asked for', async () => {
    const { page, problems } = tab;
    await write(page, '#data textarea', TABLE);
    await page.waitForFunction(() =>
      document.querySelector('#data-table .data-state')!.textContent!.includes('20 rows'),
    );
    expect(await textOf(page, '#data-table .data-state')).toBe(
      'The table: 20 rows, 3 columns of numbers, 1 left out: name (no numbers).',
    );
    await page.select('#data-table select', '1');
    await page.click('#data-table th:nth-child(4) input');
    await page.waitForFunction(
      () => !document.querySelector<HTMLButtonElement>('#data-table .data-use')!.disabled,
    );
    expect(await textOf(page, '#data-table .data-found > .data-small')).toMatch(
      /^Suggested: weight reaches 88\./,
    );
    await fill(page, 'held out for', '25');
    await press(page, 'Use these columns');
    await samples(page, 15);
    const { inline, test, standardize } = await inlineOf(page);
    expect({ inline, test, standardize }).toEqual({
      inline: {
        x: Array.from({ length: 20 }, (_, i) => [50 + 2 * i]),
        y: Array.from({ length: 20 }, (_, i) => 150 + i),
        names: ['weight'],
        target: 'height',
        title: 'The table (2)',
      },
      test: 0.25,
      standardize: true,
    });
    expect(await textOf(page, '#summary')).toBe(
      'The table (2): height from weight, 15 samples and 5 held out.',
    );
    await page.waitForFunction(() =>
      document.getElementById('reading')!.textContent!.includes('weight of weight across'),
    );

    // Names belong to their data: others do not inherit them, and the data have them when they come back.
    const saved = await page.evaluate(() => JSON.stringify(mckean.config()));
    await page.evaluate(() => mckean.configure({ data: { inline: { x: [[1], [2]], y: [3, 4] } } }));
    await page.waitForFunction(
      () => document.getElementById('summary')!.textContent === 'Your own data: y from x, 2 samples.',
    );
    await drop(page, 'CONFIG.json', saved);
    await page.waitForFunction(
      () =>
        document.getElementById('summary')!.textContent ===
        'The table (2): height from weight, 15 samples and 5 held out.',
    );
    expect(problems).toEqual([]);
  });

  it('dropped on the page works at once, and its message leads to the columns', async () => {
    const { page, problems } = await openTab(browser(), `${site.address}#preset=tanh-curve&model.width=64`);
    await drop(page, 'people.csv', TABLE);
    await samples(page, 20);
    await page.waitForFunction(() =>
      document
        .getElementById('notice')!
        .textContent!.includes('people.csv: 20 rows, age from height and weight.'),
    );
    expect((await inlineOf(page)).inline.y).toEqual(Array.from({ length: 20 }, (_, i) => 20 + (i % 5)));
    await press(page, 'Columns…', '#notice');
    await page.waitForSelector('#data:not([hidden]) #data-table:not([hidden]) th input');
    expect(await textOf(page, '#data-table .data-state')).toMatch(/^people\.csv: 20 rows, 3 columns/);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('formula', () => {
  let tab: Awaited<ReturnType<typeof openBook>>;
  beforeAll(async () => {
    tab = await openBook('formula');
  });
  afterAll(() => tab.page.close());

  it('without noise gives exactly the function at the points, and a CONFIG.json that the command line runs', async () => {
    const { page, problems } = tab;
    await write(page, '#data-formula .data-formula input', 'sin 3x');
    await fill(page, 'samples m', '33', '#data-formula');
    await fill(page, 'lowest x', '-2', '#data-formula');
    await press(page, 'Use this formula');
    await samples(page, 33);
    const {
      inline: { x, y },
    } = await inlineOf(page);
    expect([x[0], x[32]]).toEqual([[-2], [1]]);
    // The browser's own sin: another's may differ in the last bit.
    expect(y).toEqual(await page.evaluate((rows) => rows.map(([value]) => Math.sin(3 * value)), x));
    expect(await textOf(page, '#summary')).toBe('y = sin 3x: y from x, 33 samples.');
    const out = commandLineRun(await page.evaluate(() => mckean.config()));
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toMatchObject({
      m: 33,
      n: 64,
    });
    expect(problems).toEqual([]);
  });

  it('says at which character it fails, and nothing changes', async () => {
    const { page, problems } = tab;
    await write(page, '#data-formula .data-formula input', 'sin(x');
    expect(await textOf(page, '#data-formula-error')).toBe('Character 4: this bracket is not closed, add ")".');
    expect(await page.$eval('#data-formula > button', (button) => (button as HTMLButtonElement).disabled)).toBe(
      true,
    );
    await write(page, '#data-formula .data-formula input', 'x1 x2');
    await fill(page, 'samples m', '10', '#data-formula');
    await press(page, 'Use this formula');
    await samples(page, 9);
    expect(await textOf(page, '#notice')).toContain('a square grid: 9 samples');
    expect((await inlineOf(page)).inline.y).toEqual(
      [2, 0.5, -1, -0, -0, 0, -2, -0.5, 1].map((value) => value + 0),
    ); // x1 = −2, −½, 1 at each of x2 = −1, 0, 1
    expect(problems).toEqual([]);
  });

  it('of many samples leaves the address short and says so; the saved CONFIG.json brings the run back', async () => {
    const { page, problems } = tab;
    const whole = () => page.evaluate(() => location.hash.includes('inline'));
    expect(await whole()).toBe(true);
    await fill(page, 'samples m', '1000', '#data-formula');
    await press(page, 'Use this formula');
    await samples(page, 1024);
    await page.waitForFunction(() =>
      document.getElementById('notice')!.textContent!.includes('save CONFIG.json'),
    );
    expect([await whole(), (await page.evaluate(() => location.href.length)) < 9000]).toEqual([false, true]);
    const config = await page.evaluate(() => mckean.config());

    const again = await openTab(browser(), await page.evaluate(() => location.href));
    expect(await textOf(again.page, '#notice')).toContain('its data were too long for an address');
    await drop(again.page, 'config.json', JSON.stringify(config));
    await samples(again.page, 1024);
    expect(await again.page.evaluate(() => mckean.config())).toEqual(config);
    expect([...problems, ...again.problems]).toEqual([]);
    await again.page.close();
  });
});

describe('files together', () => {
  const ROWS = Array.from({ length: 12 }, (_, i) => [i / 6 - 1, Math.sin(i)] as const);
  const SEMICOLONS = `Größe;y\n${ROWS.map((row) => row.join(';').replaceAll('.', ',')).join('\n')}\n`;
  const LABELS = `x;kind\n${ROWS.map(([x], i) => `${x};${i % 2 ? 'b' : 'a'}`).join('\n')}\n`;

  async function dropAll(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
    await page.evaluate((all) => {
      const dataTransfer = new DataTransfer();
      for (const [name, content] of Object.entries(all))
        dataTransfer.items.add(new File([Uint8Array.from(content, (unit) => unit.charCodeAt(0))], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, files);
  }

  it('a CONFIG.json with its table replaces all settings; a table of words offers what its sentence offers; two tables ask which', async () => {
    const { page, problems } = await openTab(
      browser(),
      `${site.address}#preset=moons&model.width=64&dynamics.dt=3`,
    );
    const config = { data: { csv: 'folder/t.csv', decimal: ',' }, model: { width: 32 }, engine: 'cpu' };
    await dropAll(page, { 'run.json': JSON.stringify(config), 't.csv': SEMICOLONS });
    await samples(page, 12);
    const { data, preset, dynamics, model } = await page.evaluate(() => mckean.config());
    expect([preset, dynamics.dt, model.width]).toEqual([undefined, 0.1, 32]);
    expect(data).toMatchObject({ inline: { names: ['Größe'], target: 'y', x: ROWS.map(([x]) => [x]) } });

    await dropAll(page, { 'labels.txt': LABELS });
    await page.waitForFunction(() => document.getElementById('notice')!.textContent!.includes('is text'));
    await press(page, 'Use the last column as labels', '#notice');
    await page.waitForFunction(() => (mckean.config().data as { labels?: boolean }).labels === true);
    expect((await inlineOf(page)).inline).toMatchObject({ names: ['x'], target: 'kind', title: 'labels.txt' });

    await dropAll(page, { 'one.csv': 'x,y\n1,2\n2,3\n', 'two.dat': 'x y\n1 2\n2 3\n4 7\n' });
    await press(page, 'Take two.dat', '#notice');
    await samples(page, 3);
    expect((await inlineOf(page)).inline.y).toEqual([2, 3, 7]);

    const notice = (words: string) =>
      page.waitForFunction(
        (wanted) => document.getElementById('notice')!.textContent!.includes(wanted),
        {},
        words,
      );
    await dropAll(page, {
      'run.json': '{ "data": { "csv": "t.csv" },\n  "model": { "width": 8, "width": 9 } }',
    });
    await notice('run.json, line 2, column 26: it is not valid JSON (the key "width" is there twice');
    // θ of these data has 3 numbers a neuron: w1, w0 and the bias
    const npy = (...shape: number[]) =>
      String.fromCharCode(...encodeNpy(new Float64Array(shape[0] * shape[1]).fill(0.5), shape));
    await dropAll(page, { 'run.npy': npy(5, 3) });
    await notice('The run starts from θ of run.npy.');
    expect(await page.evaluate(() => mckean.metrics().n)).toBe(5);
    await dropAll(page, { 'x.npy': npy(5, 7) });
    await notice('give (n, 3) for these data: column 0 is w1, then 2 of w0; a .npy is the θ of a run');
    expect(problems).toEqual([]);
    await page.close();
  });
});
