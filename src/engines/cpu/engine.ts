/**
 * The float64 engine: the reference, and what machines without WebGPU compute with; on this thread or on
 * workers.
 */
import { CHECKED_PARTICLES, driftError, type DriftError, LIMIT, nextSpacing } from '../../core/accuracy.ts';
import { LOSSES } from '../../core/losses.ts';
import { INTEGRATORS } from '../../core/integrators.ts';
import { FIRST_SPACING, METHODS } from '../../core/methods.ts';
import { meanLoss, residual } from '../../core/model.ts';
import { shapeOf } from '../../core/shape.ts';
import { meansOf, type ObservableName } from '../../core/observables.ts';
import { Cloud, type CpuOptions } from './particles.ts';
import {
  CapacityError,
  checkDrive,
  checkProblem,
  DivergedError,
  type Accuracy,
  type AdvanceOptions,
  type Engine,
  type EngineInfo,
  type LossRecord,
  type Problem,
  type Sample,
  type Theta,
} from '../engine.ts';

export type { CpuOptions } from './particles.ts';

/** Steps between two checks of an approximate method against the definition. */
const CHECK_EVERY = 16;

/** One system; for replicas: cpu-replicas.ts. */
export async function createCpuEngine(problem: Problem, options: CpuOptions = {}): Promise<CpuEngine> {
  checkProblem(problem);
  const engine = new CpuEngine(problem, options);
  try {
    await engine.open();
    return engine;
  } catch (error) {
    engine.destroy();
    throw error;
  }
}

