/** Commands that end in a verdict, a measurement or a paper's experiment: their flags, their folder, their exit status. */
import { Interrupted } from '../experiments/measure/measurement.ts';
import type { Arguments, Flag } from './args.ts';
import { EXIT, JUDGED, UsageError } from './errors.ts';
import { Interruption } from './interruption.ts';
import { judgeInto, type Judged } from './judging.ts';
import { chooseGpu, GPU_FLAG } from './machine/adapters.ts';
import { OutDirectory } from './files/out-directory.ts';
import { linesOf } from './result.ts';

/** Flags of a command of this kind, beside its own. */
export const JUDGED_FLAGS = {
  ...GPU_FLAG,
  out: { value: 'DIR', help: 'folder for the results; it is made, and refused if it holds files' },
  force: { help: 'write into DIR although it holds files' },
  quiet: { help: 'no progress on stderr' },
  json: { help: 'print result.json on stdout instead of a table' },
} as const satisfies Record<string, Flag>;

/** `--list`: the names, one a line, or with --json what is said of each. */
export async function listed<N extends string>(
  command: string,
  args: Arguments,
  names: readonly N[],
  saidOf: (name: N) => Promise<object>,
): Promise<number> {
  if (args.positionals.length > 0)
    throw new UsageError(
      `mckean ${command} --list: "${args.positionals[0]}" is one argument too many, leave it out`,
    );
  process.stdout.write(
    args.on('json')
      ? `${JSON.stringify(await Promise.all(names.map(saidOf)), null, 2)}\n`
      : names.map((name) => `${name}\n`).join(''),
  );
  return EXIT.done;
}

/** Of a command with JUDGED_FLAGS. `plan` reads what is asked for, once DIR is known to do. */
export async function judged(command: string, args: Arguments, plan: () => Promise<Judged>): Promise<number> {
  const interruption = new Interruption();
  try {
    const out = new OutDirectory(command, args);
    await out.check();
    const wanted = await plan();
    chooseGpu(args, wanted.config.engine);
    try {
      await out.hold();
      return await judgedInto(out, wanted, interruption, args);
    } finally {
      out.release();
    }
  } finally {
    interruption.release();
  }
}

async function judgedInto(
  out: OutDirectory,
  wanted: Judged,
  interruption: Interruption,
  args: Arguments,
): Promise<number> {
  const quiet = args.on('quiet');
  try {
    const result = await judgeInto(wanted, {
      folder: out.path,
      title: wanted.name,
      quiet,
      interruption,
      begin: async () => {
        await out.claim();
        interruption.begin();
      },
      onEngine: (line) => void (quiet || process.stderr.write(`${line}\n`)),
    });
    process.stdout.write(args.on('json') ? `${JSON.stringify(result)}\n` : linesOf(result, out.path));
    return JUDGED[result.verdict];
  } catch (error) {
    if (error instanceof Interrupted) return interrupted(interruption);
    throw error;
  }
}

function interrupted({ status }: Interruption): number {
  process.stderr.write('stopped before the end: no result was written, start again\n');
  return status;
}
