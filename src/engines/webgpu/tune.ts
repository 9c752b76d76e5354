/**
 * Trials of what cannot change bits: particles a thread updates, data points it owns in a forward sum. The best
 * choice differs from one GPU to the next by more than a rule foresees; it is found in a second or so, by
 * timing steps of a made-up problem, and remembered.
 */
import { RING } from '../../../shaders/loss.ts';
import { NARROW, strideOf } from '../../../shaders/particle.ts';
import { forward } from '../../../shaders/forward.ts';
import { update } from '../../../shaders/update.ts';
import { INTEGRATORS } from '../../core/integrators.ts';
import { shapeOf } from '../../core/shape.ts';
import { Memory } from '../../gpu/memory.ts';
import { Scheduler } from '../../gpu/schedule.ts';
import { replicasOf, type Problem } from '../engine.ts';
import type { Store } from '../store.ts';
import { allocatePoints } from './forward.ts';
import { uploadInputs, uploadTheta } from './pack.ts';
import { whole } from './parts.ts';
import { bytesOf, candidates, usualTuning, type Tuning } from './plan.ts';
import { directSums } from './direct.ts';
import { allocateState } from './state.ts';
import { prepareSteps } from './steps.ts';
import { Timetable } from './timetable.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Dispatch } from '../../gpu/schedule.ts';

/** What a choice is for. */
export type Kind = Pick<Problem, 'activation' | 'd'>;
type Adapter = Pick<GpuContext, 'adapter' | 'driver' | 'software'>;

export interface Tuned extends Kind, Tuning {
  /**
   * By how much a step is shorter than by the rule, as a share of its time; 0 where the rule's choice is kept.
   */
  readonly gain: number;
  /** ISO 8601. */
  readonly when: string;
}

interface Entry extends Tuned {
  readonly adapter: string;
  readonly driver: string;
  /** Of the shaders' text: others may have another best choice. */
  readonly shaders: string;
}

/** Milliseconds that steps of one choice take; the scripts of a test need no `work`. */
export type Timer = (tuning: Tuning, work: () => Promise<void>) => Promise<number>;

export interface TuneOptions {
  readonly store?: Store;
  readonly timer?: Timer;
  /** Runs each trial, some 10 ms, apart from other work. */
  readonly alone?: Alone;
}

type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Times of a choice: at least so many, at most so many, and between them no more once that many milliseconds
 * are spent.
 */
const ROUNDS = { least: 4, most: 15 } as const;
const BUDGET = 500;
/** Slower than the best by this factor in those first rounds: not tried again. */
const HOPELESS = 1.4;
/** The rule's choice stays unless another is faster than this share of its time. */
const MARGIN = 0.95;
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

/**
 * The choice that was found best on this adapter, by this driver, for these shaders; null where there is none.
 */
export function remembered(gpu: Adapter, kind: Kind, store: Store | undefined): Tuned | null {
  return (
    entriesOf(store).find(
      (entry) => isOf(entry, gpu, kind) && entry.driver === gpu.driver && entry.shaders === textOf(gpu, kind),
    ) ?? null
  );
}

/** All choices that hold on this adapter. */
export function allRemembered(gpu: Adapter, store: Store | undefined): Tuned[] {
  return entriesOf(store)
    .filter(({ adapter }) => adapter === gpu.adapter)
    .flatMap((kind) => remembered(gpu, kind, store) ?? [])
    .map(({ activation, d, p, q, gain, when }) => ({ activation, d, p, q, gain, when }));
}

/**
 * Finds the best choice and remembers it. Takes about a second of the GPU's time, and as long for its compiler.
 */
export async function tune(
  gpu: GpuContext,
  kind: Kind,
  { store, timer = stopwatch, alone = (work) => work() }: TuneOptions = {},
): Promise<Tuned> {
  const { activation, d } = kind;
  const usual = usualTuning(d, gpu.software);
  const { p: ps, q: qs } = candidates(d);
  const trial = await Trial.open(gpu, kind, usual, alone);
  try {
    const time = (tuning: Tuning): Promise<number> => trial.time(tuning, timer, alone);
    const byP = await best([usual, ...ps.filter((p) => p !== usual.p).map((p) => ({ ...usual, p }))], time);
    const byQ = await best([byP.way, ...qs.filter((q) => q !== usual.q).map((q) => ({ ...byP.way, q }))], time);
    // Once more against the rule alone: the machine may have done other things meanwhile.
    const { way, share } =
      byQ.way.p === usual.p && byQ.way.q === usual.q
        ? { way: usual, share: 1 }
        : await best([usual, byQ.way], time, 2 * ROUNDS.least);
    const tuned = { activation, d, ...way, gain: 1 - share, when: new Date().toISOString() };
    const entry: Entry = { ...tuned, adapter: gpu.adapter, driver: gpu.driver, shaders: textOf(gpu, kind) };
    store?.set([...entriesOf(store).filter((other) => !isOf(other, gpu, kind)), entry]);
    return tuned;
  } finally {
    trial.destroy();
  }
}

/**
 * Pairs a second that no adapter is slower than by much, and a run so long that a trial of a few seconds pays.
 */
const PACE = { software: 1e8, hardware: 1e11 } as const;
const LONG = 20;

