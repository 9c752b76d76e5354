/**
 * npm run bench:gpu [-- --tiny] [--minutes M] [--json FILE] [--only checks|kernels|methods]: every kernel of the sums
 * and every method, timed on this adapter, as Markdown on stdout and as JSON. Some eight minutes; what there is no time for
 * is said. `--tiny` shows on a software adapter that all of it runs.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { VERSION } from '../../src/cli/machine/version.ts';
import { keptDevice } from '../../src/gpu/kept-device.ts';
import { caseText, problemOf, type Case } from '../race/cases.ts';
import { machine, machineLine } from '../machine.ts';
import { checkVariants, faults, type Checked } from './checks.ts';
import { timeMethods, type MethodTimes } from './methods.ts';
import { timeVariants, type VariantTime } from './passes.ts';
import { kernelTable, methodTable } from './report.ts';
import { CHECK_ROWS, KERNEL_ROWS, METHOD_ROWS, rowText, tiny, type KernelRow, type MethodRow } from './rows.ts';

const { values } = parseArgs({
  options: {
    tiny: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '8' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});
const wanted = (part: 'checks' | 'kernels' | 'methods'): boolean => (values.only ?? part) === part;
const until = performance.now() + 60_000 * Number(values.minutes);
const batch = values.tiny ? 5 : 40;
const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** The checkout's commit; a kit names its own. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return process.env.MCKEAN_COMMIT ?? 'unknown';
  }
}

const platform = { ...NODE_PLATFORM, autoTakesSoftware: true };
const { gpu: entry, reason } = await platform.gpu();
const gpu = entry && (await keptDevice(entry));
if (!gpu) {
  log(`there is no WebGPU adapter: ${reason}`);
  process.exit(1);
}

const leftOut: string[] = [];
/** What `work` makes of each row that there is time for. */
async function each<R extends { readonly given: Case }, T>(
  rows: readonly R[],
  what: string,
  work: (row: R) => Promise<T>,
): Promise<(T & { readonly row: R })[]> {
  const found: (T & { readonly row: R })[] = [];
  for (const whole of rows) {
    const row = values.tiny ? tiny(whole) : whole;
    const name = `${what}: ${caseText(row.given)}`;
    if (performance.now() > until) leftOut.push(`${name}: no time was left`);
    else {
      log(name);
      try {
        found.push({ ...(await work(row)), row });
      } catch (error) {
        leftOut.push(`${name}: ${(error as Error).message}`);
      }
    }
  }
  return found;
}

const checked = await each<KernelRow, { all: Checked[] }>(
  wanted('checks') ? CHECK_ROWS : [],
  'checking',
  async ({ given, method }) => ({ all: await checkVariants(gpu, problemOf(given), method) }),
);
const kernels = await each<KernelRow, { times: VariantTime[] }>(
  wanted('kernels') ? KERNEL_ROWS : [],
  'kernels',
  async ({ given, method }) => ({ times: await timeVariants(gpu, problemOf(given), batch, method) }),
);
const methods = await each<MethodRow, MethodTimes>(
  wanted('methods') ? METHOD_ROWS : [],
  'methods',
  ({ given }) => timeMethods(platform, problemOf(given), batch),
);

const wrong = checked.flatMap(({ row, all }) =>
  faults(all, row.method).map((fault) => `${rowText(row)}: ${fault}`),
);
const head = {
  version: VERSION,
  commit: commit(),
  adapter: gpu.adapter,
  driver: gpu.driver,
  software: gpu.software,
};
const count = checked.reduce((sum, { all }) => sum + all.length, 0);
const lines = [
  `mckean ${head.version}, commit ${head.commit}, ${head.adapter}${head.driver ? ` (${head.driver})` : ''}; ${machineLine(machine(null))}.`,
  ...(gpu.software ? ['A software adapter: times show that it runs, and nothing of a speed.'] : []),
  ...(wanted('checks')
    ? [
        `${count} kernels checked (equal bits within a form of φ, θ of float64 to 1.5e-5, on a mesh to 4e-4): ${wrong.length} faults.`,
        ...wrong.map((line) => `WRONG ${line}`),
      ]
    : []),
  ...(kernels.length > 0 ? ['', kernelTable(kernels, !gpu.software && !values.tiny)] : []),
  ...(methods.length > 0 ? ['', methodTable(methods, !gpu.software && !values.tiny)] : []),
  ...(leftOut.length > 0 ? ['', ...leftOut.map((line) => `left out: ${line}`)] : []),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...head, machine: machine(null), checked, wrong, kernels, methods, leftOut }, null, 1)}\n`,
  );
process.exitCode = wrong.length > 0 || (wanted('checks') && checked.length < CHECK_ROWS.length) ? 1 : 0;
