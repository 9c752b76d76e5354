/**
 * The sums on a GPU, in float32. θ, f and r live on the GPU; a run of many steps reads back a status word and the
 * losses it was asked for. Same code in a page and in Node. Opened by open.ts; this file says who does what.
 */
import { strideOf } from '../../../shaders/particle.ts';
import { extentOf } from '../../core/mesh/grid.ts';
import { Serial } from '../../core/serial.ts';
import type { Spent } from '../../gpu/schedule.ts';
import type { Means } from '../../core/observables.ts';
import { checkProblem } from '../check.ts';
import {
  type DeviceLostError,
  outputsIn,
  replicasOf,
  type Accuracy,
  type AdvanceOptions,
  type Engine,
  type EngineInfo,
  type LossRecord,
  type Method,
  type Problem,
  type ParticleSample,
  type Theta,
} from '../engine.ts';
import { FIRST_ACCURACY } from '../accuracy.ts';
import type { GpuCloud, GpuField, OnGpu } from '../on-gpu.ts';
import type { Store } from '../store.ts';
import { engineError, lossOf } from './errors.ts';
import type { OutputField } from './field.ts';
import { Grids } from './sums/grids.ts';
import { assertGood } from './losses.ts';
import { Observer } from './observe.ts';
import { Predictor } from './predict.ts';
import { readFloats, run, type Rig } from './rig.ts';
import { readRows, writeRows } from './rows/rows.ts';
import { Run } from './run.ts';
import { readSample } from './rows/sample.ts';
import type { Steps } from './steps.ts';
import { remembered, tune } from './opening/tune.ts';

export class WebGpuEngine implements Engine, OnGpu {
  readonly onGpu: OnGpu = this;
  readonly info: EngineInfo;
  readonly problem: Problem;
  private readonly run: Run;
  private readonly predictor: Predictor;
  private observer: Observer | null = null;
  /** Of a method on a mesh. */
  private readonly grids: Grids | null;
  private advancing = false;
  private destroyed = false;
  private readonly queue = new Serial();

  /** Without steps, those of a grid that goes with the particles. */
  constructor(
    private readonly rig: Rig,
    method: Method,
    steps: Steps | null,
  ) {
    const { gpu, form } = rig;
    const { software } = gpu;
    const adapter = [gpu.adapter, form].filter((part) => part !== '').join(', ');
    this.problem = rig.problem;
    this.info = { name: 'webgpu', method, adapter, software, precision: 'float32' };
    this.predictor = new Predictor(rig);
    this.grids = steps ? null : new Grids(rig, () => this.run.settle(this.run.step));
    this.run = new Run(
      rig,
      () => steps ?? this.grids!.steps,
      () => this.grids?.resolution ?? null,
      () => this.assertAlive(),
    );
  }

  get step(): number {
    return this.run.step;
  }

  get loss(): number {
    return this.run.loss;
  }

  get spent(): Spent {
    return this.run.spent;
  }

  get asked(): number {
    return this.run.goal;
  }

  get accuracy(): Accuracy | null {
    return this.grids?.resolution.accuracy ?? null;
  }

  /** Goes to step 0, with an approximate method on the grid that suits it. */
  open(): Promise<void> {
    return this.alone(async () => {
      await this.place(this.problem.theta, 0, FIRST_ACCURACY);
      await this.grids?.resolution.suit(0);
    });
  }

  /** Compiles what steps need, and takes none. */
  async compile(): Promise<void> {
    await this.grids?.resolution.place(FIRST_ACCURACY, [0, 0, 0, 0]);
  }

  /** Bytes read back from the GPU so far. */
  get bytesRead(): number {
    return this.rig.readback.bytes;
  }

  cloud(): GpuCloud {
    const { n, c = 1, d } = this.problem;
    const { parts, theta, speed } = this.rig.state;
    const first = parts.flatMap((part, k) =>
      part.system > 0 ? [] : [{ theta: theta[k], speed: speed?.[k] ?? null, n: part.n }],
    );
    return { gpu: this.rig.gpu, parts: first, n, c, d, stride: strideOf(this.problem) };
  }

