/** Before any test: the browser, so that every later failure is about the code. */
import { ensureBrowser } from './browser/browser.ts';

export default function setup(): void {
  process.env.CHROME_PATH = ensureBrowser();
}
