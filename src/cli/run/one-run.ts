/**
 * One run of an engine into one directory, from its first step or from a checkpoint to its end or an
 * interruption.
 */
import type { Config } from '../../core/config/config.ts';
import { DivergedError, type Engine } from '../../engines/engine.ts';
import { LOSSES, type Loss } from '../../core/objective/losses.ts';
import { accuracyOf } from '../../core/labels.ts';
import { accuracyNote, statedError } from './accuracy-note.ts';
import { observe } from '../../core/observables.ts';
import type { Elapsed } from '../../core/dynamics/schedules.ts';
import { shapeOf } from '../../core/shape.ts';
import { decodeOutputs, r2 } from '../../experiments/data/encoding.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { elapsedOf, objectiveOf, run, scoresOf } from '../../experiments/run.ts';
import { encodeNpy } from '../../io/npy.ts';
import type { Arguments } from '../args.ts';
import {
  removeCheckpoint,
  samplesDigest,
  writeCheckpoint,
  writeFinal,
  type Checkpoint,
  type Particles,
  type Saved,
} from './checkpoint.ts';
import { dataReport } from './data-report.ts';
import { EXIT } from '../errors.ts';
import { writeWhole } from '../files/files.ts';
import { History, historyColumns } from './history.ts';
import type { Interruption } from '../interruption.ts';
import { thetaBytes, toJson } from '../files/outputs.ts';
import { openProgress } from '../progress.ts';
import { heldOf, lossOf, seenOf, type Seen } from './seen.ts';
import { summaryTable } from './summary-table.ts';
import { adaptersHad } from '../machine/dawn.ts';
import { VERSION } from '../machine/version.ts';

/** Seconds between two checkpoints, if they take little of them: so much more lies between them than they take. */
const CHECKPOINT_INTERVAL = 4;
const SPARSE = 20;

export class OneRun {
  private readonly started = performance.now();
  /** When the next one is due. */
  private nextCheckpoint = 0;
  private readonly history: History;
  private loss0 = NaN;
  private readonly from: number;
  private readonly elapsed: Elapsed;
  /** Of the rows, which do not change. */
  private readonly samples: string;

  constructor(
    private readonly directory: string,
    private readonly prepared: Prepared,
    private readonly engine: Engine,
    private readonly saved: Saved | null,
    private readonly args: Arguments,
    private readonly interruption: Interruption,
  ) {
    this.from = engine.step;
    this.history = saved?.history ?? new History(directory, historyColumns(prepared));
    this.elapsed = elapsedOf(engine, saved?.state.t ?? 0);
    this.samples = saved?.state.samples ?? samplesDigest(prepared.problem);
  }

  async drive(): Promise<number> {
    const { config } = this.prepared;
    const { directory, engine, history } = this;
    this.loss0 = this.saved?.state.loss0 ?? (await lossOf(this.engine, this.prepared));
    await this.checkpoint(); // whatever comes, --resume has something to go on from
    const progress = openProgress(this.from, config.dynamics.steps, this.args.on('quiet'));
    try {
      const end = await run(engine, config, {
        test: this.prepared.test,
        classes: this.classes,
        elapsed: this.elapsed,
        signal: this.interruption.signal,
        onRow: (row) => history.add(row),
        onSnapshot: (step, theta) =>
          writeWhole(directory, `theta-${step}.npy`, thetaBytes(theta, this.prepared.problem)),
        onProgress: async (step) => {
          progress.update(step, engine.loss);
          await history.flush();
          if (performance.now() > this.nextCheckpoint) await this.checkpoint();
        },
      });
      progress.stop();
      if (end === 'interrupted') return await this.interrupted();
      await this.finish();
      return EXIT.done;
    } catch (error) {
      progress.stop();
      if (error instanceof DivergedError) await this.finish(error.message);
      throw error;
    }
  }

  private async interrupted(): Promise<number> {
    await this.checkpoint();
    process.stderr.write(`stopped at step ${this.engine.step}; go on with --resume\n`);
    return this.interruption.status;
  }

  private async checkpoint(): Promise<void> {
    const started = performance.now();
    await this.history.settle();
    const { config, problem } = this.prepared;
    await writeCheckpoint(this.directory, await this.particles(), problem, this.state(config));
    const ended = performance.now();
    this.nextCheckpoint = ended + Math.max(1000 * CHECKPOINT_INTERVAL, SPARSE * (ended - started));
  }

