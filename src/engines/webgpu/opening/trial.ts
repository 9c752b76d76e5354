/** Steps of a made-up problem, which are timed for a choice of what cannot change bits (tune.ts). */
import { RING } from '../../../../shaders/loss.ts';
import { isNarrow } from '../../../../shaders/particle.ts';
import { featureChoiceOf } from '../../../core/features/features.ts';
import { shapeOf, type Sized } from '../../../core/shape.ts';
import { Memory } from '../../../gpu/memory.ts';
import { Scheduler } from '../../../gpu/schedule.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { Problem } from '../../engine.ts';
import { directSums } from '../sums/direct.ts';
import { allocatePoints } from '../sums/forward.ts';
import { phiFormOf } from './forms.ts';
import { uploadSamples, uploadTheta } from '../rows/pack.ts';
import { whole } from '../rows/parts.ts';
import { bytesOf } from '../capacity.ts';
import { type Tuning } from '../tuning.ts';
import { allocateState } from '../state.ts';
import { prepareSteps } from '../steps.ts';
import { Timetable } from '../rows/timetable.ts';

/** What a choice is for. */
export type Kind = Pick<Problem, 'activation' | 'features' | keyof Sized>;

/** Milliseconds that steps of one choice take; the scripts of a test need no `work`. */
export type Timer = (tuning: Tuning, work: () => Promise<void>) => Promise<number>;

/** Runs what it is given apart from other work. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One trial, in milliseconds: short, since the least of several is not disturbed where each is over before
 * something else runs.
 */
const TRIAL = 6;
const POINTS = 64;
const FEWEST = { narrow: 2 ** 12, wide: 2 ** 10 } as const;
const MOST_BYTES = 2 ** 26;
/** Most particles of a trial: enough to keep any adapter of its kind busy at the largest P. */
const MOST = { software: 2 ** 17, hardware: 2 ** 20 } as const;
/** Times of a size that is tried. */
const TIMES = 4;

export const stopwatch: Timer = async (_, work) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** The dispatches of a step, of a tuning. */
type Make = (tuning: Tuning) => Promise<readonly Dispatch[]>;

/** Steps of a made-up problem, of a size that takes TRIAL milliseconds or so. */
export class Trial {
  private readonly steps = new Map<string, Promise<readonly Dispatch[]>>();
  private repeats = 1;

  private constructor(
    private readonly memory: Memory,
    private readonly make: Make,
  ) {}

  static async open(gpu: GpuContext, kind: Kind, usual: Tuning, alone: Alone): Promise<Trial> {
    const fewest = FEWEST[isNarrow(kind) ? 'narrow' : 'wide'];
    const fitting =
      (fewest * Math.min(MOST_BYTES, gpu.device.limits.maxStorageBufferBindingSize)) /
      bytesOf.particles(fewest, kind);
    const most = Math.min(MOST[gpu.software ? 'software' : 'hardware'], 2 ** Math.floor(Math.log2(fitting)));
    for (let n = fewest; ; n *= 2) {
      const trial = await Trial.of(gpu, madeUp(n, kind));
      const taken = await trial.timed(usual, alone);
      if (taken < TRIAL && n < most) {
        trial.destroy();
        continue;
      }
      trial.repeats = Math.ceil(TRIAL / taken);
      return trial;
    }
  }

  private static async of(gpu: GpuContext, problem: Problem): Promise<Trial> {
    const memory = new Memory(gpu);
    try {
      return new Trial(memory, await maker(memory, problem));
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /** Milliseconds of a size that is tried; where its turn never comes, nothing is left of it. */
  private async timed(tuning: Tuning, alone: Alone): Promise<number> {
    let taken = Infinity;
    try {
      for (let k = 0; k < TIMES && taken > TRIAL; k++)
        taken = Math.min(taken, await this.time(tuning, stopwatch, alone));
      return taken;
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  async time(tuning: Tuning, timer: Timer, alone: Alone): Promise<number> {
    const key = Object.values(tuning).join(' ');
    const { context } = this.memory;
    const known = this.steps.has(key);
    const steps = this.steps.get(key) ?? this.make(tuning);
    this.steps.set(key, steps);
    const dispatches = Array.from({ length: this.repeats })
      .fill(await steps)
      .flat() as Dispatch[];
    const run = async (): Promise<void> => {
      const scheduler = new Scheduler(context, { first: Infinity, target: Infinity });
      await scheduler.run(dispatches);
      await scheduler.submit();
      await context.guard(context.device.queue.onSubmittedWorkDone());
    };
    return alone(async () => {
      await context.guard(context.device.queue.onSubmittedWorkDone());
      if (!known) await run(); // drivers go on compiling when a pipeline is first used
      return timer(tuning, run);
    });
  }

  destroy(): void {
    this.memory.destroy();
  }
}

/** Allocates what steps of a problem need, whatever their tuning. */
async function maker(memory: Memory, problem: Problem): Promise<Make> {
  const { context: gpu } = memory;
  const { fast } = await phiFormOf(gpu, problem);
  const limits = { most: Infinity, overhead: 1, fast };
  const state = await allocateState(memory, problem, false, whole(problem.n));
  const points = await allocatePoints(memory, { points: problem.m, ...shapeOf(problem) });
  uploadTheta(gpu, state.theta[0], problem.theta, problem.n, problem);
  uploadSamples(gpu, points, problem);
  const timetable = await Timetable.create(memory, problem);
  timetable.write(0, RING, problem.dt, 1);
  return async (tuning) => {
    const cut = { ...limits, ...tuning };
    const ground = { problem, state, points, timetable, feed: null, batches: null, limits: cut };
    return (await prepareSteps(memory, ground, await directSums(memory, problem, state, points, cut))).step;
  };
}

/** Numbers of size 1 without a pattern, and a dt that moves nothing far. */
export function madeUp(n: number, kind: Kind, m = POINTS): Problem {
  const { c, d, weights, width } = shapeOf(kind);
  const golden = (Math.sqrt(5) - 1) / 2;
  const numbers = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => 2 * ((i * golden) % 1) - 1);
  return {
    n,
    m,
    d,
    ...featureChoiceOf(kind),
    c,
    weights,
    x: numbers(m * d),
    y: numbers(m * c),
    theta: numbers(n * width),
    loss: 'squared',
    integrator: 'euler',
    dt: 1e-3,
    outer: 1 / n,
    speed: 1,
  };
}
