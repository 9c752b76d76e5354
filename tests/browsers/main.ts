/** npm run tour -- chromium|firefox|webkit [--out DIR]: the page in that browser, every step and picture of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { serveFolder } from '../support/browser/static-server.ts';
import { BROWSERS, isBrowser, type BrowserName } from './browsers.ts';
import { books, offline, open, problemsOf, saves, theta, type Stage } from './tour.ts';
import { share } from './share.ts';
import { witnessed } from './witness.ts';

/** Of the time of playing with 65 536 neurons on the CPU, what steps must have at least. */
const LEAST = 1 / 3;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
const names = positionals.length > 0 ? positionals : Object.keys(BROWSERS);
const unknown = names.find((name) => !isBrowser(name));
if (unknown !== undefined) {
  console.error(`${unknown} is none of the tour's browsers: give ${Object.keys(BROWSERS).join(', ')}.`);
  process.exit(2);
}
const outDir = mkdtempSync(join(tmpdir(), 'mckean-built-')); // dist/ may be in use
await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
const site = witnessed(outDir);
const out = values.out ?? mkdtempSync(join(tmpdir(), 'mckean-pictures-'));
const reference = await inBrowser('chromium', async (stage) => theta(stage));
let failures = 0;
for (const name of names as BrowserName[]) await inBrowser(name, (stage) => show(name, stage));
for (const folder of [site, outDir]) rmSync(folder, { recursive: true });
console.log(`Pictures: ${out}`);
process.exitCode = failures > 0 ? 1 : 0;

async function inBrowser<T>(name: BrowserName, work: (stage: Stage) => Promise<T>): Promise<T | null> {
  const missing = BROWSERS[name].missing();
  if (missing) {
    console.log(missing);
    return null;
  }
  const server = await serveFolder(site, '/');
  const tab = await BROWSERS[name].open();
  try {
    const stage = { tab, server, out: join(out, name) };
    await open(stage);
    return await work(stage);
  } finally {
    await tab.close();
    await server.close();
  }
}

async function show(name: BrowserName, stage: Stage): Promise<void> {
  console.log(`\n${name}: ${stage.tab.version}`);
  const told = async (what: string, work: () => Promise<[holds: boolean, text: string]>): Promise<void> => {
    const [holds, text] = await work().catch((error: unknown) => [false, String(error)] as [boolean, string]);
    if (!holds) failures++;
    console.log(`${holds ? '  ' : '! '}${what}: ${text}`);
  };
  const clean = async (): Promise<[boolean, string]> => {
    const problems = await problemsOf(stage);
    return [problems.length === 0, problems.join('; ') || 'none'];
  };
  await told('θ after 50 steps', async () => {
    const hash = await theta(stage);
    return [
      reference === null || hash === reference,
      `${hash.slice(0, 16)}, Chromium's ${reference?.slice(0, 16)}`,
    ];
  });
  await told('books', async () => {
    const cut = await books(stage);
    return [
      cut.length === 0,
      cut.length === 0 ? 'all open, no formula is cut' : `formulas cut: ${cut.join(', ')}`,
    ];
  });
  await told('files', async () => [true, `\n    ${(await saves(stage)).join('\n    ')}`]);
  await told('share of steps, n = 65 536', async () => {
    const part = await share(stage);
    return [part >= LEAST, part.toFixed(2)];
  });
  await told('errors', clean);
  await told('without a network', async () => {
    await offline(stage);
    return clean();
  });
}
