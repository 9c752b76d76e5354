/** The same steps in every browser; each answers what it saw, and throws where the page breaks its word. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOK_NAMES } from '../../src/app/shell/books.ts';
import { CHAPTER_IDS } from '../../src/app/lecture/ids.ts';
import type { PageApi } from '../../src/app/links/api.ts';
import type { StaticServer } from '../support/browser/static-server.ts';
import { awaited, until, type Tab } from './tab.ts';

declare global {
  var mckean: PageApi;
}

export interface Stage {
  readonly tab: Tab;
  readonly server: StaticServer;
  /** Where pictures go; null: none are taken. */
  readonly out: string | null;
}

export const START = '#preset=tanh-curve&engine=cpu&model.width=4096&figures=fit,loss';
const WINDOW = [1280, 800] as const;
const STEPS = 50;

export async function open({ tab, server }: Stage, hash = START): Promise<void> {
  await tab.resize(...WINDOW);
  await tab.goto('about:blank');
  await tab.goto(server.address + hash);
  await until(tab, () => 'mckean' in globalThis);
  await tab.run(() => mckean.ready);
}

/** SHA-256 of θ after 50 steps of the float64 engine. */
export async function theta({ tab }: Stage): Promise<string> {
  return tab.run(async (steps) => {
    await mckean.pause();
    await mckean.reset();
    await mckean.step(steps);
    const { buffer } = await mckean.theta();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', buffer as ArrayBuffer));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }, STEPS);
}

async function picture({ tab, out }: Stage, name: string): Promise<void> {
  if (out === null) return;
  await until(tab, () => getComputedStyle(document.querySelector('#cloud canvas')!).opacity === '1'); // it is drawn
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.png`), await tab.screenshot());
}

/** Opens every book, and every chapter of the lecture; which formulas do not fit. */
export async function books(stage: Stage): Promise<readonly string[]> {
  const { tab } = stage;
  await picture(stage, 'page');
  for (const name of BOOK_NAMES) {
    await openBook(tab, name);
    await picture(stage, name);
  }
  const cut: string[] = [];
  await openBook(tab, 'lecture');
  for (const id of CHAPTER_IDS) {
    await tab.run((wanted) => {
      const menu = document.querySelector<HTMLSelectElement>('#lecture select')!;
      menu.value = wanted;
      menu.dispatchEvent(new Event('change'));
    }, id);
    await until(tab, (wanted) => location.hash.includes(`chapter=${wanted}`), id);
    await tab.run(() => document.fonts.ready.then(() => undefined));
    const isCut = await tab.run(() => {
      const formula = document.querySelector<HTMLElement>('#lecture .formula')!;
      formula.scrollIntoView();
      return formula.scrollWidth > formula.clientWidth + 1;
    });
    if (isCut) cut.push(id);
    await picture(stage, `lecture-${id}`);
  }
  await tab.run(() => document.getElementById('lecture-open')!.click());
  return cut;
}

async function openBook(tab: Tab, name: string): Promise<void> {
  await tab.run((id) => {
    if (document.getElementById(id)!.hidden) document.getElementById(`${id}-open`)!.click();
  }, name);
  await until(
    tab,
    (id) => {
      const book = document.getElementById(id)!;
      return !book.hidden && book.childElementCount > 0;
    },
    name,
  );
}

/** A file of each kind by its button, and how it must begin. */
const FILES = [
  ['Save picture (PNG)', /\.png$/, [0x89, 0x50, 0x4e, 0x47]],
  ['Save neurons (.npy)', /\.npy$/, [0x93, 0x4e, 0x55, 0x4d]],
  ['Save f against the data (CSV)', /\.csv$/, []],
  ['Save CONFIG.json', /\.json$/, [0x7b]],
] as const;

/** Saves each kind of file; what was saved, and in its place the sentence of a browser that makes no films. */
export async function saves(stage: Stage): Promise<readonly string[]> {
  const { tab } = stage;
  await open(stage);
  await tab.run(() => mckean.pause().then(() => mckean.step(2)));
  await openBook(tab, 'save');
  const seen: string[] = [];
  for (const [button, name, head] of FILES) seen.push(await saved(tab, button, name, head));
  seen.push(await film(tab));
  await picture(stage, 'saved');
  return seen;
}

async function film(tab: Tab): Promise<string> {
  const refusal = await tab.run(() => {
    const section = [...document.querySelectorAll('#save section')].find(
      (other) => other.querySelector('h3')!.textContent === 'Film',
    )!;
    const fields = [...section.querySelectorAll('label')];
    const set = (label: string, value: string): void => {
      const field = fields
        .find(({ textContent }) => textContent!.startsWith(label))!
        .querySelector<HTMLInputElement | HTMLSelectElement>('input, select')!;
      field.value = value;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    };
    if (fields.length === 0) return section.querySelector('.save-note')!.textContent!;
    set('Size in pixels', 'own');
    set('Width', '320');
    set('Height', '180');
    set('Seconds', '0.2');
    return '';
  });
  return refusal || saved(tab, 'Make film', /\.webm$/, [0x1a, 0x45, 0xdf, 0xa3]);
}

/** Presses a button of the book and waits for its file. */
async function saved(tab: Tab, text: string, name: RegExp, head: readonly number[]): Promise<string> {
  const found = (): { file: string; bytes: Buffer } | undefined =>
    (existsSync(tab.downloads) ? readdirSync(tab.downloads) : [])
      .filter((file) => name.test(file))
      .map((file) => ({ file, bytes: bytesOf(join(tab.downloads, file)) }))
      .find(({ bytes }) => bytes.length > 0);
  await until(
    tab,
    (wanted) => {
      const button = [...document.querySelectorAll<HTMLButtonElement>('#save button')].find(
        ({ textContent }) => textContent === wanted,
      );
      button?.click();
      return button !== undefined;
    },
    text,
  );
  const { file, bytes } = await awaited(`${text}: a file`, async () => found() ?? (await failure(tab, text)));
  if (!head.every((byte, i) => bytes[i] === byte))
    throw new Error(`${file} is none: it begins ${bytes.subarray(0, 4).toString('hex')}`);
  return `${file}: ${bytes.length} bytes`;
}

/** Of a file; none where it has another name by now, as browsers give while it comes. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Throws what went wrong meanwhile. */
async function failure(tab: Tab, what: string): Promise<undefined> {
  const problems = await tab.run(() => [
    ...globalThis.problems,
    ...[...document.querySelectorAll('#save [role=status]')]
      .map(({ textContent }) => textContent!)
      .filter((said) => /encoder|failed/.test(said)),
  ]);
  if (problems.length > 0) throw new Error(`${what}: ${problems.join('; ')}`);
}

/** With the server gone: the page opens, steps, and opens its books. */
export async function offline(stage: Stage): Promise<void> {
  const { tab, server } = stage;
  await open(stage);
  await tab.run(() => navigator.serviceWorker.ready.then(() => undefined));
  await until(tab, () => navigator.serviceWorker.controller !== null);
  await server.close();
  await open(stage);
  await tab.run(() => mckean.pause().then(() => mckean.step(2)));
  for (const name of BOOK_NAMES) await openBook(tab, name);
  await picture(stage, 'offline');
}

export const problemsOf = ({ tab }: Stage): Promise<readonly string[]> => tab.run(() => globalThis.problems);
