/**
 * npm run check: types, rules, style and the tests that need no browser, side by side. All but the tests keep what they
 * found of each file. Two rules ask for types, which are made in other files, too: `npm run lint`, which continuous
 * integration calls, keeps nothing, and finds a promise that floats only since a change elsewhere.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from '../src/cli/tool.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const CACHE = 'node_modules/.cache/eslint/';

/** Programs of packages, with their arguments. */
const PARTS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['vitest/vitest.mjs', 'run', '--project', 'unit'],
  ['eslint/bin/eslint.js', '--cache', '--cache-strategy', 'content', '--cache-location', CACHE, '.'],
  ['typescript/bin/tsc', '--noEmit'],
  ['prettier/bin/prettier.cjs', '--check', '--cache', '--cache-strategy', 'content', '.'],
];

/** Runs one part; says all that it said when it has ended, and whether it passed. */
function passes([program, ...args]: (typeof PARTS)[number]): Promise<boolean> {
  const part = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [part.stdout, part.stderr]) stream.on('data', (piece: Buffer) => said.push(piece));
  return new Promise((resolve, reject) => {
    part.on('error', reject);
    part.on('close', (status) => {
      const verdict = status === 0 ? 'passes' : 'fails';
      process.stdout.write(`${program.split('/')[0]} ${verdict}\n${Buffer.concat(said).toString()}`);
      resolve(status === 0);
    });
  });
}

async function run(): Promise<number> {
  const passed = await Promise.all(PARTS.map(passes));
  return passed.every(Boolean) ? 0 : 1;
}

await runTool('check', {
  summary: 'Types, rules, style and the tests that need no browser, side by side.',
  positionals: [],
  flags: {},
  run,
});
