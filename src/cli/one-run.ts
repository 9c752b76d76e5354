/**
 * One run of an engine into one directory, from its first step or from a checkpoint to its end or an
 * interruption.
 */
import { DivergedError, type Engine } from '../engines/engine.ts';
import { LOSSES, type Loss } from '../core/losses.ts';
import { observe } from '../core/observables.ts';
import type { Elapsed } from '../core/schedules.ts';
import { shapeOf } from '../core/shape.ts';
import { decodeOutputs, r2 } from '../experiments/encoding.ts';
import type { Prepared } from '../experiments/prepare.ts';
import { elapsedOf, objectiveOf, run, scoresOf } from '../experiments/run.ts';
import { encodeNpy } from '../io/npy.ts';
import type { Arguments } from './args.ts';
import { removeCheckpoint, writeCheckpoint, type Saved } from './checkpoint.ts';
import { EXIT } from './errors.ts';
import { writeWhole } from './files.ts';
import type { Interruption } from './interruption.ts';
import { History, historyColumns, thetaBytes, toJson } from './outputs.ts';
import { openProgress } from './progress.ts';
import { VERSION } from './machine/version.ts';

/** Seconds between two checkpoints of a long run. */
const CHECKPOINT_INTERVAL = 30;

export class OneRun {
  private readonly started = performance.now();
  private lastCheckpoint = performance.now();
  private loss0: number;
  private readonly from: number;
  private readonly elapsed: Elapsed;

  constructor(
    private readonly directory: string,
    private readonly prepared: Prepared,
    private readonly engine: Engine,
    private readonly saved: Saved | null,
    private readonly args: Arguments,
    private readonly interruption: Interruption,
  ) {
    this.loss0 = saved?.state.loss0 ?? engine.loss;
    this.from = engine.step;
    this.elapsed = elapsedOf(engine, saved?.state.t ?? 0);
  }

