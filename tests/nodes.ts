/**
 * npm run nodes: the tests on each version of Node that people have. npm's packages `node-PLATFORM-ARCH` hold the
 * programs; what tests start (the command line, its workers) runs on the same one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../src/cli/args.ts';
import { UsageError } from '../src/cli/errors.ts';
import { runTool } from '../src/cli/tool.ts';

/** The oldest that package.json allows, then one of each line with long-term support. */
const VERSIONS = ['20.19.0', '22.23.2', '24.21.0'];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WINDOWS = process.platform === 'win32';
const lineOf = (version: string): string => version.split('.')[0];

/** The program of that version, fetched once. */
function install(version: string): string {
  // The plain name was taken where macOS met its new processors.
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${WINDOWS ? 'win' : process.platform}-${process.arch}`;
  const folder = join(ROOT, '.cache', 'nodes', version);
  const program = join(folder, 'node_modules', name, 'bin', WINDOWS ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', folder, `${name}@${version}`],
    { stdio: ['ignore', 'ignore', 'inherit'], shell: WINDOWS },
  );
  if (status !== 0)
    throw new UsageError(`npm has no ${name}@${version} for this machine, or cannot be reached`);
  return program;
}

function test(program: string, args: readonly string[]): number | null {
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH}` };
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return spawnSync(program, [vitest, 'run', ...args], { cwd: ROOT, stdio: 'inherit', env }).status;
}

/** Exit status: 0 where all pass. */
async function run({ positionals, on }: Arguments): Promise<number> {
  const versions = VERSIONS.filter(
    (version) => !on('others') || lineOf(version) !== lineOf(process.versions.node),
  );
  const wanted = positionals.length > 0 ? positionals : on('all') ? [] : ['--project', 'unit'];
  const failed = versions.filter((version) => {
    process.stdout.write(`\nNode ${version}\n`);
    return test(install(version), wanted) !== 0;
  });
  process.stdout.write(
    failed.length > 0 ? `\nfails on Node ${failed.join(', ')}\n` : `\npasses on Node ${versions.join(', ')}\n`,
  );
  return failed.length > 0 ? 1 : 0;
}

await runTool('nodes', {
  summary: `The tests that need no browser, on Node ${VERSIONS.join(', ')}; what follows a -- of its own goes to vitest in place of --project unit.`,
  positionals: ['[TEST…]'],
  flags: {
    all: { help: 'all tests' },
    others: { help: `without the line of Node that runs this, ${process.versions.node}` },
  },
  run,
});
