/**
 * A run: an engine driven along a configuration's steps, with its history, its snapshots and its checkpoints.
 */
import type { Config } from '../core/config/config.ts';
import { accuracyOf } from '../core/labels.ts';
import { LOSSES } from '../core/objective/losses.ts';
import { meanLoss } from '../core/model.ts';
import { Elapsed, needsLoss } from '../core/dynamics/schedules.ts';
import { shapeOf } from '../core/shape.ts';
import { Streamed } from '../core/dynamics/streams.ts';
import { penaltyMean } from '../core/observables.ts';
import type { Prepared } from './prepare.ts';
import {
  DivergedError,
  type AdvanceOptions,
  type Engine,
  type LossRecord,
  type Theta,
} from '../engines/engine.ts';

/** A row of history.csv, of θ at that step. */
export interface HistoryRow {
  /** From 0. */
  readonly step: number;
  /** The sum of the dt of the steps before. */
  readonly t: number;
  /** L over the training samples; of a stream over the batch to come. */
  readonly loss: number;
  /** Loss and penalties; NaN where there is none. */
  readonly objective: number;
  /** NaN where there is no test set. */
  readonly testLoss: number;
  /** Share of the rows, 0 … 1, whose class f says; NaN where targets are no classes. */
  readonly accuracy: number;
  /** The same of the rows held out. */
  readonly testAccuracy: number;
}

/** Rows held out, encoded. */
export type Held = NonNullable<Prepared['test']>;

export interface RunOptions {
  readonly test: Held | null;
  /** Targets are classes. Default false. */
  readonly classes?: boolean;
  /** Standing where the engine does. Default: one that starts at 0. */
  readonly elapsed?: Elapsed;
  /**
   * One row for step 0, every record.every steps and the last, each step once, in order. Called again from a
   * resumed step on.
   */
  onRow(row: HistoryRow): void;
  /** θ at each step of record.theta. */
  onSnapshot(step: number, theta: Theta): Promise<void> | void;
  onProgress(step: number): Promise<void> | void;
  readonly signal?: AbortSignal;
}

/** Longest stretch without a progress report, in milliseconds (a target, not a bound). */
const STRETCH = 250;

/**
 * Runs from engine.step to config.dynamics.steps; resolves with 'done' or, once the signal is aborted,
 * 'interrupted'. Rows and snapshots of the step on which the engine stands are due only at step 0: a resumed
 * run has them already.
 */
export async function run(
  engine: Engine,
  config: Config,
  options: RunOptions,
): Promise<'done' | 'interrupted'> {
  const { steps } = config.dynamics;
  const { every } = config.record;
  const snapshots = new Set(config.record.theta);
  const elapsed = options.elapsed ?? elapsedOf(engine, 0);
  const recorder = new Recorder(engine, config, options);
  const looks = options.test !== null || options.classes === true || config.dynamics.penalty !== undefined;
  const stopAt = (step: number): number =>
    Math.min(steps, nextSnapshot(config.record.theta, step), looks ? nextMultiple(step, every) : Infinity);
  if (engine.step === 0) {
    await recorder.row(0, elapsed.t, engine.loss);
    if (snapshots.has(0)) await options.onSnapshot(0, await engine.theta());
  }
  const record = async (losses: readonly LossRecord[]): Promise<void> => {
    for (const { step, loss } of losses) {
      const t = elapsed.reach(step, loss);
      if (step > recorder.last && (step % every === 0 || step === steps)) await recorder.row(step, t, loss);
    }
  };
  let stretch = 1;
  while (engine.step < steps) {
    if (options.signal?.aborted) return 'interrupted';
    const from = engine.step;
    const started = performance.now();
    await advance(
      engine,
      Math.min(stretch, stopAt(from) - from),
      {
        every: needsLoss(engine.problem.schedules) ? 1 : every,
        ...(options.signal && { signal: options.signal }),
      },
      record,
    );
    if (snapshots.has(engine.step) && engine.step > from)
      await options.onSnapshot(engine.step, await engine.theta());
    await options.onProgress(engine.step);
    stretch = nextStretch(stretch, performance.now() - started);
  }
  return 'done';
}

/** engine.advance with its losses recorded, those before a divergence, too. */
async function advance(
  engine: Engine,
  k: number,
  options: AdvanceOptions,
  record: (losses: readonly LossRecord[]) => Promise<void>,
): Promise<void> {
  try {
    await record(await engine.advance(k, options));
  } catch (error) {
    if (error instanceof DivergedError) await record(error.losses);
    throw error;
  }
}

const nextMultiple = (step: number, every: number): number => (Math.floor(step / every) + 1) * every;
const nextSnapshot = (wanted: readonly number[], step: number): number =>
  wanted.reduce((next, at) => (at > step && at < next ? at : next), Infinity);

/** Steps of the next stretch: at most twice as many, so that a slow machine is found out early. */
function nextStretch(stretch: number, elapsed: number): number {
  return Math.max(1, Math.min(2 * stretch, Math.round((stretch * STRETCH) / Math.max(elapsed, 0.1))));
}

/** Writes history rows; what f says is computed where the row is written, at the engine's own step. */
class Recorder {
  /** Step of the last row: no step has two. */
  last: number;

  constructor(
    private readonly engine: Engine,
    private readonly config: Config,
    private readonly options: RunOptions,
  ) {
    this.last = engine.step;
  }

  async row(step: number, t: number, loss: number): Promise<void> {
    this.last = step;
    const { penalty } = this.config.dynamics;
    this.options.onRow({
      step,
      t,
      loss,
      objective: penalty ? await objectiveOf(this.engine, loss) : NaN,
      ...(await scoresOf(this.engine, this.options)),
    });
  }
}

/** t of an engine's run, which is `t` where the engine stands. */
export function elapsedOf({ problem, step, loss }: Engine, t: number): Elapsed {
  const elapsed = new Elapsed(problem.dt, problem.schedules);
  elapsed.start(step, loss, t);
  return elapsed;
}

/** The loss and n^(−a) Σ_j of the penalties at the engine's current θ, which stays where it is. */
export async function objectiveOf(engine: Engine, loss: number): Promise<number> {
  const { n, outer, terms } = engine.problem;
  return loss + outer * n * penaltyMean(terms, await engine.observables());
}

/** y of the rows of which the engine has f. */
const targetsAt = ({ problem, step }: Engine): Float64Array =>
  problem.stream ? new Streamed(problem.stream).rows(step).y : problem.y;

/**
 * What f says at the engine's current θ, of the training rows and of those held out, where it is `there` if that is
 * known; NaN where nothing is asked.
 */
export async function scoresOf(
  engine: Engine,
  { test, classes = false }: Pick<RunOptions, 'test' | 'classes'>,
  there: Float64Array | null = null,
): Promise<Pick<HistoryRow, 'testLoss' | 'accuracy' | 'testAccuracy'>> {
  const { problem } = engine;
  const { loss } = problem;
  const { c } = shapeOf(problem);
  const held = test && { f: there ?? (await engine.predict(test.x)), y: test.y };
  return {
    testLoss: held ? meanLoss(held.f, held.y, LOSSES[loss], c) : NaN,
    accuracy: classes ? accuracyOf(await engine.f(), targetsAt(engine), c) : NaN,
    testAccuracy: classes && held ? accuracyOf(held.f, held.y, c) : NaN,
  };
}