  async drive(): Promise<number> {
    const { config, test } = this.prepared;
    const { directory, engine, classes } = this;
    const history = this.saved?.history ?? new History(directory, historyColumns(this.prepared));
    const progress = openProgress(this.from, config.dynamics.steps, this.args.on('quiet'));
    try {
      const end = await run(engine, config, {
        test,
        classes,
        elapsed: this.elapsed,
        signal: this.interruption.signal,
        onRow: (row) => history.add(row),
        onSnapshot: (step, theta) =>
          writeWhole(directory, `theta-${step}.npy`, thetaBytes(theta, this.prepared.problem)),
        onProgress: async (step) => {
          progress.update(step, engine.loss);
          if (performance.now() - this.lastCheckpoint > 1000 * CHECKPOINT_INTERVAL)
            await this.checkpoint(history);
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
    }
  }

  private async interrupted(history: History): Promise<number> {
    await this.checkpoint(history);
    process.stderr.write(`stopped at step ${this.engine.step}; go on with --resume\n`);
    return this.interruption.status;
  }

  private async checkpoint(history: History): Promise<void> {
    const { config, problem } = this.prepared;
    const { name, method, adapter } = this.engine.info;
    await history.write();
    const state = {
      step: this.engine.step,
      loss0: this.loss0,
      t: this.elapsed.t,
      config,
      engine: name,
      method,
      adapter,
      accuracy: this.engine.accuracy ?? null,
      seconds: this.seconds(),
    };
    const theta = await this.engine.theta();
    const velocity = (await this.engine.velocity?.()) ?? null;
    await writeCheckpoint(this.directory, { theta, velocity }, problem, state);
    this.lastCheckpoint = performance.now();
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
    const theta = await engine.theta();
    const f = await engine.f();
    const decoded = decodeOutputs(f, encoding);
    await writeWhole(directory, 'theta.npy', thetaBytes(theta, problem));
    await writeWhole(
      directory,
      'f.npy',
      encodeNpy(
        engine.info.precision === 'float32' ? Float32Array.from(decoded) : decoded,
        c > 1 ? [problem.m, c] : [problem.m],
      ),
    );
    const summary = {
      ...(failure ? { failure } : {}),
      ...(await this.summary(f)),
      observables: observe(theta, problem),
      encoding,
      version: VERSION,
    };
    await writeWhole(directory, 'summary.json', toJson(summary));
    if (!failure) process.stdout.write(this.args.on('json') ? toJson(summary) : table(summary, directory));
  }

  private async summary(f: Float64Array) {
    const {
      engine,
      classes,
      prepared: { config, problem, test, encoding },
    } = this;
    const { n, m, y } = problem;
    const { c, d } = shapeOf(problem);
    const { inputs, target, outputs, labels } = encoding;
    const { explainsVariance }: Loss = LOSSES[problem.loss];
    const seconds = this.seconds();
    const steps = engine.step;
    const secondsPerStep = steps > 0 ? seconds / steps : NaN;
    return {
      // The choice is made once and stored, so that the configuration means the same run elsewhere.
      config: { ...config, engine: engine.info.name, method: engine.info.method },
      engine: engine.info.name,
      method: engine.info.method,
      adapter: engine.info.adapter,
      software: engine.info.software,
      precision: engine.info.precision,
      n,
      m,
      c,
      d,
      data: { inputs, target: labels ? target : (outputs ?? target), ...(labels && { labels }) },
      steps,
      t: this.elapsed.reach(steps, engine.loss),
      loss0: this.loss0,
      loss: engine.loss,
      ...(config.dynamics.penalty && { objective: await objectiveOf(engine, engine.loss) }),
      ...(await scoresOf(engine, { test, classes })),
      r2: explainsVariance ? r2(f, y, c) : NaN,
      testR2: explainsVariance && test ? r2(await engine.predict(test.x), test.y, c) : NaN,
      secondsTotal: seconds,
      secondsPerStep,
      pairsPerSecond: (n * m) / secondsPerStep,
      /** Of an approximate method, measured; the others have none but rounding. */
      error: engine.accuracy?.error ?? null,
      spacing: engine.accuracy?.spacing ?? null,
    };
  }
}

function table(summary: Awaited<ReturnType<OneRun['summary']>> & object, directory: string): string {
  const s = summary as {
    n: number;
    m: number;
    c: number;
    d: number;
    steps: number;
    t: number;
    loss0: number;
    loss: number;
    r2: number;
    accuracy: number;
    testAccuracy: number;
    testLoss: number;
    testR2: number;
    secondsTotal: number;
  };
  const testR2 = Number.isFinite(s.testR2) ? s.testR2.toFixed(4) : null;
  const rows: ([string, string] | null)[] = [
    ['n, m, d', `${s.n}, ${s.m}, ${s.d}`],
    s.c > 1 ? ['outputs', String(s.c)] : null,
    ['steps, t', `${s.steps}, ${s.t.toPrecision(4)}`],
    ['loss', `${s.loss0.toPrecision(4)} → ${s.loss.toPrecision(4)}`],
    Number.isFinite(s.r2) ? ['R²', s.r2.toFixed(4)] : null,
    Number.isFinite(s.accuracy) ? ['accuracy', s.accuracy.toFixed(4)] : null,
    Number.isFinite(s.testLoss)
      ? [
          testR2 ? 'test loss, R²' : 'test loss',
          [s.testLoss.toPrecision(4), ...(testR2 ? [testR2] : [])].join(', '),
        ]
      : null,
    Number.isFinite(s.testAccuracy) ? ['test accuracy', s.testAccuracy.toFixed(4)] : null,
    ['time', `${s.secondsTotal.toFixed(1)} s`],
    ['files', directory],
  ];
  return rows
    .filter((row) => row !== null)
    .map(([name, value]) => `${name.padEnd(14)}${value}\n`)
    .join('');
}
