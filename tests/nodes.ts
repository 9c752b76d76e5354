/**
 * npm run nodes: the tests on each version of Node that people have. npm's packages `node-PLATFORM-ARCH` hold the
 * programs; what tests start (the command line, its workers) runs on the same one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The oldest that package.json allows, then one of each line with long-term support. */
const VERSIONS = ['20.19.0', '22.23.2', '24.21.0'];

const HELP = `npm run nodes [-- flags] [-- --] [arguments of vitest]   the tests that need no browser, on Node ${VERSIONS.join(', ')}

  --all      all tests
  --others   without the line of Node that runs this (${process.versions.node})
  --help

What follows -- goes to vitest in place of --project unit: npm run nodes -- -- --project cli
`;

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
  if (status !== 0) throw new Error(`npm has no ${name}@${version} for this machine, or cannot be reached`);
  return program;
}

function test(program: string, args: readonly string[]): number | null {
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH}` };
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return spawnSync(program, [vitest, 'run', ...args], { cwd: ROOT, stdio: 'inherit', env }).status;
}

/** Exit status: 0 where all pass. */
function main(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      others: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const versions = VERSIONS.filter(
    (version) => !values.others || lineOf(version) !== lineOf(process.versions.node),
  );
  const wanted = positionals.length > 0 ? positionals : values.all ? [] : ['--project', 'unit'];
  const failed = versions.filter((version) => {
    process.stdout.write(`\nNode ${version}\n`);
    return test(install(version), wanted) !== 0;
  });
  process.stdout.write(
    failed.length > 0 ? `\nfails on Node ${failed.join(', ')}\n` : `\npasses on Node ${versions.join(', ')}\n`,
  );
  return failed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`nodes: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
