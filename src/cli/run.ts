/** mckean run: a configuration in, a directory of results out. */
import { join } from 'node:path';
import { ConfigError, readConfig, type Config, type ConfigInput, ENGINE_CHOICES, METHOD_CHOICES } from '../core/config.ts';
import { observe } from '../core/observables.ts';
import { DivergedError, type Engine } from '../engines/engine.ts';
import { openEngine } from '../engines/select.ts';
import { decodeOutputs, prepare, r2, type Prepared } from '../experiments/prepare.ts';
import { resolveConfig } from '../experiments/presets.ts';
import { run, testLoss } from '../experiments/run.ts';
import { encodeNpy } from '../io/npy.ts';
import type { Arguments, Command } from './args.ts';
import { EXIT, UsageError } from './errors.ts';
import { checkFree, createDirectory, filesFor, readJson, writeWhole } from './files.ts';
import { History, readCheckpoint, removeCheckpoint, thetaBytes, toJson, writeCheckpoint, type Checkpoint } from './outputs.ts';
import { besideConfig, callerPath } from './paths.ts';
import { NODE_PLATFORM } from './platform.ts';
import { openProgress } from './progress.ts';
import { VERSION } from './version.ts';
import { existsSync } from 'node:fs';

export const RUN: Command = {
  summary: 'Runs CONFIG.json (a preset works too: { "preset": NAME }) and writes history.csv, theta.npy, f.npy and summary.json into DIR.',
  positionals: ['CONFIG.json'],
  flags: {
    out: { value: 'DIR', help: 'folder for the results; it is made, and refused if it holds files' },
    engine: { value: 'E', choices: ENGINE_CHOICES, help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine' },
    method: { value: 'M', choices: METHOD_CHOICES, help: 'overrides the config: how sums over all pairs are computed' },
    resume: { help: 'go on from the checkpoint in DIR, to the same bits as an uninterrupted run' },
    force: { help: 'write into DIR although it holds files' },
    quiet: { help: 'no progress on stderr' },
    json: { help: 'print summary.json on stdout instead of a table' },
  },
  run: runCommand,
};

/** Seconds between two checkpoints of a long run. */
const CHECKPOINT_INTERVAL = 30;

async function runCommand(args: Arguments): Promise<number> {
  const path = callerPath(args.positionals[0]), out = args.text('out');
  if (out === undefined) throw new UsageError('mckean run: --out DIR is missing, give a folder for the results');
  const directory = callerPath(out), resume = args.on('resume');
  const config = await loadConfig(path, args);
  await checkFree(directory, resume || args.on('force'));
  if (resume && args.on('force')) throw new UsageError('--resume and --force contradict each other: give one of them');
  const prepared = await prepare(config, filesFor((file) => besideConfig(path, file)));
  const saved = resume ? await loadCheckpoint(directory, prepared.config) : null;
  if (saved === 'finished') {
    process.stderr.write(`${directory}: this run is finished, nothing to resume\n`);
    return EXIT.done;
  }
  const wish = saved ? { engine: saved.state.engine, method: saved.state.method } : prepared.config;
  const { engine, why } = await openEngine(wish, prepared.problem, NODE_PLATFORM);
  if (!args.on('quiet')) process.stderr.write(`engine ${engine.info.name}, ${engine.info.method} sums, ${engine.info.adapter} (${why})\n`);
  if (saved && saved.state.adapter !== engine.info.adapter) {
    process.stderr.write(`the checkpoint was written on ${saved.state.adapter}: bits may differ from an uninterrupted run\n`);
  }
  try {
    if (saved) await engine.restore(saved.theta, saved.state.step);
    await createDirectory(directory);
    return await new Session(directory, prepared, engine, saved?.state ?? null, args).drive();
  } finally {
    engine.destroy();
  }
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
  const data = 'csv' in config.data ? { ...config.data, csv: besideConfig(path, config.data.csv) } : config.data;
  const { npy } = config.initial;
  return { ...config, data, initial: npy === undefined ? config.initial : { ...config.initial, npy: besideConfig(path, npy) } };
}

async function loadCheckpoint(directory: string, config: Config): Promise<Awaited<ReturnType<typeof readCheckpoint>> | 'finished'> {
  if (!existsSync(join(directory, 'checkpoint.json'))) {
    if (existsSync(join(directory, 'summary.json'))) return 'finished';
    throw new UsageError(`--resume: ${directory} holds no checkpoint, start without --resume`);
  }
  const saved = await readCheckpoint(directory);
  const essence = ({ engine: _engine, method: _method, ...rest }: Config): string => JSON.stringify({ ...rest, dynamics: { ...rest.dynamics, steps: 0 } });
  if (essence(saved.state.config) !== essence(config)) {
    throw new UsageError(`--resume: ${directory} was begun with another configuration, give the same one (only dynamics.steps may differ) or --force`);
  }
  if (saved.state.step > config.dynamics.steps) {
    throw new UsageError(`--resume: the checkpoint is at step ${saved.state.step}, dynamics.steps = ${config.dynamics.steps} lies before it: give more steps`);
  }
  return saved;
}

/** One run of the engine into one directory. */
class Session {
  private readonly abort = new AbortController();
  private readonly started = performance.now();
  private signalStatus: number = EXIT.interrupted;
  private lastCheckpoint = performance.now();
  private loss0: number;
  private readonly from: number;

  constructor(
    private readonly directory: string,
    private readonly prepared: Prepared,
    private readonly engine: Engine,
    private readonly saved: Checkpoint | null,
    private readonly args: Arguments,
  ) {
    this.loss0 = saved?.loss0 ?? engine.loss;
    this.from = engine.step;
  }

  async drive(): Promise<number> {
    const { config, test } = this.prepared, { directory, engine } = this;
    const history = this.saved ? await History.resume(directory, test !== null, this.from) : new History(directory, test !== null);
    const progress = openProgress(this.from, config.dynamics.steps, this.args.on('quiet'));
    const release = this.listen();
    try {
      const end = await run(engine, config, {
        test,
        signal: this.abort.signal,
        onRow: (row) => history.add(row),
        onSnapshot: (step, theta) => writeWhole(directory, `theta-${step}.npy`, thetaBytes(theta, this.prepared.problem.d)),
        onProgress: async (step) => {
          progress.update(step, engine.loss);
          if (performance.now() - this.lastCheckpoint > 1000 * CHECKPOINT_INTERVAL) await this.checkpoint(history);
        },
      });
      progress.stop();
      if (end === 'interrupted') return await this.interrupted(history);
      await history.write();
      await this.finish();
      await removeCheckpoint(directory);
      return EXIT.done;
    } catch (error) {
      progress.stop();
      await history.write();
      if (error instanceof DivergedError) await this.finish(error.message);
      throw error;
    } finally {
      release();
    }
  }

  /** SIGINT and SIGTERM end the run after the current step, with a checkpoint. */
  private listen(): () => void {
    const stop = (status: number) => () => {
      this.signalStatus = status;
      this.abort.abort();
    };
    const onInterrupt = stop(EXIT.interrupted), onTerminate = stop(EXIT.terminated);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    return () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  }

  private async interrupted(history: History): Promise<number> {
    await this.checkpoint(history);
    process.stderr.write(`stopped at step ${this.engine.step}; go on with --resume\n`);
    return this.signalStatus;
  }

  private async checkpoint(history: History): Promise<void> {
    const { config, problem } = this.prepared, { name, method, adapter } = this.engine.info;
    await history.write();
    const state = { step: this.engine.step, loss0: this.loss0, config, engine: name, method, adapter, seconds: this.seconds() };
    await writeCheckpoint(this.directory, await this.engine.theta(), problem.d, state);
    this.lastCheckpoint = performance.now();
  }

  private seconds(): number {
    return (this.saved?.seconds ?? 0) + (performance.now() - this.started) / 1000;
  }

  private async finish(failure?: string): Promise<void> {
    const { engine, directory, prepared: { problem, encoding } } = this;
    const theta = await engine.theta(), f = await engine.f(), decoded = decodeOutputs(f, encoding);
    await writeWhole(directory, 'theta.npy', thetaBytes(theta, problem.d));
    await writeWhole(directory, 'f.npy', encodeNpy(engine.info.precision === 'float32' ? Float32Array.from(decoded) : decoded, [problem.m]));
    const summary = { ...(failure ? { failure } : {}), ...(await this.summary(f)), observables: observe(theta, problem.d), encoding, version: VERSION };
    await writeWhole(directory, 'summary.json', toJson(summary));
    if (!failure) process.stdout.write(this.args.on('json') ? toJson(summary) : table(summary, directory));
  }

  private async summary(f: Float64Array) {
    const { engine, prepared: { config, problem, test } } = this;
    const { n, m, d, y } = problem, seconds = this.seconds(), steps = engine.step;
    const secondsPerStep = steps > 0 ? seconds / steps : NaN;
    return {
      // The choice is made once and stored, so that the configuration means the same run elsewhere.
      config: { ...config, engine: engine.info.name, method: engine.info.method },
      engine: engine.info.name, method: engine.info.method, adapter: engine.info.adapter, software: engine.info.software, precision: engine.info.precision,
      n, m, d, steps, t: steps * problem.dt, loss0: this.loss0, loss: engine.loss,
      testLoss: await testLoss(engine, problem.loss, test),
      r2: r2(f, y), testR2: test ? r2(await engine.predict(test.x), test.y) : NaN,
      secondsTotal: seconds, secondsPerStep, pairsPerSecond: (n * m) / secondsPerStep,
      /** Of an approximate method; direct sums have none but rounding. */
      error: null,
    };
  }
}

function table(summary: Awaited<ReturnType<Session['summary']>> & object, directory: string): string {
  const s = summary as { n: number; m: number; d: number; steps: number; t: number; loss0: number; loss: number; r2: number; testLoss: number; testR2: number; secondsTotal: number };
  const rows: [string, string][] = [
    ['n, m, d', `${s.n}, ${s.m}, ${s.d}`],
    ['steps, t', `${s.steps}, ${s.t.toPrecision(4)}`],
    ['loss', `${s.loss0.toPrecision(4)} → ${s.loss.toPrecision(4)}`],
    ['R²', s.r2.toFixed(4)],
    ...(Number.isFinite(s.testLoss) ? ([['test loss, R²', `${s.testLoss.toPrecision(4)}, ${s.testR2.toFixed(4)}`]] as [string, string][]) : []),
    ['time', `${s.secondsTotal.toFixed(1)} s`],
    ['files', directory],
  ];
  return rows.map(([name, value]) => `${name.padEnd(14)}${value}\n`).join('');
}
