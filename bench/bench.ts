/** `npm run bench`: how fast a step is, of ours and of peers, in one interleaved run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_PLATFORM } from '../src/cli/machine/platform.ts';
import { main, type Surroundings } from './main.ts';

const surroundings: Surroundings = {
  platform: NODE_PLATFORM,
  openPage: async (peers) => {
    if (peers) (await import('./page/install.ts')).installPeers();
    const { openPage } = await import('./browser.ts');
    const name = peers ? 'peers' : 'ours';
    const folder = mkdtempSync(join(tmpdir(), 'mckean-bench-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    await (await import('./page/build.ts')).buildPage(name, folder);
    return openPage(folder, name);
  },
  faults: async (only, log) => [
    ...(await import('./faults/input.ts')).inputFaults(only),
    ...(await (await import('./faults/page.ts')).pageFaults(only, log)),
  ],
  openPython: async () => (await import('./python/python.ts')).openPython(),
};

process.exitCode = await main(process.argv.slice(2), surroundings);
