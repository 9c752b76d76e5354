/**
 * Trials of what cannot change bits: particles a thread updates, data points it owns in a forward sum. The best
 * choice differs from one GPU to the next by more than a rule foresees; it is found in a second or so, by
 * timing steps of a made-up problem, and remembered.
 */
import { isNarrow, strideOf } from '../../../../shaders/particle.ts';
import { factors } from '../../../../shaders/tiled/factors.ts';
import { gather } from '../../../../shaders/tiled/gather.ts';
import { forward } from '../../../../shaders/forward.ts';
import { update } from '../../../../shaders/update.ts';
import { isActivation } from '../../../core/activations/parametric.ts';
import {
  featureChoiceOf,
  isFeatures,
  sizedFor,
  spelled,
  type NamedFeatures,
} from '../../../core/features/features.ts';
import { rowsTaken } from '../../../core/dynamics/feed.ts';
import { INTEGRATORS } from '../../../core/dynamics/integrators.ts';
import { shapeOf } from '../../../core/shape.ts';
import { replicasOf, type Problem } from '../../engine.ts';
import { entriesIn, type Store } from '../../store.ts';
import { candidates, usualTuning, type Tuning } from '../tuning.ts';
import { planSum, stageOf } from '../plan.ts';
import { tileOf } from '../tiles.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import { stopwatch, Trial, type Alone, type Kind, type Timer } from './trial.ts';

export type { Kind, Timer } from './trial.ts';

type Adapter = Pick<GpuContext, 'adapter' | 'driver' | 'software'>;

/** A kind that says all that it is remembered by. */
type Remembered = Kind & NamedFeatures;

