import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('..', import.meta.url));

/** The peers' packages, exactly as locked, once. */
export function installPeers(): void {
  if (existsSync(`${HERE}node_modules/.package-lock.json`)) return;
  process.stderr.write('installing the peers (bench/package.json), once\n');
  execFileSync('npm', ['ci', '--prefix', HERE, '--ignore-scripts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
