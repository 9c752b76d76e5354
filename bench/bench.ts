/** `npm run bench`: how fast a step is, of ours and of peers, in one interleaved run. */
import { existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NODE_PLATFORM } from '../src/cli/machine/platform.ts';
import { main, type Surroundings } from './main.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const surroundings: Surroundings = {
  platform: NODE_PLATFORM,
  openPage: async (peers) => {
    if (peers) installPeers();
    return (await import('./browser.ts')).openPage(peers);
  },
  faults: async (only, log) => [
    ...(await import('./faults/input.ts')).inputFaults(only),
    ...(await (await import('./faults/page.ts')).pageFaults(only, log)),
  ],
  openPython: async () => (await import('./python/python.ts')).openPython(),
};

/** The peers' packages, exactly as locked, once. */
function installPeers(): void {
  if (existsSync(`${HERE}node_modules/.package-lock.json`)) return;
  process.stderr.write('installing the peers (bench/package.json), once\n');
  execFileSync('npm', ['ci', '--prefix', HERE, '--ignore-scripts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

process.exitCode = await main(process.argv.slice(2), surroundings);
