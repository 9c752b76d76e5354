/** Files that a page saves, as they come to lie in a folder. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { vi } from 'vitest';
import { WAIT } from '../patience.ts';

export interface Saved {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

export class Downloads {
  private constructor(readonly folder: string) {}

  static async into(browser: Browser): Promise<Downloads> {
    const folder = mkdtempSync(join(tmpdir(), 'mckean-saved-'));
    const session = await browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    return new Downloads(folder);
  }

  /** Does something that saves one file, and opens it once it is whole. */
  async of(work: () => Promise<unknown>, wait: { timeout: number; interval: number } = WAIT): Promise<Saved> {
    await work();
    return this.taken((await vi.waitUntil(() => this.whole(), wait))!);
  }

  /** The same of what may be done twice: a browser among busy ones has lost a file. */
  ofEither(work: () => Promise<unknown>): Promise<Saved> {
    return this.of(work, { ...WAIT, timeout: WAIT.timeout / 5 }).catch(() => this.of(work));
  }

  /** Files that nobody has asked for. */
  get left(): readonly string[] {
    return readdirSync(this.folder);
  }

  /** Name of a file that is all there. */
  private whole(): string | undefined {
    const name = readdirSync(this.folder).find((other) => !/\.crdownload$|^\.|\.tmp$/.test(other));
    return name !== undefined && !existsSync(join(this.folder, `${name}.crdownload`)) ? name : undefined;
  }

  /** Out of the way of another file of that name. */
  private taken(name: string): Saved {
    const path = join(mkdtempSync(join(tmpdir(), 'mckean-taken-')), name);
    renameSync(join(this.folder, name), path);
    return { name, path, bytes: readFileSync(path) };
  }
}

/** Presses the button of that text within `host`. */
export const press = (page: Page, host: string, text: string): Promise<void> =>
  page.evaluate(
    (selector, wanted) => {
      const found = [...document.querySelectorAll<HTMLButtonElement>(`${selector} button`)].find(
        ({ textContent }) => textContent === wanted,
      );
      if (!found) throw new Error(`no button "${wanted}" in ${selector}`);
      found.click();
    },
    host,
    text,
  );
