/**
 * `npm run test:busy -- [--busy N] [--times K] [-- flags of vitest]`: the suite beside N processes that never rest
 * (4), K times (3). Nothing of it may depend on how fast the machine is. Ends at the first run that fails.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(import.meta.url);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
/** Of a process that never rests, in its environment. */
const BUSY = 'MCKEAN_BUSY';
const TURN = 2 ** 27;

/** Until its parent is gone, however that ended. */
function neverRest(): void {
  if (!process.connected) process.exit();
  for (let i = 0, x = 1; i < TURN; i++) x = (x * 16_807) % 2_147_483_647;
  setImmediate(neverRest);
}

function count(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${flag} ${text}: give a whole number from 1`);
  return value;
}

function main(): number {
  const { values, positionals } = parseArgs({
    options: { busy: { type: 'string', default: '4' }, times: { type: 'string', default: '3' } },
    allowPositionals: true,
  });
  const [busy, times] = [count('busy', values.busy), count('times', values.times)];
  const others: ChildProcess[] = [];
  try {
    for (let k = 0; k < busy; k++) others.push(fork(HERE, { env: { ...process.env, [BUSY]: '1' } }));
    for (let k = 1; k <= times; k++) {
      console.log(`run ${k} of ${times}, beside ${busy} busy processes`);
      const { status } = spawnSync(process.execPath, [VITEST, 'run', ...positionals], {
        cwd: ROOT,
        stdio: 'inherit',
      });
      if (status !== 0) return status ?? 1;
    }
    return 0;
  } finally {
    for (const other of others) other.kill('SIGKILL');
  }
}

if (process.env[BUSY]) neverRest();
else process.exitCode = main();
