/**
 * Work that ends in a verdict, a measurement or a paper's experiment: its folder, its engines, its progress, its
 * result and its exit status.
 */
import type { Config } from '../core/config/config.ts';
import { DivergedError, type Engine, type EngineInfo, type Problem } from '../engines/engine.ts';
import { openDensity, openEngine } from '../engines/select.ts';
import type { Drawing } from '../experiments/measure/figures/figure.ts';
import type { Judgement } from '../experiments/measure/judge.ts';
import type { HowMuch } from '../experiments/measure/learned.ts';
import type { Means } from '../experiments/measure/measure.ts';
import { Interrupted } from '../experiments/measure/measurement.ts';
import type { Arguments, Flag } from './args.ts';
import { EXIT, JUDGED, UsageError } from './errors.ts';
import { filesFor } from './files/files.ts';
import { Interruption } from './interruption.ts';
import { chooseGpu, GPU_FLAG } from './machine/adapters.ts';
import { NODE_PLATFORM } from './machine/platform.ts';
import { VERSION } from './machine/version.ts';
import { OutDirectory } from './files/out-directory.ts';
import { openShare } from './progress.ts';
import { linesOf, writeResult } from './result.ts';

export type Result = Judgement &
  HowMuch & { readonly name: string; readonly config: Config; readonly seconds: number };

export interface Judged {
  /** As the progress and the result call it. */
  readonly name: string;
  readonly config: Config;
  /** What of a result is known before it, its configuration, too: for one that says why there is none. */
  readonly known: object;
  readonly run: (means: Means) => Promise<Result>;
  readonly drawing: () => Promise<Drawing>;
}

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
  { name, config, known, run, drawing }: Judged,
  interruption: Interruption,
  args: Arguments,
): Promise<number> {
  const directory = out.path;
  const quiet = args.on('quiet');
  const files = filesFor(quiet);
  const opened = new Opened(config, async (info, why) => {
    await begin();
    if (!quiet) process.stderr.write(`engine ${info.name}, ${info.method} sums, ${info.adapter} (${why})\n`);
  });
  let begun = false;
  /** From the first engine on or, where none is needed, once there is a result. */
  const begin = async (): Promise<void> => {
    if (begun) return;
    begun = true;
    await out.claim();
    interruption.begin();
    files.say();
  };
  const progress = openShare(name, quiet);
  const means: Means = {
    open: (problem, create) => opened.open(problem, create),
    density: (problem) => openDensity(config.engine, problem, NODE_PLATFORM),
    files,
    onProgress: (share) => progress.update(share),
    signal: interruption.signal,
  };
  const started = performance.now();
  try {
    const result = { ...opened.described(await run(means)), version: VERSION };
    progress.stop();
    await begin();
    await writeResult(directory, result, await drawing());
    process.stdout.write(args.on('json') ? `${JSON.stringify(result)}\n` : linesOf(result, directory));
    return JUDGED[result.verdict];
  } catch (error) {
    progress.stop();
    if (error instanceof Interrupted) return interrupted(interruption);
    if (error instanceof DivergedError)
      await writeResult(directory, {
        ...known,
        name,
        failure: error.message,
        points: [],
        verdict: 'fails',
        passed: false,
        r2: null,
        testR2: null,
        seconds: (performance.now() - started) / 1000,
        version: VERSION,
      });
    throw error;
  }
}

function interrupted({ status }: Interruption): number {
  process.stderr.write('stopped before the end: no result was written, start again\n');
  return status;
}

/** Opens engines for a configuration, and says of the first one what it is. */
class Opened {
  private info: EngineInfo | null = null;

  constructor(
    private readonly config: Config,
    private readonly onFirst: (info: EngineInfo, why: string) => Promise<void>,
  ) {}

  async open(problem: Problem, create?: (problem: Problem) => Engine): Promise<Engine> {
    const { engine, why } = create
      ? { engine: create(problem), why: 'the control' }
      : await openEngine(this.config, problem, NODE_PLATFORM);
    if (!this.info) {
      this.info = engine.info;
      await this.onFirst(engine.info, why);
    }
    return engine;
  }

  /**
   * A result with the engine that gave it; the configuration names it, so that it means the same elsewhere.
   */
  described<R extends Result>(result: R) {
    if (!this.info) return result;
    const { name: engine, adapter, software, precision } = this.info;
    return { ...result, config: { ...result.config, engine }, engine, adapter, software, precision };
  }
}