  lost(): Promise<DeviceLostError> {
    return lossOf(this.rig.gpu);
  }

  async advance(k: number, options: AdvanceOptions = {}): Promise<LossRecord[]> {
    if (this.advancing) throw new Error('advance is already under way: await it before the next call');
    this.advancing = true;
    try {
      return await this.inTurn(() => this.run.advance(k, options));
    } finally {
      this.advancing = false;
    }
  }

  theta(): Promise<Theta> {
    return this.alone(() => readRows(this.rig, this.rig.state.theta));
  }

  async velocity(): Promise<Theta | null> {
    const { velocity } = this.rig.state;
    return velocity && this.alone(() => readRows(this.rig, velocity));
  }

  sample(most: number): Promise<ParticleSample> {
    return this.alone(() => readSample(this.rig.readback, this.rig.state, this.problem, most));
  }

  f(): Promise<Float64Array> {
    const count = replicasOf(this.problem) * outputsIn(this.problem);
    const { f } = (this.rig.feed?.whole ?? this.rig).points;
    return this.alone(() => readFloats(this.rig, f, count));
  }

  predict(x: Float64Array): Promise<Float64Array> {
    return this.predictor.predict(x, (some) => this.alone(some));
  }

  observables(): Promise<Means> {
    return this.alone(async () => {
      this.observer ??= await Observer.create(this.rig);
      await run(this.rig, this.observer.dispatches);
      return this.observer.read(this.rig.readback);
    });
  }

  field(count: number): Promise<OutputField> {
    return this.alone(() => this.predictor.keep(count));
  }

  refresh(field: GpuField): Promise<void> {
    return this.alone(() => run(this.rig, field.dispatches));
  }

  restore(theta: Theta, step: number, accuracy?: Accuracy, velocity?: Theta): Promise<void> {
    return this.alone(async () => {
      const { velocity: kept } = this.rig.state;
      if (kept) writeRows(this.rig, kept, velocity ?? new Float32Array(theta.length));
      await this.place(theta, step, accuracy ?? this.grids?.resolution.first ?? FIRST_ACCURACY);
      if (!accuracy) await this.grids?.resolution.keep(step);
    });
  }

  driftError(): Promise<number> {
    return this.alone(async () => (await this.grids?.resolution.bound(this.run.step)) ?? 0);
  }

  setStepSize(dt: number): void {
    this.run.dt = dt;
  }

  async tune(store: Store): Promise<void> {
    const { gpu } = this.rig;
    if (this.info.method !== 'direct' || remembered(gpu, this.problem, store)) return;
    await tune(gpu, this.problem, { store, alone: (work) => this.alone(work) });
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    void this.queue.run(() => {
      this.predictor.destroy();
      this.grids?.destroy();
      this.rig.readback.destroy();
      this.rig.memory.destroy();
    });
  }

  /** When all steps that were asked for are done. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      await this.run.arrive();
      return work();
    });
  }

  /** Runs one thing at a time, in the order of the calls. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.run(async () => {
      this.assertAlive();
      return await work();
    });
    return result.catch((error: unknown) => {
      throw engineError(error);
    });
  }

  private async place(theta: Theta, step: number, accuracy: Accuracy): Promise<void> {
    checkProblem({ ...this.problem, theta });
    writeRows(this.rig, this.rig.state.theta, theta);
    if (this.grids) {
      const extent = extentOf(theta, this.problem);
      if (!extent.every(Number.isFinite)) assertGood(step, []);
      await this.grids.resolution.place(accuracy, extent);
    }
    await this.run.begin(step);
  }

  private assertAlive(): void {
    if (this.rig.gpu.failed) throw this.rig.gpu.failed;
    if (this.destroyed) throw new Error('the engine is destroyed');
  }
}