export class CpuEngine implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  accuracy: Accuracy | null = null;
  private readonly cloud: Cloud;
  private readonly outputs: Float64Array;
  private readonly r: Float64Array;
  /** Spacings that suit θ at step 0. */
  private firstSpacing: readonly [number, number] = FIRST_SPACING;
  private dt: number;
  private busy = false;

  constructor(
    readonly problem: Problem,
    options: CpuOptions,
  ) {
    this.cloud = new Cloud(problem, options);
    const { c } = shapeOf(problem);
    this.outputs = new Float64Array(problem.m * c);
    this.r = new Float64Array(problem.m * c);
    this.dt = problem.dt;
    const { threads, method } = this.cloud;
    this.info = {
      name: 'cpu',
      method,
      adapter: threads > 1 ? `CPU, ${threads} workers` : 'CPU, 1 thread',
      software: false,
      precision: 'float64',
    };
  }

  /** Goes to step 0, with an approximate method on the grid that suits it. */
  async open(): Promise<void> {
    await this.restore(this.problem.theta, 0, { spacing: FIRST_SPACING, error: 0 });
    for (let round = 0; this.accuracy && round < 2; round++)
      await this.regrid(nextSpacing(this.accuracy.spacing, await this.measured(), 3));
    await this.keepAccuracy();
    this.firstSpacing = this.accuracy?.spacing ?? FIRST_SPACING;
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    return this.exclusively(async () => {
      const losses: LossRecord[] = [];
      const { m } = this.problem;
      const from = this.step;
      const last = from + k;
      while (this.step < last && !signal?.aborted) {
        const row = (this.step - from) * m;
        await this.oneStep(drive ? drive.subarray(row, row + m) : this.r).catch((error: unknown) => {
          throw error instanceof CapacityError
            ? new DivergedError(this.step + 1, error.message, losses)
            : error;
        });
        this.checkFinite(losses);
        if (this.accuracy && this.step % CHECK_EVERY === 0) await this.keepAccuracy();
        if (this.step % every === 0 || this.step === last) losses.push({ step: this.step, loss: this.loss });
      }
      if (losses.at(-1)?.step !== this.step) losses.push({ step: this.step, loss: this.loss });
      return losses;
    });
  }

  async theta(): Promise<Float64Array> {
    return whole(await this.cloud.theta(), new Float64Array(this.problem.n * shapeOf(this.problem).width));
  }

  /** |b(θ_j)| [n] at the start of the last step. */
  async speeds(): Promise<Float32Array> {
    return whole(await this.cloud.speeds(1), new Float32Array(this.problem.n));
  }

  /**
   * Every k-th particle, `most` of them or fewer, gathered where they are: a picture of a million need not copy
   * them all.
   */
  async sample(most: number): Promise<Sample> {
    const { n, d } = this.problem;
    const { width } = shapeOf(this.problem);
    const every = Math.ceil(n / most);
    const count = Math.ceil(n / every);
    const [rows, speeds] = await Promise.all([this.cloud.rows(every), this.cloud.speeds(every)]);
    return {
      theta: whole(rows, new Float32Array(count * width)),
      speed: whole(speeds, new Float32Array(count)),
      rows: Uint32Array.from({ length: count }, (_, i) => i * every),
      n: count,
      d,
    };
  }

  async observables(): Promise<Record<ObservableName, number>> {
    return meansOf(await this.cloud.observe(), this.problem.n);
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    return (await this.cloud.outputsAt(x)).map((value) => this.problem.outer * value);
  }

  async f(): Promise<Float64Array> {
    return this.outputs.slice();
  }

  async restore(theta: Theta, step: number, accuracy?: Accuracy): Promise<void> {
    const known = accuracy ?? { spacing: this.firstSpacing, error: 0 };
    await this.cloud.place(theta);
    this.step = step;
    this.receive(await this.cloud.outputs(known.spacing), true);
    this.checkFinite();
    if (METHODS[this.info.method].approximate) this.accuracy = known;
    if (!accuracy) await this.keepAccuracy();
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    this.cloud.destroy();
  }

  private async oneStep(r: Float64Array): Promise<void> {
    const stages = INTEGRATORS[this.problem.integrator].weights.length;
    for (let stage = 0; stage < stages; stage++) {
      const outputs = await this.cloud.advance(stage, r, this.dt, this.step + 1);
      if (stage === stages - 1) this.step++;
      this.receive(outputs, stage === stages - 1);
    }
  }

  /** New outputs: f and r follow, and at the end of a step the loss. */
  private receive(outputs: Float64Array, stepEnds: boolean): void {
    const loss = LOSSES[this.problem.loss];
    const { outer, y } = this.problem;
    const { c } = shapeOf(this.problem);
    for (let a = 0; a < outputs.length; a++) this.outputs[a] = outer * outputs[a];
    residual(this.r, this.outputs, y, loss, c);
    if (stepEnds) this.loss = meanLoss(this.outputs, y, loss, c);
  }

  private checkFinite(losses: readonly LossRecord[] = []): void {
    if (!Number.isFinite(this.loss))
      throw new DivergedError(this.step, 'a neuron or the loss is no longer finite', losses);
  }

  private async measured(): Promise<DriftError> {
    return driftError(
      await this.cloud.driftErrors(this.r, CHECKED_PARTICLES, (this.step * GOLDEN) % 1),
      this.problem.d,
    );
  }

  /**
   * Measures the drift's error, and takes finer grids while it is above its limit and there is room for them.
   */
  private async keepAccuracy(): Promise<void> {
    for (let round = 0; this.accuracy; round++) {
      const error = await this.measured();
      const finer = nextSpacing(this.accuracy.spacing, error, 1);
      if (error.total > LIMIT && round < ROUNDS && (await this.cloud.hasRoomFor(finer)))
        await this.regrid(finer);
      else {
        this.accuracy = { ...this.accuracy, error: Math.max(this.accuracy.error, error.total) };
        return;
      }
    }
  }

  private async regrid(spacing: readonly [number, number]): Promise<void> {
    this.receive(await this.cloud.outputs(spacing), true);
    this.accuracy = { spacing, error: this.accuracy?.error ?? 0 };
  }

  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new Error('advance is already running: await it before the next call');
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
    }
  }
}

/** Checks look at other particles each time. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Refinements in one check: each brings the error down at least tenfold. */
const ROUNDS = 4;

function whole<T extends Float64Array | Float32Array>(parts: T[], array: T): T {
  let offset = 0;
  for (const part of parts) {
    array.set(part, offset);
    offset += part.length;
  }
  return array;
}