/** The choice for a run of direct sums: what is remembered, or what a trial finds if the run is long. */
export async function tuningFor(
  gpu: GpuContext,
  problem: Problem,
  store: Store | undefined,
  steps: number,
): Promise<Tuned | null> {
  const { n, m, integrator } = problem;
  const pairs =
    replicasOf(problem) * n * m * steps * INTEGRATORS[integrator].weights.length * strideOf(problem);
  const isLong = pairs > LONG * PACE[gpu.software ? 'software' : 'hardware'];
  return remembered(gpu, problem, store) ?? (store && isLong ? tune(gpu, problem, { store }) : null);
}

/**
 * The fastest by the least of several times, taken in turns: the first, unless another beats it clearly, twice,
 * and the first's own least time has been met twice, so that neither is an accident of other work. `share`: its
 * time over the first one's.
 */
async function best<T>(
  ways: readonly T[],
  time: (way: T) => Promise<number>,
  leastRounds: number = ROUNDS.least,
): Promise<{ way: T; share: number }> {
  const times = ways.map((): number[] => []);
  const least = (i: number): number => times[i][0] ?? Infinity;
  const leastOfAll = (): number => Math.min(...ways.map((_, i) => least(i)));
  for (let round = 0, spent = 0; round < leastRounds || (round < ROUNDS.most && spent < BUDGET); round++) {
    const limit = round < leastRounds ? Infinity : HOPELESS * leastOfAll();
    for (const [i, way] of ways.entries()) {
      if (i > 0 && least(i) > limit) continue;
      const taken = await time(way);
      times[i] = [...times[i], taken].sort((p, q) => p - q);
      spent += taken;
    }
  }
  const winner = ways.findIndex((_, i) => least(i) === leastOfAll());
  const [first, again] = times[0];
  const share = times[winner][1] / first;
  return share < MARGIN && again * MARGIN < first ? { way: ways[winner], share } : { way: ways[0], share: 1 };
}

const stopwatch: Timer = async (_, work) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** Steps of a made-up problem, of a size that takes TRIAL milliseconds or so. */
class Trial {
  private readonly steps = new Map<string, Promise<readonly Dispatch[]>>();
  private repeats = 1;

  private constructor(
    private readonly memory: Memory,
    private readonly make: (tuning: Tuning) => Promise<readonly Dispatch[]>,
  ) {}

  static async open(gpu: GpuContext, kind: Kind, usual: Tuning, alone: Alone): Promise<Trial> {
    const fewest = FEWEST[kind.d > NARROW ? 'wide' : 'narrow'];
    const fitting =
      (fewest * Math.min(MOST_BYTES, gpu.device.limits.maxStorageBufferBindingSize)) /
      bytesOf.particles(fewest, kind);
    const most = Math.min(MOST[gpu.software ? 'software' : 'hardware'], 2 ** Math.floor(Math.log2(fitting)));
    for (let n = fewest; ; n *= 2) {
      const trial = await Trial.of(gpu, madeUp(n, kind));
      let taken = Infinity;
      for (let k = 0; k < ROUNDS.least && taken > TRIAL; k++)
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
    const points = await allocatePoints(memory, { points: problem.m, d: problem.d });
    uploadTheta(gpu, state.theta[0], problem.theta, problem.n, problem);
    uploadInputs(gpu, points.x, problem.x, problem);
    gpu.device.queue.writeBuffer(points.y, 0, Float32Array.from(problem.y));
    const timetable = await Timetable.create(memory, problem);
    timetable.write(0, RING, problem.dt);
    return new Trial(memory, async (tuning) => {
      const cut = { ...limits, ...tuning };
      const ground = { problem, state, points, timetable, limits: cut };
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
function madeUp(n: number, { activation, d }: Kind): Problem {
  const golden = (Math.sqrt(5) - 1) / 2;
  const m = POINTS;
  const numbers = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => 2 * ((i * golden) % 1) - 1);
  return {
    n,
    m,
    d,
    activation,
    x: numbers(m * d),
    y: numbers(m),
    theta: numbers(n * shapeOf({ d }).width),
    loss: 'squared',
    integrator: 'euler',
    dt: 1e-3,
    outer: 1 / n,
    speed: 1,
  };
}

const isOf = (entry: Entry, { adapter }: Adapter, { activation, d }: Kind): boolean =>
  entry.adapter === adapter && entry.activation === activation && entry.d === d;

function entriesOf(store: Store | undefined): Entry[] {
  const document = store?.get();
  return Array.isArray(document) ? document.filter(isEntry) : [];
}

function isEntry(value: unknown): value is Entry {
  const entry = (value ?? {}) as Record<keyof Entry, unknown>;
  if (typeof entry.d !== 'number' || !(entry.d >= 1) || typeof entry.gain !== 'number') return false;
  if (
    (['adapter', 'driver', 'shaders', 'activation', 'when'] as const).some(
      (name) => typeof entry[name] !== 'string',
    )
  )
    return false;
  const { p, q } = candidates(entry.d);
  return p.includes(entry.p as number) && q.includes(entry.q as number);
}

/** A fingerprint of the text of the two shaders (FNV-1a). */
function textOf({ software }: Adapter, { activation, d }: Kind): string {
  const { p, q } = usualTuning(d, software);
  const text =
    forward({ activation, d, q }).code +
    update({ method: 'direct', activation, d, p, first: true, last: true, speed: false }).code;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
