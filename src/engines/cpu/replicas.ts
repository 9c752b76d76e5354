/**
 * R independent systems on the CPU, shared out among the threads: no number crosses between threads while they
 * move.
 */
import { observe, type ObservableName } from '../../core/observables.ts';
import { PAIRS_WORTH_A_WORKER, type CpuOptions } from './particles.ts';
import {
  checkDrive,
  checkProblem,
  DivergedError,
  replicasOf,
  type AdvanceOptions,
  type Engine,
  type EngineInfo,
  type LossRecord,
  type Problem,
  type Sample,
  type Theta,
} from '../engine.ts';
import { LocalReplicas, type ReplicasSetup, type Stretch } from './local-replicas.ts';
import { Remote } from '../workers/remote.ts';

/** One thread's share. */
type Group = Pick<
  LocalReplicas,
  'open' | 'advance' | 'theta' | 'sample' | 'predict' | 'f' | 'errors' | 'restore'
> & {
  destroy(): void;
};

const local = (setup: ReplicasSetup): Group =>
  Object.assign(new LocalReplicas(setup), { destroy: () => undefined });

function remote(worker: Remote): Group {
  return {
    open: () => worker.call('open'),
    advance: (...args) => worker.call('advance', ...args),
    theta: () => worker.call('theta'),
    sample: (most) => worker.call('sample', most),
    predict: (x) => worker.call('predict', x),
    f: () => worker.call('f'),
    errors: () => worker.call('errors'),
    restore: (...args) => worker.call('restore', ...args),
    destroy: () => worker.destroy(),
  };
}

/** Milliseconds after which a run looks whether it is to stop. */
const STRETCH = 200;

export async function createCpuReplicas(problem: Problem, options: CpuOptions = {}): Promise<CpuReplicas> {
  checkProblem(problem);
  const engine = new CpuReplicas(problem, options);
  try {
    await engine.open();
    return engine;
  } catch (error) {
    engine.destroy();
    throw error;
  }
}

export class CpuReplicas implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  private readonly groups: Group[];
  private readonly replicas: number;
  private dt: number;
  private busy = false;
  private destroyed = false;

  constructor(
    readonly problem: Problem,
    { spawn, workers = 0, method = 'direct' }: CpuOptions,
  ) {
    const { theta, replicas: _, ...rest } = problem;
    this.replicas = replicasOf(problem);
    this.dt = problem.dt;
    const useful =
      spawn && this.replicas * problem.n * problem.m >= PAIRS_WORTH_A_WORKER
        ? Math.min(workers, this.replicas)
        : 0;
    const threads = Math.max(1, useful);
    const cut = this.cut(theta);
    this.groups = Array.from({ length: threads }, (__, g) => {
      const numbers = cut.map((___, k) => k).filter((k) => k % threads === g);
      const setup = { problem: rest, thetas: numbers.map((k) => cut[k]), numbers, method };
      return useful > 1 ? remote(new Remote(spawn!(), 'replicas', setup)) : local(setup);
    });
    this.info = {
      name: 'cpu',
      method,
      adapter: threads > 1 ? `CPU, ${threads} workers` : 'CPU, 1 thread',
      software: false,
      precision: 'float64',
    };
  }

  async open(): Promise<void> {
    this.loss = mean(this.inOrder((await this.tell((group) => group.open())).map((losses) => [...losses])));
  }

  /** The greatest error that any replica's approximate method has shown; null of an exact method. */
  async error(): Promise<number | null> {
    const errors = (await this.tell((group) => group.errors())).flatMap((part) => [...part]);
    return errors.some(Number.isNaN) ? null : Math.max(...errors);
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    if (this.busy) throw new Error('advance is already running: await it before the next call');
    this.busy = true;
    try {
      return await this.advanceAlone(k, every, signal, drive);
    } finally {
      this.busy = false;
    }
  }

  async theta(): Promise<Float64Array> {
    return whole(this.inOrder(await this.tell((group) => group.theta())));
  }
  async sample(most: number): Promise<Sample> {
    return this.groups[0].sample(most);
  }
  async observables(): Promise<Record<ObservableName, number>> {
    return observe(await this.theta(), this.problem);
  }
  async predict(x: Float64Array): Promise<Float64Array> {
    return whole(this.inOrder(await this.tell((group) => group.predict(x))));
  }
  async f(): Promise<Float64Array> {
    return whole(this.inOrder(await this.tell((group) => group.f())));
  }

  async restore(theta: Theta, step: number): Promise<void> {
    const cut = this.cut(theta);
    const losses = await this.tell((group, g) =>
      group.restore(
        cut.filter((_, k) => k % this.groups.length === g),
        step,
      ),
    );
    this.step = step;
    this.loss = mean(this.inOrder(losses.map((part) => [...part])));
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    this.destroyed = true;
    for (const group of this.groups) group.destroy();
  }

  private async advanceAlone(
    k: number,
    every: number,
    signal?: AbortSignal,
    drive?: Float64Array,
  ): Promise<LossRecord[]> {
    const records: LossRecord[] = [];
    const { m } = this.problem;
    const from = this.step;
    const last = from + k;
    for (let count = signal ? 1 : k; this.step < last && !signal?.aborted;) {
      const some = Math.min(count, last - this.step);
      const at = (this.step - from) * m;
      const started = performance.now();
      const rows = drive?.slice(at, at + some * m);
      this.receive(await this.tell((group) => group.advance(some, every, this.dt, rows)), records);
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
    const diverged = parts.reduce<Stretch['diverged']>(
      (first, { diverged: one }) => (one && (!first || one.step < first.step) ? one : first),
      null,
    );
    const steps = parts[0].steps.filter((step) => !diverged || step < diverged.step);
    steps.forEach((step, i) => {
      const shares = parts.map(({ losses }, g) => [
        ...losses.subarray(i * this.share(g), (i + 1) * this.share(g)),
      ]);
      records.push({ step, loss: mean(this.inOrder(shares)) });
    });
    if (diverged)
      throw new DivergedError(diverged.step, diverged.message.replace(/^.*?: |; choose.*$/g, ''), records);
    ({ step: this.step, loss: this.loss } = records.at(-1)!);
  }

  /** Replicas of group g. */
  private share(g: number): number {
    return Math.ceil((this.replicas - g) / this.groups.length);
  }

  private inOrder<T>(parts: readonly (readonly T[])[]): T[] {
    const { length } = this.groups;
    return Array.from({ length: this.replicas }, (_, k) => parts[k % length][Math.floor(k / length)]);
  }

  private cut(theta: Theta): Float64Array[] {
    const size = theta.length / this.replicas;
    return Array.from({ length: this.replicas }, (_, k) =>
      Float64Array.from(theta.subarray(k * size, (k + 1) * size)),
    );
  }

  private async tell<T>(order: (group: Group, g: number) => Promise<T>): Promise<T[]> {
    if (this.destroyed) throw new Error('the CPU engine was destroyed');
    return Promise.all(this.groups.map(order));
  }
}

function whole(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.length * parts[0].length);
  parts.forEach((part, k) => all.set(part, k * part.length));
  return all;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
