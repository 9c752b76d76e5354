/**
 * The sizes of a problem on the GPU, as pure arithmetic. What decides the order of a sum depends on n and m
 * alone.
 */
import { FAN } from '../../../shaders/fold.ts';
import { TOGETHER } from '../../../shaders/forward.ts';
import { BLOCK, WORKGROUP, isNarrow, strideOf } from '../../../shaders/particle.ts';
import { LAST_ROWS } from '../../../shaders/residual.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { roundUp } from '../../gpu/layout.ts';
import { CapacityError } from '../engine.ts';
import type { Limits } from '../../gpu/pass.ts';

const VEC4 = 16;
const FLOAT = 4;
/** Slices grow with n·m, so that a forward pass has enough threads for a large GPU and yet few rows to add. */
const PAIRS_PER_SLICE_STEP = 2 ** 19;
const SHORTEST_SLICE = 32;
const LONGEST_SLICE = 512;
/** Floats of partial sums, at most: beyond, slices grow past LONGEST_SLICE. */
const MOST_PARTIALS = 2 ** 22;

export interface SumPlan {
  /** Particles, rounded up to whole blocks. */
  readonly particles: number;
  /** Of a block, those that are looked at: all, unless there is but one block and its rest is empty. */
  readonly block: number;
  /** Particles of a slice, a power of two; a slice's sum is one row of partial sums. */
  readonly slice: number;
  /** Numbers of rows: those the forward pass writes, then those that each fold leaves. */
  readonly rows: readonly number[];
  /** Data points a thread owns, and threads that share a slice. */
  readonly q: number;
  readonly columns: number;
}

/**
 * How many particles a thread updates, at most, and how many data points it owns in a forward sum. They change
 * no bit, only the time.
 */
export interface Tuning {
  readonly p: number;
  readonly q: number;
}

/** How work is cut into threads and dispatches. Without p or q they follow the adapter's kind and d. */
export type Cut = Limits & Partial<Tuning>;

export function planSum(n: number, points: number, sized: Sized, own = pointsPerThread(sized)): SumPlan {
  const pairs = n * points;
  const usual = Math.min(LONGEST_SLICE, Math.max(SHORTEST_SLICE, powerOfTwo(pairs / PAIRS_PER_SLICE_STEP)));
  const slice = Math.max(usual, powerOfTwo((shapeOf(sized).c * pairs) / MOST_PARTIALS));
  const rows = [Math.ceil(n / slice)];
  while (rows[rows.length - 1] > LAST_ROWS) rows.push(Math.ceil(rows[rows.length - 1] / FAN));
  const q = Math.min(own, points);
  return {
    particles: roundUp(n, BLOCK),
    block: Math.min(BLOCK, roundUp(n, TOGETHER)),
    slice,
    rows,
    q,
    columns: Math.ceil(points / q),
  };
}

/** The least power of two that is not below `value`. */
function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, value)));
}

/** Sums of a narrow and of a wide thread, of which each point has c. */
const SUMS = { narrow: 16, wide: 32 } as const;

/** A narrow thread keeps its data points in registers; a wide one loads them again for every few particles. */
function pointsPerThread(sized: Sized): number {
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
 * The choice without a trial. A narrow thread keeps its particles' weights, sums and partial sums in registers.
 */
export function usualTuning(sized: Sized, software: boolean): Tuning {
  const { registers } = ADAPTERS[software ? 'software' : 'hardware'];
  const fitting = isNarrow(sized) ? registers / registersOf(sized) : 2;
  return { p: 2 ** Math.floor(Math.log2(Math.max(1, Math.min(8, fitting)))), q: pointsPerThread(sized) };
}

/** Of a narrow particle that a thread updates. */
const registersOf = (sized: Sized): number => 3 * shapeOf(sized).width;
/**
 * Choices that may pay somewhere; larger ones are left out where a thread would need more registers than any
 * GPU gives it.
 */
const CHOICES = {
  narrow: { p: [1, 2, 4, 8, 16], q: [2, 4, 8, 16] },
  wide: { p: [1, 2, 4], q: [4, 8, 16] },
} as const;
const MOST_REGISTERS = 256;
/** Of a wide thread, whose points have c each. */
const MOST_SUMS = 64;

/** What a tuner tries. */
export function candidates(sized: Sized): { readonly p: readonly number[]; readonly q: readonly number[] } {
  const { c } = shapeOf(sized);
  if (!isNarrow(sized)) return { ...CHOICES.wide, q: CHOICES.wide.q.filter((count) => count * c <= MOST_SUMS) };
  const { p, q } = CHOICES.narrow;
  return {
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
  sized: Sized,
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

/**
 * Parts in which the losses of many points are added up: threads that find them and the lanes that add them
 * take about as many turns.
 */
export function lossPartsOf(points: number): number {
  return Math.min(points, WORKGROUP * powerOfTwo(Math.sqrt(points / WORKGROUP)));
}

/** Inputs of a prediction evaluated together. */
const INPUTS = 2 ** 14;

/** Inputs at which several replicas are evaluated together: as many as their partial sums have room for. */
export function inputsTogether(n: number, sized: Sized, replicas: number): number {
  const { c } = shapeOf(sized);
  const partials = (points: number): number => replicas * planSum(n, points, sized).rows[0] * points * c;
  let points = INPUTS;
  while (replicas > 1 && points > 1 && partials(points) > MOST_PARTIALS) points /= 2;
  return points;
}

export interface Sizes extends Sized {
  readonly n: number;
  readonly m: number;
  readonly replicas?: number;
}

/** Bytes in one buffer that shaders see. */
export const largestBuffer = (limits: GPUSupportedLimits): number =>
  Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);

/**
 * Throws CapacityError where x or the partial sums do not fit into one buffer; θ may be in several
 * (parts.ts).
 */
export function checkCapacity(sizes: Sizes, limits: GPUSupportedLimits): void {
  const { n, m, replicas = 1 } = sizes;
  const { c } = shapeOf(sizes);
  const allowed = largestBuffer(limits);
  const row = strideOf(sizes) * VEC4;
  const check = (letter: string, count: number, needed: number, most: number): void => {
    if (needed <= allowed) return;
    throw new CapacityError(
      `${letter} = ${grouped(count)} needs ${megabytes(needed)} in one buffer, this adapter allows ${megabytes(allowed)}: ` +
        `choose ${letter} ≤ ${grouped(most)}`,
    );
  };
  check('m', m, roundUp(m, BLOCK) * row, Math.floor(allowed / row / BLOCK) * BLOCK);
  const each = planSum(n, m, sizes).rows[0] * m * c * FLOAT;
  if (replicas > 1) check('R', replicas, replicas * each, Math.max(1, Math.floor(allowed / each)));
}

export function grouped(count: number): string {
  return String(count).replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ' '));
}

export function megabytes(bytes: number): string {
  const digits = Math.max(3, Math.ceil(Math.log10(bytes / 1e6)));
  return `${grouped(Number((bytes / 1e6).toPrecision(digits)))} MB`;
}

export const bytesOf = {
  particles: (count: number, sized: Sized): number => roundUp(count, BLOCK) * strideOf(sized) * VEC4,
  floats: (count: number): number => roundUp(count, BLOCK) * FLOAT,
};
