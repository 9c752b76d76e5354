/** mckean run: a configuration in, a directory of results out. */
import { totalmem } from 'node:os';
import {
  ConfigError,
  type Config,
  type ConfigInput,
  ENGINE_CHOICES,
  METHOD_CHOICES,
} from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import type { Engine } from '../../engines/engine.ts';
import { openEngine } from '../../engines/select.ts';
import { prepare } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { Arguments, Command } from '../args.ts';
import { loadCheckpoint, type Checkpoint, type Saved } from '../checkpoint.ts';
import { EXIT, UsageError } from '../errors.ts';
import { checkFree, createDirectory, filesFor, readJson } from '../files.ts';
import { Interruption } from '../interruption.ts';
import { removeOutputs } from '../outputs.ts';
import { besideConfig, callerPath } from '../paths.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { OneRun } from '../one-run.ts';

export const RUN: Command = {
  summary:
    'Runs CONFIG.json (a preset works too: { "preset": NAME }) and writes history.csv, theta.npy, f.npy and summary.json into DIR.',
  positionals: ['CONFIG.json'],
  flags: {
    out: { value: 'DIR', help: 'folder for the results; it is made, and refused if it holds files' },
    engine: {
      value: 'E',
      choices: ENGINE_CHOICES,
      help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine',
    },
    method: {
      value: 'M',
      choices: METHOD_CHOICES,
      help: 'overrides the config: how sums over all pairs are computed',
    },
    resume: { help: 'go on from the checkpoint in DIR, to the same bits as an uninterrupted run' },
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
  const path = callerPath(args.positionals[0]);
  const out = args.text('out');
  if (out === undefined)
    throw new UsageError('mckean run: --out DIR is missing, give a folder for the results');
  const directory = callerPath(out);
  const resume = args.on('resume');
  const config = await loadConfig(path, args);
  await checkFree(directory, resume || args.on('force'));
  if (resume && args.on('force'))
    throw new UsageError('--resume and --force contradict each other: give one of them');
  const files = filesFor((file) => besideConfig(path, file));
  const prepared = await prepare(config, files, SHARE_OF_MEMORY * totalmem());
  const saved = resume ? await loadCheckpoint(directory, prepared) : null;
  if (saved === 'finished') {
    process.stderr.write(`${directory}: this run is finished, nothing to resume\n`);
    return EXIT.done;
  }
  const wish = {
    ...(saved ? wishOf(saved.state, args) : prepared.config),
    steps: prepared.config.dynamics.steps,
  };
  const { engine, why } = await openEngine(wish, prepared.problem, NODE_PLATFORM);
  try {
    if (saved) await restore(engine, saved);
    await createDirectory(directory);
    if (args.on('force')) await removeOutputs(directory);
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

async function loadConfig(path: string, args: Arguments): Promise<Config> {
  const flags: Record<string, string> = {};
  for (const flag of ['engine', 'method']) if (args.text(flag) !== undefined) flags[flag] = args.text(flag)!;
  const value = await readJson(path);
  try {
    return absolutePaths(resolveConfig({ ...readConfig(value), ...(flags as ConfigInput) }), path);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${path}: ${error.message}`) : error;
  }
}

/** The stored configuration must mean the same from any folder. */
function absolutePaths(config: Config, path: string): Config {
  const data =
    'csv' in config.data ? { ...config.data, csv: besideConfig(path, config.data.csv) } : config.data;
  const { npy } = config.initial;
  return {
    ...config,
    data,
    initial: npy === undefined ? config.initial : { ...config.initial, npy: besideConfig(path, npy) },
  };
}
