/**
 * The float64 engine: the reference, and what machines without WebGPU compute with; on this thread or on
 * workers.
 */
import { CHECKED_PARTICLES, driftError } from '../../core/accuracy.ts';
import { Batches, weighted } from '../../core/batches.ts';
import { LOSSES } from '../../core/losses.ts';
import { INTEGRATORS } from '../../core/integrators.ts';
import { METHODS } from '../../core/methods.ts';
import { meanLoss, residual } from '../../core/model.ts';
import { tempoOf } from '../../core/schedules.ts';
import { shapeOf } from '../../core/shape.ts';
import { meansOf, type ObservableName } from '../../core/observables.ts';
import { joined } from '../../core/sums.ts';
import { hasVelocity } from '../../core/terms.ts';
import { FIRST_ACCURACY, POLICIES, Resolution, type Gridded } from '../accuracy.ts';
import {
  CapacityError,
  checkDrive,
  checkProblem,
  DivergedError,
  outputsIn,
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
import { Exclusive, opened } from './lifetime.ts';
import { withKernels } from './simd/module.ts';
import { Particles } from './particles.ts';
import type { CpuOptions } from './threads.ts';

export type { CpuOptions } from './threads.ts';

/** One system; for replicas: replicas.ts. */
export async function createCpuEngine(problem: Problem, options: CpuOptions = {}): Promise<CpuEngine> {
  checkProblem(problem);
  return opened(new CpuEngine(problem, await withKernels(problem, options)));
}

/** What an engine of this kind says of itself. */
export const infoOf = (method: Method, adapter: string, { kernels }: CpuOptions): EngineInfo => ({
  name: kernels?.precision === 'f32' ? 'cpu32' : 'cpu',
  method,
  adapter,
  software: false,
  precision: kernels?.precision === 'f32' ? 'float32' : 'float64',
});

export class CpuEngine implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  private readonly particles: Particles;
  private readonly outputs: Float64Array;
  private readonly r: Float64Array;
  private readonly batches: Batches | null;
  /** Of a method on a grid. */
  private readonly resolution: Resolution | null;
  private readonly advancing = new Exclusive();
  private dt: number;

  constructor(
    readonly problem: Problem,
    options: CpuOptions,
  ) {
    this.particles = new Particles(problem, options);
    this.outputs = new Float64Array(outputsIn(problem));
    this.r = new Float64Array(outputsIn(problem));
    this.batches = problem.batch ? new Batches(problem.batch, problem.m) : null;
    this.dt = problem.dt;
    const { adapter, method } = this.particles;
    this.resolution = METHODS[method].approximate ? this.resolved() : null;
    this.info = infoOf(method, adapter, options);
  }

  get accuracy(): Accuracy | null {
    return this.resolution?.accuracy ?? null;
  }

  /** Goes to step 0, with an approximate method on the grid that suits it. */
  async open(): Promise<void> {
    await this.restore(this.problem.theta, 0, FIRST_ACCURACY);
    await this.resolution?.suit(0);
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    return this.advancing.run(async () => {
      const losses: LossRecord[] = [];
      const numbers = outputsIn(this.problem);
      const from = this.step;
      const last = from + k;
      while (this.step < last && !signal?.aborted) {
        const row = (this.step - from) * numbers;
        await this.oneStep(drive ? drive.subarray(row, row + numbers) : this.r).catch((error: unknown) => {
          throw error instanceof CapacityError
            ? new DivergedError(this.step + 1, error.message, losses)
            : error;
        });
        this.checkFinite(losses);
        if (this.resolution?.isDue(this.step)) await this.resolution.keep(this.step);
        if (this.step % every === 0 || this.step === last) losses.push({ step: this.step, loss: this.loss });
      }
      if (losses.at(-1)?.step !== this.step) losses.push({ step: this.step, loss: this.loss });
      return losses;
    });
  }

  async theta(): Promise<Float64Array> {
    return joined(await this.particles.theta(), Float64Array);
  }

  /** |b(θ_j)| [n] at the start of the last step. */
  async speeds(): Promise<Float32Array> {
    return joined(await this.particles.speeds(1), Float32Array);
  }

  /**
   * Every k-th particle, `most` of them or fewer, gathered where they are: a picture of a million need not copy
   * them all.
   */
  async sample(most: number): Promise<ParticleSample> {
    const { n } = this.problem;
    const { c, d } = shapeOf(this.problem);
    const every = Math.ceil(n / most);
    const count = Math.ceil(n / every);
    const [rows, speeds] = await Promise.all([this.particles.rows(every), this.particles.speeds(every)]);
    return {
      theta: joined(rows, Float32Array),
      speed: joined(speeds, Float32Array),
      rows: Uint32Array.from({ length: count }, (_, i) => i * every),
      n: count,
      c,
      d,
    };
  }

  async observables(): Promise<Record<ObservableName, number>> {
    return meansOf(await this.particles.observe(), this.problem.n);
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    return (await this.particles.outputsAt(x)).map((value) => this.problem.outer * value);
  }

  async f(): Promise<Float64Array> {
    return this.outputs.slice();
  }

  async velocity(): Promise<Float64Array | null> {
    return hasVelocity(this.problem.terms) ? joined(await this.particles.velocity(), Float64Array) : null;
  }

  async restore(theta: Theta, step: number, accuracy?: Accuracy, velocity?: Theta): Promise<void> {
    const { particles, resolution } = this;
    await particles.place(theta, velocity);
    this.step = step;
    if (resolution) await resolution.place(accuracy ?? resolution.first, await particles.extent());
    else await particles.lay();
    await this.settle();
    this.checkFinite();
    if (!accuracy) await resolution?.keep(step);
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    this.particles.destroy();
  }

  private async oneStep(r: Float64Array): Promise<void> {
    const stages = INTEGRATORS[this.problem.integrator].weights.length;
    const tempo = tempoOf(this.problem.schedules, this.dt, this.step, this.loss);
    const chosen = this.chosen();
    for (let stage = 0; stage < stages; stage++) {
      const outputs = await this.particles.advance(stage, chosen(r), tempo, this.step + 1);
      if (stage === stages - 1) this.step++;
      this.receive(outputs, stage === stages - 1);
    }
  }

  /** What the step makes of residuals: those of its batch. */
  private chosen(): (r: Float64Array) => Float64Array {
    if (!this.batches) return (r) => r;
    const weights = new Float64Array(this.problem.m);
    const { c } = shapeOf(this.problem);
    this.batches.weights(this.step, weights);
    return (r) => weighted(r, weights, c);
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

  /** f, r and the loss where the particles are. */
  private async settle(): Promise<void> {
    this.receive(await this.particles.outputs(), true);
  }

  private resolved(): Resolution {
    const { problem, particles, r } = this;
    const grids: Gridded = {
      problem,
      extent: () => particles.extent(),
      lay: (spacing, extent) => particles.lay(spacing, extent),
      settle: () => this.settle(),
      measured: async (phase) =>
        driftError(await particles.driftErrors(r, CHECKED_PARTICLES, phase), problem.d),
    };
    return new Resolution(grids, POLICIES.cpu);
  }
}
