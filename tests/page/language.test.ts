/** Browsers whose language is no tag of one: libraries that ask for it as they load would end the page. */
import { expect, it } from 'vitest';
import { browserOf, siteOf } from '../support/browser/fixtures.ts';
import { untilInked } from '../support/browser/ink.ts';
import { openTab, type Tab } from '../support/browser/site.ts';

const site = siteOf();
const browser = browserOf('webgl');

/** The page in a browser that says so. */
function open(language: string, languages: readonly string[]): Promise<Tab> {
  return openTab(browser(), `${site.address}#preset=tanh-curve&model.width=500&engine=cpu`, async (page) => {
    await page.evaluateOnNewDocument(
      (one: string, all: readonly string[]) => {
        Object.defineProperty(Navigator.prototype, 'language', { get: () => one });
        Object.defineProperty(Navigator.prototype, 'languages', { get: () => Object.freeze([...all]) });
      },
      language,
      languages,
    );
  });
}

it.each([
  ['en-US@posix', ['en-US@posix'], 'en', ['en']],
  ['C', ['C', 'fr-CA'], 'fr-CA', ['fr-CA']],
  ['', [], 'en', ['en']],
  ['', [''], 'en', ['en']],
  ['de-DE', ['de-DE', 'de', 'en_GB.UTF-8'], 'de-DE', ['de-DE', 'de']],
  ['de-DE', ['de-DE', 'de'], 'de-DE', ['de-DE', 'de']],
])('“%s” with [%s]: the page starts and draws its loss', async (language, languages, one, all) => {
  const { page, problems } = await open(language, languages);
  await page.evaluate(() => mckean.step(20));
  await page.waitForSelector('.uplot canvas');
  await untilInked(page, '.uplot', 0.002);
  expect(await page.evaluate(() => [navigator.language, [...navigator.languages]])).toEqual([one, all]);
  expect(problems).toEqual([]);
  await page.close();
});
