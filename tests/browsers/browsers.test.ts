/**
 * The page in other browsers than Chromium, where they are installed: the same bits, every book, files that are saved, and no
 * error. `npm run tour` takes more steps, with pictures.
 */
import { describe, expect, it } from 'vitest';
import { serveFolder } from '../support/browser/static-server.ts';
import { BROWSERS } from './browsers.ts';
import { books, open, problemsOf, saves, theta, type Stage } from './tour.ts';
import { witnessed } from './witness.ts';

/** In a browser of its own. */
async function inBrowser<T>(name: keyof typeof BROWSERS, work: (stage: Stage) => Promise<T>): Promise<T> {
  const server = await serveFolder(witnessed('dist'), '/');
  const tab = await BROWSERS[name].open();
  try {
    const stage = { tab, server, out: null };
    await open(stage);
    return await work(stage);
  } finally {
    await tab.close();
    await server.close();
  }
}

describe.each(['firefox', 'webkit'] as const)('%s', (name) => {
  const missing = BROWSERS[name].missing();
  it.skipIf(missing !== null)(
    `${missing ?? 'θ after 50 steps is Chromium’s in every bit; books, files, no error'}`,
    async () => {
      const reference = await inBrowser('chromium', theta);
      await inBrowser(name, async (stage) => {
        expect(await theta(stage)).toBe(reference);
        expect(await books(stage)).toEqual([]);
        expect(await saves(stage)).toHaveLength(5);
        expect(await problemsOf(stage)).toEqual([]);
      });
    },
  );
});
