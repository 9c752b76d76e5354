/**
 * mckean measure: a law of the model, asked of an engine; result.json says what was seen and whether the law
 * held.
 */
import {
  ConfigError,
  ENGINE_CHOICES,
  MAX_WIDTH,
  type Config,
  type ConfigInput,
} from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { DivergedError, type Engine, type EngineInfo, type Problem } from '../../engines/engine.ts';
import { openDensity, openEngine } from '../../engines/select.ts';
import { measure, plan, type Means, type Plan, type Result } from '../../experiments/measure/measure.ts';
import { Interrupted, type Measurement } from '../../experiments/measure/measurement.ts';
import {
  isMeasurementName,
  MEASUREMENT_NAMES,
  MEASUREMENTS,
  type MeasurementName,
} from '../../experiments/measure/registry.ts';
import { closest } from 'fastest-levenshtein';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { checkFree, createDirectory, filesFor, readJson } from '../files.ts';
import { Interruption } from '../interruption.ts';
import { removeOutputs } from '../outputs.ts';
import { besideConfig, callerPath } from '../paths.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { openShare } from '../progress.ts';
import { linesOf, writeResult } from '../result.ts';
import { VERSION } from '../machine/version.ts';

export const MEASURE: Command = {
  summary:
    'Measures a law of the model and writes result.json, points.csv and figure.svg into DIR; exit status 1 if the law did not hold. CONFIG.json is laid on the measurement’s own defaults; its width is not used, the widths are those of --widths.',
  positionals: ['[NAME]', '[CONFIG.json]'],
  flags: {
    list: { help: 'print the names, one a line; with --json what each shows and its defaults' },
    out: { value: 'DIR', help: 'folder for the results; it is made, and refused if it holds files' },
    engine: {
      value: 'E',
      choices: ENGINE_CHOICES,
      help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine',
    },
    widths: { value: 'N,N,…', help: 'numbers of particles; default: the measurement’s own' },
    replicas: { value: 'R', help: 'independent systems at each width; default: the measurement’s own' },
    seed: { value: 'S', help: 'overrides the config: replica k draws from the seed S + k' },
    control: {
      help: 'measure a wrong variant instead, which must not pass: what it is, stands in result.json',
    },
    force: { help: 'write into DIR although it holds files' },
    quiet: { help: 'no progress on stderr' },
    json: { help: 'print result.json on stdout instead of a table' },
  },
  run: async (args) => {
    if (args.on('list')) return list(args);
    const interruption = new Interruption();
    try {
      return await measureUntil(interruption, args);
    } finally {
      interruption.release();
    }
  },
};

function list(args: Arguments): number {
  if (args.positionals.length > 0)
    throw new UsageError(
      `mckean measure --list: "${args.positionals[0]}" is one argument too many, leave it out`,
    );
  const all = MEASUREMENT_NAMES.map((name) => {
    const { summary, law, defaults, control }: Measurement = MEASUREMENTS[name];
    return { name, summary, law, control: control.summary, defaults };
  });
  process.stdout.write(
    args.on('json')
      ? `${JSON.stringify(all, null, 2)}\n`
      : MEASUREMENT_NAMES.map((name) => `${name}\n`).join(''),
  );
  return EXIT.done;
}

