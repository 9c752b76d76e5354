/** Replicas that share a thread: each a CPU engine of its own, moved one after the other. */
import { withSeed } from '../../core/dynamics/terms.ts';
import { createCpuEngine, type CpuEngine } from './engine.ts';
import type { CompiledKernels } from './simd/module.ts';
import { DivergedError, type Method, type Problem, type ParticleSample } from '../engine.ts';

export interface ReplicasSetup {
  /** The problem without what the replicas differ in. */
  readonly problem: Omit<Problem, 'theta' | 'replicas'>;
  /** θ of each [n, c + d], and which of all replicas they are. */
  readonly thetas: readonly Float64Array[];
  readonly numbers: readonly number[];
  readonly method: Method;
  readonly kernels: CompiledKernels | null;
}

/** What came of some steps: of each replica the losses at `steps`. */
export interface Stretch {
  readonly steps: readonly number[];
  readonly losses: readonly Float64Array[];
  /** The first step at which one of them diverged, and how. */
  readonly diverged: Diverged | null;
}

interface Diverged {
  readonly step: number;
  readonly message: string;
}

/** The earliest; of those at the same step the first. */
export const firstDiverged = (all: readonly { readonly diverged: Diverged | null }[]): Diverged | null =>
  all.reduce<Diverged | null>(
    (first, { diverged: one }) => (one && (!first || one.step < first.step) ? one : first),
    null,
  );

export class HostedReplicas {
  private engines: CpuEngine[] = [];

  constructor(private readonly setup: ReplicasSetup) {}

  /** Goes to step 0; the losses there. */
  async open(): Promise<Float64Array> {
    const { problem, thetas, numbers, method, kernels } = this.setup;
    for (const [k, theta] of thetas.entries()) {
      const { terms = {} } = problem;
      const seed = (terms.noise?.seed ?? 0) + numbers[k];
      const own = { ...problem, theta, terms: withSeed(terms, seed) };
      this.engines.push(await createCpuEngine(own, { method, kernels }));
    }
    return this.losses();
  }

  async advance(k: number, every: number, dt: number, drive?: Float64Array): Promise<Stretch> {
    const records = [];
    for (const engine of this.engines) {
      engine.setStepSize(dt);
      records.push(await story(engine, k, every, drive));
    }
    const diverged = firstDiverged(records);
    const kept = records.map(({ losses }) => losses.filter(({ step }) => !diverged || step < diverged.step));
    return {
      steps: kept[0].map(({ step }) => step),
      losses: kept.map((losses) => Float64Array.from(losses, ({ loss }) => loss)),
      diverged,
    };
  }

  async theta(): Promise<Float64Array[]> {
    return this.each((engine) => engine.theta());
  }
  /** Of the first of them. */
  async sample(most: number): Promise<ParticleSample> {
    return this.engines[0].sample(most);
  }
  async predict(x: Float64Array): Promise<Float64Array[]> {
    return this.each((engine) => engine.predict(x));
  }
  async f(): Promise<Float64Array[]> {
    return this.each((engine) => engine.f());
  }
  /** [greatest measured error so far] of each; NaN of an exact method. */
  async errors(): Promise<Float64Array> {
    return Float64Array.from(this.engines, ({ accuracy }) => accuracy?.error ?? NaN);
  }
  /** Of terms that carry something; else empty. */
  async velocity(): Promise<Float64Array[]> {
    return this.each(async (engine) => (await engine.velocity()) ?? new Float64Array(0));
  }
  async restore(
    thetas: readonly Float64Array[],
    step: number,
    velocities: readonly Float64Array[] | null,
  ): Promise<Float64Array> {
    for (const [k, engine] of this.engines.entries())
      await engine.restore(thetas[k], step, undefined, velocities?.[k]);
    return this.losses();
  }

  private losses(): Float64Array {
    return Float64Array.from(this.engines, ({ loss }) => loss);
  }

  private async each<T>(ask: (engine: CpuEngine) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (const engine of this.engines) answers.push(await ask(engine));
    return answers;
  }
}

interface Story {
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  readonly diverged: Diverged | null;
}

async function story(engine: CpuEngine, k: number, every: number, drive?: Float64Array): Promise<Story> {
  try {
    return { losses: await engine.advance(k, { every, ...(drive && { drive }) }), diverged: null };
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    return { losses: error.losses, diverged: { step: error.step, message: error.message } };
  }
}
