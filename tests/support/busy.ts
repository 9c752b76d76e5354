/** `npm run test:busy`: the suite beside processes that never rest. Words after its flags go to vitest. */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wholeNumber, type Arguments } from '../../src/cli/args.ts';
import { runTool } from '../../src/cli/tool.ts';

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

async function run({ text, positionals }: Arguments): Promise<number> {
  const [busy, times] = ['busy', 'times'].map((flag) => wholeNumber(flag, text(flag)!, 1, 100));
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
else
  await runTool('test:busy', {
    summary: 'The suite beside processes that never rest: nothing of it may depend on how fast the machine is.',
    positionals: ['[TEST…]'],
    flags: {
      busy: { value: 'N', help: 'processes that never rest', preset: '4' },
      times: { value: 'K', help: 'runs of the suite; the first that fails ends it', preset: '3' },
    },
    run,
  });
