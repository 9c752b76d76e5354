/**
 * npm run bench:gpu: every kernel of the sums and every method, timed on this adapter, as Markdown on stdout and as JSON.
 * What there is no time for is said.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { someOf, wholeNumber, type Arguments } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/errors.ts';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { VERSION } from '../../src/cli/machine/version.ts';
import { runTool } from '../../src/cli/tool.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import { keptDevice } from '../../src/gpu/kept-device.ts';
import { caseText, problemOf, type Case } from '../race/cases.ts';
import { machine, machineLine } from '../machine.ts';
import { checkVariants, faults, type Checked } from './checks.ts';
import { timeMethods, type MethodTimes } from './methods.ts';
import { timeVariants, type VariantTime } from './passes.ts';
import { kernelTable, methodTable } from './report.ts';
import { CHECK_ROWS, KERNEL_ROWS, METHOD_ROWS, rowText, tiny, type KernelRow, type MethodRow } from './rows.ts';

const PARTS = ['checks', 'kernels', 'methods'] as const;
type Part = (typeof PARTS)[number];
const PLATFORM = { ...NODE_PLATFORM, autoTakesSoftware: true };

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** The checkout's commit; a kit names its own. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return process.env.MCKEAN_COMMIT ?? 'unknown';
  }
}

async function openGpu(): Promise<GpuContext> {
  const { gpu, reason } = await PLATFORM.gpu();
  const device = gpu && (await keptDevice(gpu));
  if (!device) throw new UsageError(`there is no WebGPU adapter: ${reason}`);
  return device;
}

type Found<R, T> = (T & { readonly row: R })[];

/** Goes through rows until the time is over. */
class Rounds {
  readonly leftOut: string[] = [];

  constructor(
    private readonly until: number,
    private readonly isTiny: boolean,
  ) {}

  /** What `work` makes of each row that there is time for. */
  async each<R extends { readonly given: Case }, T>(
    rows: readonly R[],
    what: string,
    work: (row: R) => Promise<T>,
  ): Promise<Found<R, T>> {
    const found: Found<R, T> = [];
    for (const whole of rows) {
      const row = this.isTiny ? tiny(whole) : whole;
      const name = `${what}: ${caseText(row.given)}`;
      if (performance.now() > this.until) {
        this.leftOut.push(`${name}: no time was left`);
        continue;
      }
      log(name);
      try {
        found.push({ ...(await work(row)), row });
      } catch (error) {
        this.leftOut.push(`${name}: ${(error as Error).message}`);
      }
    }
    return found;
  }
}

interface Timed {
  readonly checked: Found<KernelRow, { readonly all: Checked[] }>;
  readonly kernels: Found<KernelRow, { readonly times: VariantTime[] }>;
  readonly methods: Found<MethodRow, MethodTimes>;
}

async function timed(gpu: GpuContext, rounds: Rounds, parts: readonly Part[], batch: number): Promise<Timed> {
  const of = <R>(part: Part, rows: readonly R[]): readonly R[] => (parts.includes(part) ? rows : []);
  return {
    checked: await rounds.each<KernelRow, { all: Checked[] }>(
      of('checks', CHECK_ROWS),
      'checking',
      async ({ given, method }) => ({ all: await checkVariants(gpu, problemOf(given), method) }),
    ),
    kernels: await rounds.each<KernelRow, { times: VariantTime[] }>(
      of('kernels', KERNEL_ROWS),
      'kernels',
      async ({ given, method }) => ({ times: await timeVariants(gpu, problemOf(given), batch, method) }),
    ),
    methods: await rounds.each<MethodRow, MethodTimes>(of('methods', METHOD_ROWS), 'methods', ({ given }) =>
      timeMethods(PLATFORM, problemOf(given), batch),
    ),
  };
}

async function run({ text, on }: Arguments): Promise<number> {
  const parts = someOf('--only', text('only')!, PARTS);
  const minutes = wholeNumber('minutes', text('minutes')!, 1, 600);
  const gpu = await openGpu();
  const rounds = new Rounds(performance.now() + 60_000 * minutes, on('tiny'));
  const { checked, kernels, methods } = await timed(gpu, rounds, parts, on('tiny') ? 5 : 40);
  const { leftOut } = rounds;
  const wrong = checked.flatMap(({ row, all }) =>
    faults(all, row.method).map((fault) => `${rowText(row)}: ${fault}`),
  );
  const { adapter, driver, software } = gpu;
  const head = { version: VERSION, commit: commit(), adapter, driver, software };
  const count = checked.reduce((sum, { all }) => sum + all.length, 0);
  const tells = !software && !on('tiny');
  const lines = [
    `mckean ${head.version}, commit ${head.commit}, ${adapter}${driver ? ` (${driver})` : ''}; ${machineLine(machine(null))}.`,
    ...(software ? ['A software adapter: times show that it runs, and nothing of a speed.'] : []),
    ...(parts.includes('checks')
      ? [
          `${count} kernels checked (equal bits within a form of φ, θ of float64 to 1.5e-5, on a mesh to 4e-4): ${wrong.length} faults.`,
          ...wrong.map((line) => `WRONG ${line}`),
        ]
      : []),
    ...(kernels.length > 0 ? ['', kernelTable(kernels, tells)] : []),
    ...(methods.length > 0 ? ['', methodTable(methods, tells)] : []),
    ...(leftOut.length > 0 ? ['', ...leftOut.map((line) => `left out: ${line}`)] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const json = text('json');
  if (json !== undefined) {
    const all = { ...head, machine: machine(null), checked, wrong, kernels, methods, leftOut };
    writeFileSync(json, `${JSON.stringify(all, null, 1)}\n`);
  }
  const unchecked = parts.includes('checks') && checked.length < CHECK_ROWS.length;
  return wrong.length > 0 || unchecked ? 1 : 0;
}

await runTool('bench:gpu', {
  summary:
    'Checks every kernel of the sums and times it and every method on this machine’s adapter, as Markdown.',
  positionals: [],
  flags: {
    tiny: { help: 'small sizes: shows on a software adapter that all of it runs' },
    minutes: { value: 'M', help: 'after which nothing more is begun', preset: '8' },
    json: { value: 'FILE', help: 'the same, and more, as JSON' },
    only: { value: 'LIST', help: 'these parts alone', preset: PARTS.join() },
  },
  run,
});
