/** mckean run: a configuration in, a directory of results out. */
import { totalmem } from 'node:os';
import { shortName } from '../../core/words/cut.ts';
import { type Config, type ConfigInput, ENGINE_CHOICES, METHOD_CHOICES } from '../../core/config/config.ts';
import type { Engine } from '../../engines/engine.ts';
import { drawTogether, openEngine } from '../../engines/select.ts';
import { prepare, type Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { Files } from '../../experiments/data/table.ts';
import type { Arguments, Command } from '../args.ts';
import { loadCheckpoint, type Checkpoint, type Saved } from '../run/checkpoint.ts';
import { EXIT, oneLine, UsageError } from '../errors.ts';
import { filesFor } from '../files/files.ts';
import { Interruption } from '../interruption.ts';
import { chooseGpu, GPUS_FLAG } from '../machine/adapters.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { OneRun } from '../run/one-run.ts';
import { OutDirectory } from '../files/out-directory.ts';
import { noteRepeatedNoise } from '../run/repeated-noise.ts';
import { located, namedAfter, readSource, SOURCE_HELP } from '../files/sources.ts';

export const RUN: Command = {
  summary: `Runs CONFIG.json and writes history.csv, theta.npy, f.npy and summary.json into DIR. ${SOURCE_HELP}`,
  positionals: ['CONFIG.json'],
  flags: {
    out: { value: 'DIR', help: 'folder for the results; it is made, and refused if it holds files' },
    engine: {
      value: 'E',
      choices: ENGINE_CHOICES,
      help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine',
    },
    ...GPUS_FLAG,
    method: {
      value: 'M',
      choices: METHOD_CHOICES,
      help: 'overrides the config: how sums over all pairs are computed',
    },
    resume: {
      help: 'go on from the checkpoint in DIR, or with more steps from its end, to the same bits as an uninterrupted run',
    },
    force: { help: 'write into DIR although it holds files' },
    quiet: { help: 'no progress on stderr' },
    json: { help: 'print summary.json on stdout instead of a table' },
  },
  run: runCommand,
};

/** Largest share of the memory that θ may take: engines, files and the stages of rk4 hold copies of it. */
const SHARE_OF_MEMORY = 1 / 8;

async function runCommand(args: Arguments): Promise<number> {
  const interruption = new Interruption();
  try {
    return await runUntil(interruption, args);
  } finally {
    interruption.release();
  }
}

async function runUntil(interruption: Interruption, args: Arguments): Promise<number> {
  const out = new OutDirectory('run', args);
  await out.check();
  const config = await loadConfig(args);
  chooseGpu(args, config.engine, true);
  try {
    await out.hold();
    return await runInto(out, config, interruption, args);
  } finally {
    out.release();
  }
}

async function runInto(
  out: OutDirectory,
  config: Config,
  interruption: Interruption,
  args: Arguments,
): Promise<number> {
  const directory = out.path;
  const files = filesFor(args.on('quiet'), drawTogether(NODE_PLATFORM.cpu));
  const prepared = await prepare(config, files, SHARE_OF_MEMORY * totalmem());
  const saved = args.on('resume') ? await loadCheckpoint(directory, prepared) : null;
  if (saved === 'finished') {
    process.stderr.write(`${oneLine(directory)}: this run is finished, nothing to resume\n`);
    return EXIT.done;
  }
  const wish = {
    ...(saved ? wishOf(saved.state, args) : prepared.config),
    steps: prepared.config.dynamics.steps,
  };
  const { engine, why } = await openEngine(wish, prepared.problem, NODE_PLATFORM);
  try {
    if (saved) await restore(engine, saved);
    if (!saved) await noteRepeatedNoise(config, files); // --force removes what it reads
    noteTarget(config, prepared, files);
    await out.claim();
    interruption.begin();
    files.say();
    if (!args.on('quiet'))
      process.stderr.write(
        `engine ${engine.info.name}, ${engine.info.method} sums, ${engine.info.adapter} (${why})\n`,
      );
    if (saved && saved.state.adapter !== engine.info.adapter) {
      process.stderr.write(
        `the checkpoint was written on ${saved.state.adapter}: bits may differ from an uninterrupted run\n`,
      );
    }
    return await new OneRun(directory, prepared, engine, saved, args, interruption).drive();
  } finally {
    engine.destroy();
  }
}

/** A target that nobody has named may not be the one that is meant. */
function noteTarget({ data }: Config, { encoding }: Prepared, files: Files): void {
  if (!('csv' in data) || data.target !== undefined) return;
  files.note(
    `${data.csv}: the target is the last column, "${shortName(encoding.target)}": set "target" for another`,
  );
}

const restore = (engine: Engine, { theta, velocity, state }: Saved): Promise<void> =>
  engine.restore(theta, state.step, state.accuracy ?? undefined, velocity ?? undefined);

/** A resumed run stays on its engine: another one would give other bits. */
function wishOf({ engine, method }: Checkpoint, args: Arguments): Pick<Checkpoint, 'engine' | 'method'> {
  const asked = args.text('engine') ?? 'auto';
  if (asked !== 'auto' && asked !== engine)
    throw new UsageError(
      `--engine ${asked}: the checkpoint was written by the ${engine} engine, give that or --force`,
    );
  return { engine, method };
}

async function loadConfig(args: Arguments): Promise<Config> {
  const flags: Record<string, string> = {};
  for (const flag of ['engine', 'method']) if (args.text(flag) !== undefined) flags[flag] = args.text(flag)!;
  const source = await readSource(args.positionals[0]);
  return namedAfter(source, () =>
    located(resolveConfig({ ...source.input, ...(flags as ConfigInput) }), source),
  );
}
