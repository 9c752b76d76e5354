/** What run.sh starts: all stages, by the kit's own Node and browser. Exit status 1 where a check fails. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { someOf, type Arguments } from '../../src/cli/args.ts';
import { runTool } from '../../src/cli/tool.ts';
import { fromKit, LIB, ORIGIN_FILE, type Origin } from './place.ts';
import { planOf, SECONDS } from './plan.ts';
import { writeReport } from './report.ts';
import { runStages } from './stages.ts';

/** A driver's manifest where loaders do not look. */
const UNUSUAL = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';
const USUAL = ['/usr/share/vulkan/icd.d/nvidia_icd.json', '/etc/vulkan/icd.d/nvidia_icd.json'];

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

async function run({ text, on }: Arguments): Promise<number> {
  const out = resolve(text('out')!);
  mkdirSync(out, { recursive: true });
  const origin = JSON.parse(readFileSync(fromKit(ORIGIN_FILE), 'utf8')) as Origin;
  equip(out, origin);
  const all = planOf({ node: process.execPath, lib: fromKit(LIB), out, tiny: on('tiny') });
  const names = all.map(({ name }) => name);
  const only = someOf('--only', text('only') ?? names.join(), names);
  const stages = all.filter(({ name }) => only.includes(name));
  const outcomes = await runStages(stages, SECONDS, (soFar) => {
    const { name, verdict, seconds, reason } = soFar.at(-1)!;
    process.stderr.write(`${name}: ${verdict} in ${seconds.toFixed(1)} s${reason ? `: ${reason}` : ''}\n`);
    writeReport(out, origin, soFar);
  });
  process.stdout.write(readFileSync(join(out, 'report.md'), 'utf8'));
  return outcomes.every(({ verdict }) => verdict === 'done') ? 0 : 1;
}

await runTool(
  'kit',
  {
    summary:
      'Checks mckean on this machine’s GPU, times it beside what its python3 has of torch, JAX and Triton and beside the browser’s libraries, and photographs its page: eight minutes at most. report.md and report.json have what was seen, and are there after each stage.',
    positionals: [],
    flags: {
      out: { value: 'DIR', help: 'where results go', preset: process.env.OUT ?? 'kit-results' },
      only: { value: 'LIST', help: 'these stages alone' },
      tiny: { help: 'small sizes, for a software adapter: shows that it runs' },
    },
    run,
  },
  'sh run.sh',
);
