/** Steps of a made-up problem, which are timed for a choice of what cannot change bits (tune.ts). */
import { RING } from '../../../shaders/loss.ts';
import { isNarrow } from '../../../shaders/particle.ts';
import { featureChoiceOf } from '../../core/features.ts';
import { shapeOf } from '../../core/shape.ts';
import { Memory } from '../../gpu/memory.ts';
import { Scheduler } from '../../gpu/schedule.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import type { Problem } from '../engine.ts';
import { directSums } from './sums/direct.ts';
import { allocatePoints } from './sums/forward.ts';
import { uploadInputs, uploadTheta } from './pack.ts';
import { whole } from './parts.ts';
import { bytesOf, type Tuning } from './plan.ts';
import { allocateState } from './state.ts';
import { prepareSteps } from './steps.ts';
import { Timetable } from './timetable.ts';

/** What a choice is for. */
export type Kind = Pick<Problem, 'activation' | 'features' | 'd' | 'c'>;

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

/** Steps of a made-up problem, of a size that takes TRIAL milliseconds or so. */
export class Trial {
  private readonly steps = new Map<string, Promise<readonly Dispatch[]>>();
  private repeats = 1;

  private constructor(
    private readonly memory: Memory,
    private readonly make: (tuning: Tuning) => Promise<readonly Dispatch[]>,
  ) {}

  static async open(gpu: GpuContext, kind: Kind, usual: Tuning, alone: Alone): Promise<Trial> {
    const fewest = FEWEST[isNarrow(kind) ? 'narrow' : 'wide'];
    const fitting =
      (fewest * Math.min(MOST_BYTES, gpu.device.limits.maxStorageBufferBindingSize)) /
      bytesOf.particles(fewest, kind);
    const most = Math.min(MOST[gpu.software ? 'software' : 'hardware'], 2 ** Math.floor(Math.log2(fitting)));
    for (let n = fewest; ; n *= 2) {
      const trial = await Trial.of(gpu, madeUp(n, kind));
      let taken = Infinity;
      for (let k = 0; k < TIMES && taken > TRIAL; k++)
        taken = Math.min(taken, await trial.time(usual, stopwatch, alone));
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
    const limits = { most: Infinity, overhead: 1 };
    const state = await allocateState(memory, problem, false, whole(problem.n));
    const points = await allocatePoints(memory, { points: problem.m, ...shapeOf(problem) });
    uploadTheta(gpu, state.theta[0], problem.theta, problem.n, problem);
    uploadInputs(gpu, points.x, problem.x, problem);
    gpu.device.queue.writeBuffer(points.y, 0, Float32Array.from(problem.y));
    const timetable = await Timetable.create(memory, problem);
    timetable.write(0, RING, problem.dt, 1);
    return new Trial(memory, async (tuning) => {
      const cut = { ...limits, ...tuning };
      const ground = { problem, state, points, timetable, batches: null, limits: cut };
      return (await prepareSteps(memory, ground, await directSums(memory, problem, state, points, cut))).step;
    });
  }

  async time(tuning: Tuning, timer: Timer, alone: Alone): Promise<number> {
    const key = `${tuning.p} ${tuning.q}`;
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

/** Numbers of size 1 without a pattern, and a dt that moves nothing far. */
function madeUp(n: number, kind: Kind): Problem {
  const { c, d, width } = shapeOf(kind);
  const golden = (Math.sqrt(5) - 1) / 2;
  const m = POINTS;
  const numbers = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => 2 * ((i * golden) % 1) - 1);
  return {
    n,
    m,
    d,
    ...featureChoiceOf(kind),
    c,
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