export interface Tuned extends Remembered, Tuning {
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

export interface TuneOptions {
  readonly store?: Store;
  readonly timer?: Timer;
  /** Runs each trial, some 10 ms, apart from other work. */
  readonly alone?: Alone;
}

/**
 * Times of a choice: at least so many, at most so many, and between them no more once that many milliseconds
 * are spent.
 */
const ROUNDS = { least: 4, most: 15 } as const;
const BUDGET = 500;
/** Slower than the best by this factor in those first rounds: not tried again. */
const HOPELESS = 1.4;
/** Found one after the other, each with the best of those before it. */
const TURNS = ['staged', 'p', 'q'] as const;
/** The rule's choice stays unless another is faster than this share of its time. */
const MARGIN = 0.95;
/**
 * The choice that was found best on this adapter, by this driver, for these shaders; null where there is none.
 */
export function remembered(gpu: Adapter, kind: Kind, store: Store | undefined): Tuned | null {
  return (
    entriesIn(store, isEntry).find(
      (entry) => isOf(entry, gpu, kind) && entry.driver === gpu.driver && entry.shaders === textOf(gpu, kind),
    ) ?? null
  );
}

/** All choices that hold on this adapter. */
export function allRemembered(gpu: Adapter, store: Store | undefined): Tuned[] {
  return entriesIn(store, isEntry)
    .filter(({ adapter }) => adapter === gpu.adapter)
    .flatMap((kind) => remembered(gpu, kind, store) ?? [])
    .map(({ p, q, staged, gain, when, ...kind }) => ({ ...kindOf(kind), p, q, staged, gain, when }));
}

/**
 * Finds the best choice and remembers it. Takes about a second of the GPU's time, and as long for its compiler.
 */
export async function tune(
  gpu: GpuContext,
  kind: Kind,
  { store, timer = stopwatch, alone = (work) => work() }: TuneOptions = {},
): Promise<Tuned> {
  const usual = usualTuning(kind, gpu.software);
  const choices = candidates(kind);
  const trial = await Trial.open(gpu, kind, usual, alone);
  try {
    const time = (tuning: Tuning): Promise<number> => trial.time(tuning, timer, alone);
    let found = usual;
    for (const part of TURNS) {
      if (part === 'staged' && gpu.software) continue; // barriers are dear in software
      const others = choices[part].filter((value) => value !== found[part]);
      if (others.length > 0)
        found = (await best([found, ...others.map((value) => ({ ...found, [part]: value }))], time)).way;
    }
    // Once more against the rule alone: the machine may have done other things meanwhile.
    const { way, share } =
      found === usual ? { way: usual, share: 1 } : await best([usual, found], time, 2 * ROUNDS.least);
    const tuned = { ...kindOf(kind), ...way, gain: 1 - share, when: new Date().toISOString() };
    const entry: Entry = { ...tuned, adapter: gpu.adapter, driver: gpu.driver, shaders: textOf(gpu, kind) };
    store?.set([...entriesIn(store, isEntry).filter((other) => !isOf(other, gpu, kind)), entry]);
    return tuned;
  } finally {
    trial.destroy();
  }
}

/**
 * What no adapter is slower than by much, and a run so long that a trial of a few seconds pays.
 */
const PAIRS_A_SECOND = { software: 1e8, hardware: 1e11 } as const;
const LONG = 20;

/** The choice for a run of direct sums: what is remembered, or what a trial finds if the run is long. */
export async function tuningFor(
  gpu: GpuContext,
  problem: Problem,
  store: Store | undefined,
  steps: number,
): Promise<Tuned | null> {
  const { n, integrator } = problem;
  const stages = steps * INTEGRATORS[integrator].weights.length;
  const pairs = replicasOf(problem) * n * rowsTaken(problem) * stages * strideOf(problem);
  const isLong = pairs > LONG * PAIRS_A_SECOND[gpu.software ? 'software' : 'hardware'];
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

/** What a kind is remembered by; of one output nothing is said. */
function kindOf(kind: Kind): Remembered {
  const choice = featureChoiceOf(kind);
  return { ...choice, ...sizedFor(choice.features, shapeOf(kind)) };
}

function isOf(entry: Entry, { adapter }: Adapter, kind: Kind): boolean {
  const { activation, features } = featureChoiceOf(kind);
  return (
    entry.adapter === adapter &&
    spelled(entry.activation) === spelled(activation) &&
    spelled(entry.features) === spelled(features) &&
    entry.d === kind.d &&
    shapeOf(entry).c === shapeOf(kind).c
  );
}

function isEntry(value: unknown): value is Entry {
  const entry = (value ?? {}) as Record<keyof Entry, unknown>;
  if (typeof entry.d !== 'number' || !(entry.d >= 1) || typeof entry.gain !== 'number') return false;
  const words = ['adapter', 'driver', 'shaders', 'when'] as const;
  if (words.some((name) => typeof entry[name] !== 'string')) return false;
  if (!isActivation(entry.activation) || !isFeatures(entry.features)) return false; // of a version that knew other feature maps
  const { p, q, staged } = candidates(
    sizedFor(entry.features, { d: entry.d, c: entry.c === undefined ? 1 : Number(entry.c) }),
  );
  return (
    p.includes(entry.p as number) && q.includes(entry.q as number) && staged.includes(entry.staged as number)
  );
}

/** A fingerprint of the text of the two shaders (FNV-1a). */
function textOf({ software }: Adapter, kind: Kind): string {
  const { p, q, staged } = usualTuning(kind, software);
  const own = { ...featureChoiceOf(kind), ...shapeOf(kind), fast: !software };
  const narrow = staged > 0 && isNarrow(kind);
  const tile = tileOf(kind, 2 ** 20, 2 ** 8, staged);
  const text =
    forward({
      ...own,
      q,
      tile,
      stage: narrow ? stageOf(planSum(2 ** 20, 2 ** 8, kind), kind, staged) : undefined,
    }).code +
    update({
      method: 'direct',
      ...own,
      p,
      first: true,
      last: true,
      speed: false,
      ...(narrow && { staged }),
    }).code +
    (tile ? factors(own, tile).code + gather(own, tile).code : '');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
