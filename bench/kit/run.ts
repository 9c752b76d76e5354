/** What run.sh starts: all stages, by the kit's own Node and browser. Exit status 1 where a check fails. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromKit, LIB, ORIGIN_FILE, type Origin } from './place.ts';
import { planOf, SECONDS } from './plan.ts';
import { writeReport } from './report.ts';
import { runStages } from './stages.ts';

const HELP = `sh run.sh [--out DIR] [--only LIST] [--tiny]

Checks mckean on this machine's GPU, times it beside what its python3 has of torch, JAX and Triton and beside the browser's
libraries, and photographs its page: at most eight minutes. report.md and report.json in DIR have what was
seen, and are there after each stage.

  --out DIR    where results go (kit-results, or $OUT)
  --only LIST  these stages alone
  --tiny       small sizes, for a software adapter: shows that it runs
`;

/** A driver's manifest where loaders do not look. */
const UNUSUAL = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';
const USUAL = ['/usr/share/vulkan/icd.d/nvidia_icd.json', '/etc/vulkan/icd.d/nvidia_icd.json'];

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: process.env.OUT ?? 'kit-results' },
    only: { type: 'string' },
    tiny: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What the stages' programs find: this Node, the browser, loaders of drivers. */
function equip(out: string, { commit }: Origin): void {
  const { env } = process;
  const before = (path: string, list: string | undefined): string => (list ? `${path}:${list}` : path);
  env.PATH = before(fromKit('bin'), env.PATH);
  env.LD_LIBRARY_PATH = before(fromKit('gl'), env.LD_LIBRARY_PATH);
  env.CHROME_PATH = fromKit('chrome/chrome.sh');
  env.CHROMIUM_DIR = fromKit('chrome');
  if (!isWritable(env.HOME)) env.HOME = join(out, 'home'); // browsers and compilers keep things there
  mkdirSync(env.HOME!, { recursive: true });
  env.MCKEAN_COMMIT = commit;
  env.XLA_PYTHON_CLIENT_PREALLOCATE = 'false'; // JAX would take the whole card
  if (!env.VK_DRIVER_FILES && !USUAL.some(existsSync) && existsSync(UNUSUAL)) env.VK_DRIVER_FILES = UNUSUAL;
}

function isWritable(folder: string | undefined): boolean {
  try {
    accessSync(folder!, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const origin = JSON.parse(readFileSync(fromKit(ORIGIN_FILE), 'utf8')) as Origin;
  equip(out, origin);
  const all = planOf({ node: process.execPath, lib: fromKit(LIB), out, tiny: values.tiny });
  const only = values.only?.split(',') ?? all.map(({ name }) => name);
  const unknown = only.find((name) => !all.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    process.stderr.write(`kit: --only ${unknown} is not a stage: give some of ${known}\n`);
    return 2;
  }
  const stages = all.filter(({ name }) => only.includes(name));
  const outcomes = await runStages(stages, SECONDS, (soFar) => {
    const { name, verdict, seconds, reason } = soFar.at(-1)!;
    process.stderr.write(`${name}: ${verdict} in ${seconds.toFixed(1)} s${reason ? `: ${reason}` : ''}\n`);
    writeReport(out, origin, soFar);
  });
  process.stdout.write(readFileSync(join(out, 'report.md'), 'utf8'));
  return outcomes.every(({ verdict }) => verdict === 'done') ? 0 : 1;
}

process.exitCode = await main();