  private async particles(): Promise<Particles> {
    const { engine } = this;
    return { theta: await engine.theta(), velocity: (await engine.velocity?.()) ?? null };
  }

  /** All that a run goes on from but its particles, at the engine's own step. */
  private state(config: Config): Omit<Checkpoint, 'version'> {
    const { engine } = this;
    const { name, method, adapter } = engine.info;
    return {
      step: engine.step,
      loss0: this.loss0,
      t: this.elapsed.reach(engine.step, engine.loss),
      config,
      engine: name,
      method,
      adapter,
      accuracy: engine.accuracy ?? null,
      seconds: this.seconds(),
      history: this.history.mark,
      samples: this.samples,
    };
  }

  /** Whether targets are classes, of which f gets some right. */
  private get classes(): boolean {
    return this.prepared.encoding.labels !== undefined;
  }

  private seconds(): number {
    return (this.saved?.state.seconds ?? 0) + (performance.now() - this.started) / 1000;
  }

  private async finish(failure?: string): Promise<void> {
    const {
      engine,
      directory,
      prepared: { problem, encoding },
    } = this;
    const { c } = shapeOf(problem);
    await this.history.settle();
    const particles = await this.particles();
    const held = await heldOf(engine, this.prepared);
    const seen = await seenOf(engine, this.prepared, held);
    const { f, y } = seen;
    const decoded = decodeOutputs(f, encoding);
    // The choice is made once and stored, so that the configuration means the same run elsewhere.
    const config = { ...this.prepared.config, engine: engine.info.name, method: engine.info.method };
    const resume = await writeFinal(directory, particles, problem, this.state(config));
    await writeWhole(
      directory,
      'f.npy',
      encodeNpy(
        engine.info.precision === 'float32' ? Float32Array.from(decoded) : decoded,
        c > 1 ? [y.length / c, c] : [y.length],
      ),
    );
    const summary = {
      ...(failure ? { failure } : {}),
      config,
      ...(await this.summary(seen, held)),
      observables: observe(particles.theta, problem),
      encoding,
      ...(failure ? {} : { resume }),
      version: VERSION,
    };
    await writeWhole(directory, 'summary.json', toJson(summary));
    await removeCheckpoint(directory);
    const note = accuracyNote(engine.accuracy ?? null, summary.error);
    if (note) process.stderr.write(`${note}\n`);
    if (!failure)
      process.stdout.write(this.args.on('json') ? toJson(summary) : summaryTable(summary, directory));
  }

  private async summary({ f, y, loss }: Seen, held: Float64Array | null) {
    const {
      engine,
      classes,
      prepared: { config, problem, test },
    } = this;
    const { n, m } = problem;
    const { c, d } = shapeOf(problem);
    const { explainsVariance }: Loss = LOSSES[problem.loss];
    const seconds = this.seconds();
    const error = await statedError(engine);
    const steps = engine.step;
    const secondsPerStep = steps > 0 ? seconds / steps : NaN;
    return {
      engine: engine.info.name,
      method: engine.info.method,
      adapter: engine.info.adapter,
      gpu: await adaptersHad(engine.info.name),
      software: engine.info.software,
      precision: engine.info.precision,
      n,
      m,
      c,
      d,
      data: dataReport(this.prepared),
      steps,
      t: this.elapsed.reach(steps, engine.loss),
      loss0: this.loss0,
      loss,
      ...(config.dynamics.penalty && { objective: await objectiveOf(engine, loss) }),
      ...(await scoresOf(engine, { test, classes }, held)),
      accuracy: classes ? accuracyOf(f, y, c) : NaN,
      r2: explainsVariance ? r2(f, y, c) : NaN,
      testR2: explainsVariance && test && held ? r2(held, test.y, c) : NaN,
      secondsTotal: seconds,
      secondsPerStep,
      pairsPerSecond: (n * m) / secondsPerStep,
      /** Of an approximate method, a bound that held at every check and holds at the end; the others have rounding. */
      error,
      spacing: engine.accuracy?.spacing ?? null,
    };
  }
}
