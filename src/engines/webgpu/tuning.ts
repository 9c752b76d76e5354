/** What of a plan may follow the adapter, since it changes no bit: threads' shares, and what workgroups read together. */
import { WORKGROUP, isNarrow, strideOf } from '../../../shaders/particle.ts';
import { featureOf, type FeatureChoice } from '../../core/features/features.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { roundUp } from '../../gpu/layout.ts';
import type { Limits } from '../../gpu/pass.ts';

/**
 * How many particles a thread updates, at most, how many data points it owns in a forward sum, and what a workgroup
 * reads together. They change no bit, only the time.
 */
export interface Tuning {
  readonly p: number;
  readonly q: number;
  /** Threads of a workgroup whose rows go through its memory; 0: each thread reads for itself. */
  readonly staged: number;
}

/**
 * How work is cut into threads and dispatches, and the form of φ. Without p or q they follow the adapter's kind and d,
 * without `staged` nothing is.
 */
export type Cut = Limits &
  Partial<Tuning> & {
    readonly fast?: boolean;
    /** Numbers that wide sums leave on the way, at most (tiles.ts). */
    readonly numbers?: number | undefined;
  };

/** Sums of a narrow and of a wide thread, of which each point has c. */
const SUMS = { narrow: 16, wide: 32 } as const;

/** A narrow thread keeps its data points in registers; a wide one loads them again for every few particles. */
export function pointsPerThread(sized: Sized): number {
  const { c } = shapeOf(sized);
  const [usual, sums] = isNarrow(sized) ? [4, SUMS.narrow] : [8, SUMS.wide];
  return Math.max(1, Math.min(usual, Math.floor(sums / c)));
}

/**
 * Registers for a thread's particles, and workgroups that keep the adapter busy. A software adapter keeps all
 * in the cache, where more particles to each load of a data point pay longer, and is busy with a few workgroups
 * a core.
 */
const ADAPTERS = {
  hardware: { registers: 64, workgroups: 1024 },
  software: { registers: 128, workgroups: 4 },
} as const;

/** Particles that ⌈n/p⌉ threads have room for, over n. */
const MOST_ROOM = 1.25;

/**
 * The choice without a trial. A narrow thread keeps its particles' weights, sums and partial sums in registers, and
 * where φ takes few more than that, a GPU has more of them.
 */
export function usualTuning(kind: FeatureChoice & Sized, software: boolean): Tuning {
  const { registers } = ADAPTERS[software ? 'software' : 'hardware'];
  const narrow = isNarrow(kind);
  const plain = kind.activation !== undefined && featureOf(kind).profile.homogeneous !== undefined;
  const staged = software ? 0 : narrow ? (plain ? 128 : 64) : 256;
  const fitting = narrow ? (registers / registersOf(kind)) * (staged === 128 ? 2 : 1) : 2;
  return { p: 2 ** Math.floor(Math.log2(Math.max(1, Math.min(8, fitting)))), q: pointsPerThread(kind), staged };
}

/** Of a narrow particle that a thread updates. */
const registersOf = (sized: Sized): number => 3 * shapeOf(sized).width;
/**
 * Choices that may pay somewhere; larger ones are left out where a thread would need more registers than any
 * GPU gives it.
 */
const CHOICES = {
  narrow: { p: [1, 2, 4, 8, 16], q: [2, 4, 8, 16], staged: [0, 64, 128] },
  wide: { p: [1, 2, 4], q: [4, 8, 16], staged: [0, 64, 256] },
} as const;
const MOST_REGISTERS = 256;
/** Of a wide thread, whose points have c each. */
const MOST_SUMS = 64;

/** What a tuner tries. */
export function candidates(sized: Sized): Readonly<Record<keyof Tuning, readonly number[]>> {
  const { c } = shapeOf(sized);
  if (!isNarrow(sized)) return { ...CHOICES.wide, q: CHOICES.wide.q.filter((count) => count * c <= MOST_SUMS) };
  const { p, q, staged } = CHOICES.narrow;
  return {
    staged,
    p: p.filter((count) => count * registersOf(sized) <= MOST_REGISTERS),
    q: q.filter((count) => count * (4 * strideOf(sized) + 2 * c + 1) <= MOST_REGISTERS),
  };
}

/**
 * Particles that a thread updates: `most`, or fewer where those would leave threads idle. Changes no sum's
 * order.
 */
export function particlesPerThread(
  n: number,
  sized: FeatureChoice & Sized,
  software: boolean,
  replicas = 1,
  most = usualTuning(sized, software).p,
): number {
  const { workgroups } = ADAPTERS[software ? 'software' : 'hardware'];
  const busy = (replicas * n) / (WORKGROUP * workgroups);
  let p = 2 ** Math.floor(Math.log2(Math.max(1, Math.min(most, busy))));
  while (Math.ceil(n / p) * p > MOST_ROOM * n) p /= 2;
  return p;
}

/** Threads that update `systems` of n particles, p each: `staged` where whole workgroups of them lose little. */
export function stagedUpdate(n: number, p: number, sized: Sized, replicas: number, staged = 0): number {
  if (staged === 0 || !isNarrow(sized)) return 0;
  const fits = replicas === 1 || roundUp(Math.ceil(n / p), staged) * p <= MOST_ROOM * n;
  return fits ? staged : 0;
}
