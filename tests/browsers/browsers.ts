/** The browsers of the tour, by name. */
import { CHROMIUM, FIREFOX } from './puppeteer.ts';
import type { Kind } from './tab.ts';
import { WEBKIT } from './webkit.ts';

export const BROWSERS = { chromium: CHROMIUM, firefox: FIREFOX, webkit: WEBKIT } as const satisfies Record<
  string,
  Kind
>;
export type BrowserName = keyof typeof BROWSERS;
