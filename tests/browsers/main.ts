/** npm run tour -- chromium|firefox|webkit [--out DIR]: the page in that browser, every step and picture of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { someOf, type Arguments } from '../../src/cli/args.ts';
import { runTool } from '../../src/cli/tool.ts';
import { serveFolder } from '../support/browser/static-server.ts';
import { BROWSERS, type BrowserName } from './browsers.ts';
import { books, offline, open, problemsOf, saves, theta, type Stage } from './tour.ts';
import { share } from './share.ts';
import { witnessed } from './witness.ts';

/** Of the time of playing with 65 536 neurons on the CPU, what steps must have at least. */
const LEAST = 1 / 3;

interface Places {
  /** The built page as it is served. */
  readonly site: string;
  /** Where pictures go. */
  readonly out: string;
}

async function run({ positionals, text }: Arguments): Promise<number> {
  const known = Object.keys(BROWSERS) as BrowserName[];
  const names = positionals.length > 0 ? positionals.flatMap((name) => someOf('browser', name, known)) : known;
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-built-')); // dist/ may be in use
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const places = {
    site: witnessed(outDir),
    out: text('out') ?? mkdtempSync(join(tmpdir(), 'mckean-pictures-')),
  };
  const reference = await inBrowser('chromium', places, theta);
  let failures = 0;
  for (const name of names)
    failures += (await inBrowser(name, places, (stage) => show(name, stage, reference))) ?? 0;
  for (const folder of [places.site, outDir]) rmSync(folder, { recursive: true });
  console.log(`Pictures: ${places.out}`);
  return failures > 0 ? 1 : 0;
}

/** What is done in that browser, on the site, with its pictures in `out`; null where it is not installed. */
async function inBrowser<T>(
  name: BrowserName,
  { site, out }: Places,
  work: (stage: Stage) => Promise<T>,
): Promise<T | null> {
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

/** Tells what it finds; how much of it is not as it should be. `reference`: of θ, if it is known. */
async function show(name: BrowserName, stage: Stage, reference: string | null): Promise<number> {
  let failures = 0;
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
  return failures;
}

await runTool('tour', {
  summary: 'The page in each of these browsers that is here, every step and picture of it.',
  positionals: ['[chromium|firefox|webkit…]'],
  flags: { out: { value: 'DIR', help: 'where pictures go; default: a new folder, which is named' } },
  run,
});
