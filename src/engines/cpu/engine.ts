/**
 * The float64 engine: the reference, and what machines without WebGPU compute with; on this thread or on
 * workers.
 */
import { CHECKED_PARTICLES, driftError } from '../../core/methods/accuracy.ts';
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { METHODS } from '../../core/methods/methods.ts';
import { needsLoss, tempoOf } from '../../core/dynamics/schedules.ts';
import { shapeOf } from '../../core/shape.ts';
import { meansOf, type Means } from '../../core/observables.ts';
import { joined } from '../../core/sums.ts';
import { hasVelocity } from '../../core/dynamics/terms.ts';
import { FIRST_ACCURACY, POLICIES, Resolution, type Gridded } from '../accuracy.ts';
import { checkDrive, checkProblem } from '../check.ts';
import {
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
import { Lesson } from './lesson.ts';
import { Exclusive, opened } from './lifetime.ts';
import { withKernels } from './simd/module.ts';
import { ThreadedParticles, type Particles } from './particles.ts';
import { areResident, ResidentParticles } from './resident.ts';
import type { CpuOptions } from './threads.ts';

export type { CpuOptions } from './threads.ts';

/** One system; for replicas: replicas.ts. */
export async function createCpuEngine(problem: Problem, options: CpuOptions = {}): Promise<CpuEngine> {
  checkProblem(problem, options.method);
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
  private readonly particles: Particles;
  private readonly lesson: Lesson;
  /** Of a method on a grid. */
  private readonly resolution: Resolution | null = null;
  private readonly advancing = new Exclusive();
  private dt: number;

  constructor(
    readonly problem: Problem,
    options: CpuOptions,
  ) {
    this.lesson = new Lesson(problem, options.method ?? 'direct');
    if (areResident(problem, options)) this.particles = new ResidentParticles(problem, options);
    else {
      const threaded = new ThreadedParticles(problem, options, () => this.resolution!.grow());
      this.particles = threaded;
      if (METHODS[threaded.method].approximate) this.resolution = this.resolved(threaded);
    }
    this.dt = problem.dt;
    const { adapter, method } = this.particles;
    this.info = infoOf(method, adapter, options);
  }

  get loss(): number {
    return this.lesson.loss;
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
        await this.oneStep(drive ? drive.subarray(row, row + numbers) : this.lesson.r);
        this.checkFinite(losses);
        if (this.resolution?.isDue(this.step)) await this.resolution.keep(this.step);
        if (this.step % every === 0 || this.step === last) await this.record(losses);
        else if (needsLoss(this.problem.schedules)) await this.lookAtAll(losses);
      }
      if (losses.at(-1)?.step !== this.step) await this.record(losses);
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
    const { c, d, weights } = shapeOf(this.problem);
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
      weights,
    };
  }

  async observables(): Promise<Means> {
    return meansOf(await this.particles.observe(), this.problem.n, this.problem);
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    return (await this.particles.outputsAt(x)).map((value) => this.problem.outer * value);
  }

  async f(): Promise<Float64Array> {
    return this.lesson.f.slice();
  }

  async driftError(): Promise<number> {
    return (await this.resolution?.bound(this.step)) ?? 0;
  }

  async velocity(): Promise<Float64Array | null> {
    return hasVelocity(this.problem.terms) ? joined(await this.particles.velocity(), Float64Array) : null;
  }

  async restore(theta: Theta, step: number, accuracy?: Accuracy, velocity?: Theta): Promise<void> {
    const { particles, resolution } = this;
    await particles.place(theta, velocity);
    this.step = step;
    if (resolution) await resolution.place(accuracy ?? resolution.first);
    else await particles.lay();
    await this.settle();
    this.checkFinite();
    await this.lookAtAll();
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
    const { lesson, particles, step } = this;
    const chosen = lesson.chosen(step);
    for (let stage = 0; stage < stages; stage++) {
      const ends = stage === stages - 1;
      const residuals = chosen(r);
      const x = ends ? lesson.turnTo(step + 1) : undefined;
      const outputs = await particles.advance(stage, residuals, tempo, step + 1, x);
      if (ends) this.step++;
      lesson.receive(outputs, ends);
    }
  }

  private async record(losses: LossRecord[]): Promise<void> {
    await this.lookAtAll(losses);
    losses.push({ step: this.step, loss: this.loss });
  }

  /** f and the loss of all rows, where steps take some. */
  private async lookAtAll(losses: readonly LossRecord[] = []): Promise<void> {
    if (!this.lesson.isPartial) return;
    this.lesson.receiveAll(await this.particles.outputsOfAll());
    this.checkFinite(losses);
  }

  private checkFinite(losses: readonly LossRecord[] = []): void {
    if (!Number.isFinite(this.loss))
      throw new DivergedError(this.step, 'a neuron or the loss is no longer finite', losses);
  }

  /** f, r and the loss where the particles are. */
  private async settle(): Promise<void> {
    const x = this.lesson.turnTo(this.step, true);
    if (x) await this.particles.feed(x);
    this.lesson.receive(await this.particles.outputs(), true);
  }

  private resolved(particles: ThreadedParticles): Resolution {
    const { problem, lesson } = this;
    const grids: Gridded = {
      problem,
      extent: () => particles.extent(),
      lay: (spacing, extent) => particles.lay(spacing, extent),
      leave: () => particles.leave(),
      settle: () => this.settle(),
      measured: async (phase) => driftError(await particles.driftCheck(lesson.r, CHECKED_PARTICLES, phase)),
    };
    return new Resolution(grids, POLICIES.cpu);
  }
}
