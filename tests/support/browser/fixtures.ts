/** What groups of tests of the page share: the site, and a browser of one kind. */
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll } from 'vitest';
import { launch, type MACHINES } from './browser.ts';
import { serveSite } from './site.ts';

/** The site of a file of tests; its address is there once they begin. */
export function siteOf(): { readonly address: string } {
  const site = { address: '', close: (): Promise<void> => Promise.resolve() };
  beforeAll(async () => void Object.assign(site, await serveSite()));
  afterAll(() => site.close());
  return site;
}

/** A browser for a group of tests. */
export function browserOf(machine: keyof typeof MACHINES): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(machine);
  });
  afterAll(() => browser.close());
  return () => browser;
}
