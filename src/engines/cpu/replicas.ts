/**
 * R independent systems on the CPU, shared out among the threads: no number crosses between threads while they
 * move.
 */
import { observe, type Means } from '../../core/observables.ts';
import { shapeOf } from '../../core/shape.ts';
import { joined } from '../../core/sums.ts';
import { hasVelocity } from '../../core/dynamics/terms.ts';
import { checkDrive, checkProblem } from '../check.ts';
import {
  DivergedError,
  outputsIn,
  replicasOf,
  type Accuracy,
  type AdvanceOptions,
  type Engine,
  type EngineInfo,
  type LossRecord,
  type Problem,
  type ParticleSample,
  type Theta,
} from '../engine.ts';
import { local } from '../workers/calls.ts';
import { remote } from '../workers/remote.ts';
import { firstDiverged, HostedReplicas, type Stretch } from './hosted-replicas.ts';
import { infoOf } from './engine.ts';
import { Exclusive, opened } from './lifetime.ts';
import { withKernels } from './simd/module.ts';
import { spelt } from './simd/sums.ts';
import { cutRows, Threads, type CpuOptions } from './threads.ts';

/** Milliseconds after which a run looks whether it is to stop. */
const STRETCH = 200;

export async function createCpuReplicas(problem: Problem, options: CpuOptions = {}): Promise<CpuReplicas> {
  checkProblem(problem, options.method);
  return opened(new CpuReplicas(problem, await withKernels(problem, options)));
}

export class CpuReplicas implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  private readonly threads: Threads<HostedReplicas>;
  private readonly replicas: number;
  private readonly advancing = new Exclusive();
  private dt: number;

  constructor(
    readonly problem: Problem,
    options: CpuOptions,
  ) {
    const { theta, replicas: _, ...rest } = problem;
    const { method = 'direct', kernels = null } = options;
    this.replicas = replicasOf(problem);
    this.dt = problem.dt;
    const thetas = this.cut(theta);
    const numbers = [...thetas.keys()];
    this.threads = new Threads(this.replicas, this.replicas * problem.n * problem.m, options, (mine, port) => {
      const setup = { problem: rest, thetas: mine(thetas), numbers: mine(numbers), method, kernels };
      return port ? remote(port, 'replicas', setup) : local(new HostedReplicas(setup));
    });
    const adapter = `${this.threads.adapter}${spelt(problem, method, kernels)}`;
    this.info = infoOf(method, adapter, options);
  }

  async open(): Promise<void> {
    this.loss = mean(await this.threads.ask((group) => group.open()));
  }

  /** The greatest error that any replica's approximate method has shown; null of an exact method. */
  async error(): Promise<number | null> {
    const errors = await this.threads.ask((group) => group.errors());
    return errors.some(Number.isNaN) ? null : Math.max(...errors);
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    return this.advancing.run(() => this.advanceAlone(k, every, signal, drive));
  }

  async theta(): Promise<Float64Array> {
    return joined(await this.threads.ask((group) => group.theta()), Float64Array);
  }
  async sample(most: number): Promise<ParticleSample> {
    const [sample] = await this.threads.tell((group) => group.sample(most));
    return sample;
  }
  async observables(): Promise<Means> {
    return observe(await this.theta(), this.problem);
  }
  async predict(x: Float64Array): Promise<Float64Array> {
    return joined(await this.threads.ask((group) => group.predict(x)), Float64Array);
  }
  async f(): Promise<Float64Array> {
    return joined(await this.threads.ask((group) => group.f()), Float64Array);
  }

  async velocity(): Promise<Float64Array | null> {
    if (!hasVelocity(this.problem.terms)) return null;
    return joined(await this.threads.ask((group) => group.velocity()), Float64Array);
  }

  async restore(theta: Theta, step: number, _accuracy?: Accuracy, velocity?: Theta): Promise<void> {
    const thetas = this.cut(theta);
    const velocities = velocity ? this.cut(velocity) : null;
    const losses = await this.threads.ask((group, mine) =>
      group.restore(mine(thetas), step, velocities && mine(velocities)),
    );
    this.step = step;
    this.loss = mean(losses);
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    this.threads.destroy();
  }

  private async advanceAlone(
    k: number,
    every: number,
    signal?: AbortSignal,
    drive?: Float64Array,
  ): Promise<LossRecord[]> {
    const records: LossRecord[] = [];
    const numbers = outputsIn(this.problem);
    const from = this.step;
    const last = from + k;
    for (let count = signal ? 1 : k; this.step < last && !signal?.aborted;) {
      const some = Math.min(count, last - this.step);
      const at = (this.step - from) * numbers;
      const started = performance.now();
      const rows = drive?.slice(at, at + some * numbers);
      this.receive(await this.threads.tell((group) => group.advance(some, every, this.dt, rows)), records);
      count = Math.max(
        1,
        Math.min(2 * count, Math.round((count * STRETCH) / Math.max(1, performance.now() - started))),
      );
    }
    const due = records.filter(({ step }) => step % every === 0 || step === this.step);
    return due.at(-1)?.step === this.step ? due : [...due, { step: this.step, loss: this.loss }];
  }

  /** Losses of a stretch, meant over replicas in their order, whatever threads they come from. */
  private receive(parts: readonly Stretch[], records: LossRecord[]): void {
    const diverged = firstDiverged(parts);
    const steps = parts[0].steps.filter((step) => !diverged || step < diverged.step);
    const replicas = this.threads.inOrder(parts.map(({ losses }) => losses));
    for (const [i, step] of steps.entries())
      records.push({ step, loss: mean(replicas.map((losses) => losses[i])) });
    if (diverged)
      throw new DivergedError(diverged.step, diverged.message.replace(/^.*?: |; choose.*$/g, ''), records);
    ({ step: this.step, loss: this.loss } = records.at(-1)!);
  }

  private cut(theta: Theta): Float64Array[] {
    const { n } = this.problem;
    const ranges = Array.from({ length: this.replicas }, (_, k) => ({ first: k * n, last: (k + 1) * n }));
    return cutRows(theta, ranges, shapeOf(this.problem).width);
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
