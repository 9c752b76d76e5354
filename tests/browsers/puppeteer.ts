/** Chromium by its own protocol and Firefox by WebDriver BiDi: puppeteer speaks both. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type DownloadBehavior } from 'puppeteer';
import { findBrowser, launch } from '../support/browser/browser.ts';
import { PATIENCE } from '../support/patience.ts';
import { callOf, freshFolder, type Kind, type Tab } from './tab.ts';

const PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const firefoxPath = (): string | undefined =>
  [process.env.FIREFOX_PATH, ...PATHS].find((path) => path !== undefined && existsSync(path));

export const CHROMIUM: Kind = {
  missing: () =>
    findBrowser() ? null : 'Chromium is not installed: apt-get install chromium, or set CHROME_PATH.',
  open: () => openTab((downloadBehavior) => launch('webgl', { downloadBehavior })),
};

export const FIREFOX: Kind = {
  missing: () =>
    firefoxPath() ? null : 'Firefox is not installed: apt-get install firefox-esr, or set FIREFOX_PATH.',
  open: () =>
    openTab((_, folder) =>
      puppeteer.launch({
        browser: 'firefox',
        executablePath: firefoxPath()!,
        timeout: PATIENCE,
        protocolTimeout: 2 * PATIENCE,
        extraPrefsFirefox: { 'browser.download.folderList': 2, 'browser.download.dir': folder },
      }),
    ),
};

type Opening = (behaviour: DownloadBehavior, folder: string) => Promise<Browser>;

async function openTab(opening: Opening): Promise<Tab> {
  const downloads = freshFolder();
  const browser = await opening({ policy: 'allow', downloadPath: downloads }, downloads);
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  return {
    version: await browser.version(),
    downloads,
    goto: async (address) => void (await page.goto(address)),
    run: (work, ...given) => page.evaluate(callOf(work, given)) as never,
    resize: (width, height) => page.setViewport({ width, height }),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
