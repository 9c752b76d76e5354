/** How a test looks at the page as it stands: what axe finds, what is too wide, what a book shows. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical in a part of the page as it stands, by rule and element. */
export async function findings(page: Page, part = 'html'): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (context) =>
      (
        globalThis as unknown as { axe: { run(context: string, options: object): Promise<AxeResults> } }
      ).axe.run(context, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    part,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id} at ${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`,
      ),
    );
}

/** What reaches beyond the window's right edge and is not meant to scroll by itself. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          element.checkVisibility() &&
          !element.closest('.formula, .visually-hidden, pre, .scrolls') &&
          element.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((element) => `${element.tagName} ${element.id} ${element.className}`)
      .concat(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
  );

export async function openBook(page: Page, name: string): Promise<void> {
  await page.$eval(`#${name}-open`, (button) => (button as HTMLElement).click());
  await page.waitForFunction(
    (id) => !document.getElementById(id)!.hidden && document.getElementById(id)!.childElementCount > 0,
    {},
    name,
  );
}
