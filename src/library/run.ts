/** A run for programs, with the names that the page's `globalThis.mckean` has. */
import { metricsOf, type Metrics } from '../app/run/metrics.ts';
import { ConfigError, type Config, type ConfigInput } from '../core/config/config.ts';
import { needsLoss, type Elapsed } from '../core/dynamics/schedules.ts';
import { shapeOf } from '../core/shape.ts';
import type { Engine, LossRecord } from '../engines/engine.ts';
import { decodeOutputs, encodeInputs } from '../experiments/data/encoding.ts';
import { portable } from '../experiments/portable.ts';
import { prepare, type Prepared } from '../experiments/prepare.ts';
import { elapsedOf, run, type HistoryRow } from '../experiments/run.ts';
import { meansOf, type Computer, type Means } from './computers.ts';
import { resolveConfig } from './config.ts';
import { filesOf, type Reading } from './reading.ts';

/** An array of two axes, row by row: entry (j, k) is data[j · columns + k]. */
export interface Matrix<Data extends Float64Array | Float32Array = Float64Array | Float32Array> {
  /** A copy, the program's own. */
  readonly data: Data;
  /** [rows, columns]. */
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * A run that is open: n particles θ_j that move by b(θ_j, ρ) (docs/model.md, Dynamics). Calls wait for nothing but
 * their own promises: one at a time.
 */
export interface Run {
  /** Complete, engine and method as they were taken; `mckean run` accepts it, data included. */
  config(): Config;
  /** Of the current θ. */
  metrics(): Metrics;
  /**
   * `k` steps of dt, a whole number from 0, default 1. Rejects with a ConfigError, and, where θ stays what it was
   * last, with a DivergedError or a DeviceLostError.
   */
  step(k?: number): Promise<void>;
  /**
   * On to `dynamics.steps`: the rows of history.csv, from step 0 where the run stands there; `onRow` hears each.
   * Once the signal is aborted it ends between two steps, and the next call goes on.
   */
  finish(options?: {
    readonly onRow?: (row: HistoryRow) => void;
    readonly signal?: AbortSignal;
  }): Promise<HistoryRow[]>;
  /** A copy of θ [n, c + d], w1 first; float64 of a CPU, float32 of a GPU. */
  theta(): Promise<Matrix>;
  /** f [m, c] at the training inputs, in the target's units. */
  f(): Promise<Matrix<Float64Array>>;
  /**
   * f [rows, c] at inputs [rows, columns of x] as the data have them (without a bias), in the target's units. Rejects
   * with a ConfigError where a row has another length or a number that is none.
   */
  predict(x: readonly (readonly number[])[]): Promise<Matrix<Float64Array>>;
  /** Back to step 0 and its θ. */
  reset(): Promise<void>;
  /** Frees threads and memory; later calls reject. */
  close(): void;
}

/**
 * Opens a run at step 0: a preset's name or a configuration's fields, on a computer. Rejects with a ConfigError, an
 * UnavailableError or a CapacityError.
 */
export async function openRun(
  input: string | ConfigInput,
  computer: Computer,
  reading: Reading = {},
): Promise<Run> {
  return opened(input, meansOf(computer), reading);
}

/** The same for this package: with what is behind it. */
export async function opened(
  input: string | ConfigInput,
  { open, draw }: Pick<Means, 'open' | 'draw'>,
  reading: Reading = {},
): Promise<OpenRun> {
  const prepared = await prepare(resolveConfig(input), filesOf(reading, draw));
  return new OpenRun(prepared, await open(prepared.problem, prepared.config));
}

export class OpenRun implements Run {
  private elapsed: Elapsed;

  constructor(
    readonly prepared: Prepared,
    readonly engine: Engine,
  ) {
    this.elapsed = elapsedOf(engine, 0);
  }

  config(): Config {
    const { name: engine, method } = this.engine.info;
    const { config, source } = this.prepared;
    return structuredClone(portable({ ...config, engine, method }, source));
  }

  metrics(): Metrics {
    return metricsOf(this.engine, this.elapsed.t);
  }

  async step(k = 1): Promise<void> {
    if (!Number.isSafeInteger(k) || k < 0) throw new ConfigError(`k = ${k} steps: give a whole number from 0`);
    if (k === 0) return;
    const every = needsLoss(this.engine.problem.schedules) ? { every: 1 } : {};
    this.reach(await this.engine.advance(k, every));
  }

  async finish({ onRow, signal }: { onRow?: (row: HistoryRow) => void; signal?: AbortSignal } = {}): Promise<
    HistoryRow[]
  > {
    const rows: HistoryRow[] = [];
    await run(this.engine, this.prepared.config, {
      test: this.prepared.test,
      classes: this.prepared.encoding.labels !== undefined,
      elapsed: this.elapsed,
      onRow: (row) => {
        rows.push(row);
        onRow?.(row);
      },
      onSnapshot: () => undefined,
      onProgress: () => undefined,
      ...(signal && { signal }),
    });
    return rows;
  }

  async theta(): Promise<Matrix> {
    return {
      data: await this.engine.theta(),
      shape: [this.engine.problem.n, shapeOf(this.engine.problem).width],
    };
  }

  async f(): Promise<Matrix<Float64Array>> {
    return this.outputs(await this.engine.f());
  }

  async predict(x: readonly (readonly number[])[]): Promise<Matrix<Float64Array>> {
    const { inputs } = this.prepared.encoding;
    const wrong = x.findIndex((row) => row.length !== inputs.length || !row.every(Number.isFinite));
    if (wrong >= 0)
      throw new ConfigError(
        `x[${wrong}] = [${x[wrong].join(', ')}]: give ${inputs.length} finite numbers, ${inputs.join(', ')}`,
      );
    const encoded = encodeInputs(Float64Array.from(x.flat()), this.prepared.encoding);
    return this.outputs(await this.engine.predict(encoded));
  }

  async reset(): Promise<void> {
    await this.engine.restore(this.prepared.problem.theta, 0);
    this.elapsed = elapsedOf(this.engine, 0);
  }

  close(): void {
    this.engine.destroy();
  }

  private reach(losses: readonly LossRecord[]): void {
    for (const { step, loss } of losses) this.elapsed.reach(step, loss);
  }

  private outputs(f: Float64Array): Matrix<Float64Array> {
    const { c } = shapeOf(this.engine.problem);
    return { data: decodeOutputs(f, this.prepared.encoding), shape: [f.length / c, c] };
  }
}