async function measureUntil(interruption: Interruption, args: Arguments): Promise<number> {
  const name = nameOf(args.positionals[0]);
  const out = args.text('out');
  if (out === undefined)
    throw new UsageError('mckean measure: --out DIR is missing, give a folder for the results');
  const directory = callerPath(out);
  const wanted = await planOf(name, args);
  await checkFree(directory, args.on('force'));
  const opened = new Opened(wanted.config, async (info, why) => {
    await createDirectory(directory);
    if (args.on('force')) await removeOutputs(directory);
    files.say();
    if (!args.on('quiet'))
      process.stderr.write(`engine ${info.name}, ${info.method} sums, ${info.adapter} (${why})\n`);
  });
  const progress = openShare(name, args.on('quiet'));
  const files = filesFor((file) => file);
  const means: Means = {
    open: (problem, create) => opened.open(problem, create),
    density: (problem) => openDensity(wanted.config.engine, problem, NODE_PLATFORM),
    files,
    onProgress: (share) => progress.update(share),
    signal: interruption.signal,
  };
  const started = performance.now();
  try {
    const result = { ...opened.described(await measure(wanted, means)), version: VERSION };
    progress.stop();
    await writeResult(directory, result, MEASUREMENTS[name]);
    process.stdout.write(args.on('json') ? `${JSON.stringify(result)}\n` : linesOf(result, directory));
    return result.passed ? EXIT.done : EXIT.failed;
  } catch (error) {
    progress.stop();
    if (error instanceof Interrupted) return interrupted(interruption);
    if (error instanceof DivergedError) {
      const failed = {
        name,
        law: MEASUREMENTS[name].law,
        config: wanted.config,
        widths: wanted.widths,
        replicas: wanted.replicas,
        seed: wanted.config.initial.seed,
      };
      await writeResult(directory, {
        ...failed,
        failure: error.message,
        points: [],
        passed: false,
        seconds: (performance.now() - started) / 1000,
        version: VERSION,
      });
    }
    throw error;
  }
}

function interrupted({ status }: Interruption): number {
  process.stderr.write('stopped before the end: no result was written, start again\n');
  return status;
}

/** Opens engines for the plan's configuration, and says of the first one what it is. */
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
   * A result with the engine that gave it; the configuration names it, so that it means the same measurement
   * elsewhere.
   */
  described(result: Result) {
    if (!this.info) return result;
    const { name: engine, adapter, software, precision } = this.info;
    return { ...result, config: { ...result.config, engine }, engine, adapter, software, precision };
  }
}

function nameOf(name: string | undefined): MeasurementName {
  if (name === undefined)
    throw new UsageError(`mckean measure: NAME is missing, give one of ${MEASUREMENT_NAMES.join(', ')}`);
  if (!isMeasurementName(name))
    throw new UsageError(
      `NAME = "${name}" is not a measurement: did you mean "${closest(name, MEASUREMENT_NAMES)}"? mckean measure --list names them`,
    );
  return name;
}

async function planOf(name: MeasurementName, args: Arguments): Promise<Plan> {
  const path = args.positionals[1] === undefined ? null : callerPath(args.positionals[1]);
  const given = path === null ? {} : await readGiven(path);
  const widths = args
    .text('widths')
    ?.split(',')
    .map((word) => integer('widths', word, 1, MAX_WIDTH));
  const replicas = args.text('replicas');
  const seed = args.text('seed');
  const engine = args.text('engine') as Config['engine'] | undefined;
  const flagged: ConfigInput = {
    ...given,
    ...(engine && { engine }),
    ...(seed !== undefined && {
      initial: { ...given.initial, seed: integer('seed', seed, 0, Number.MAX_SAFE_INTEGER) },
    }),
  };
  try {
    return plan(name, {
      given: flagged,
      control: args.on('control'),
      ...(widths && { widths }),
      ...(replicas !== undefined && { replicas: integer('replicas', replicas, 1, 2 ** 24) }),
    });
  } catch (error) {
    throw error instanceof ConfigError && path !== null ? new ConfigError(`${path}: ${error.message}`) : error;
  }
}

/** A configuration whose paths mean the same from any folder. */
async function readGiven(path: string): Promise<ConfigInput> {
  const value = await readJson(path);
  try {
    const given = readConfig(value);
    const { data } = given;
    return data && 'csv' in data ? { ...given, data: { ...data, csv: besideConfig(path, data.csv) } } : given;
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${path}: ${error.message}`) : error;
  }
}

function integer(flag: string, word: string, low: number, high: number): number {
  const value = Number(word);
  if (word.trim() === '' || !Number.isInteger(value) || value < low || value > high) {
    throw new UsageError(
      `--${flag}: "${word}" is not valid, give ${flag === 'widths' ? 'integers' : 'an integer'} from ${low} to ${high}`,
    );
  }
  return value;
}
