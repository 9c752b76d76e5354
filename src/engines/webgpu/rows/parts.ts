/**
 * Particles in several buffers, where one cannot hold them all. A part is a stretch of one system that begins
 * where a slice of any sum begins, or several whole systems: so no sum, no noise and no bit knows of the cuts.
 */
import { strideOf } from '../../../../shaders/particle.ts';
import { CapacityError } from '../../engine.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { bytesOf, grouped, megabytes, type Sizes } from '../capacity.ts';
import { planSum } from '../plan.ts';

export interface Part {
  /** Number of its first particle; 0 where systems are whole. */
  readonly first: number;
  /** Particles of each of its systems that it holds. */
  readonly n: number;
  /** Number of its first system, and how many there are in it. */
  readonly system: number;
  readonly systems: number;
}

/** What cannot be cut: everything in one buffer. */
export const whole = (n: number, systems = 1): readonly Part[] => [{ first: 0, n, system: 0, systems }];

/**
 * As few parts of at most `allowed` bytes as there can be. Throws CapacityError where a slice or a system does
 * not fit into one.
 */
export function partsOf(sizes: Sizes, allowed: number): readonly Part[] {
  const { n, replicas = 1 } = sizes;
  const each = bytesOf.particles(n, sizes);
  if (replicas * each <= allowed) return whole(n, replicas);
  return replicas > 1 ? bySystem(n, replicas, each, allowed) : bySlice(sizes, allowed);
}

/** Slices are powers of two, all of them divisors of the greatest that fits. */
function bySlice(sizes: Sizes, allowed: number): Part[] {
  const { n, m } = sizes;
  const row = strideOf(sizes) * 16;
  const most = 2 ** Math.floor(Math.log2(allowed / row));
  const { slice } = planSum(n, m, sizes);
  if (!(most >= slice)) {
    throw new CapacityError(
      `n = ${grouped(n)} needs ${megabytes(slice * row)} in one buffer for ${grouped(slice)} neurons that are summed together, ` +
        `this adapter allows ${megabytes(allowed)}: choose a smaller n, m or d`,
    );
  }
  return Array.from({ length: Math.ceil(n / most) }, (_, k) => ({
    first: k * most,
    n: Math.min(most, n - k * most),
    system: 0,
    systems: 1,
  }));
}

function bySystem(n: number, replicas: number, each: number, allowed: number): Part[] {
  const most = Math.floor(allowed / each);
  if (most < 1) {
    throw new CapacityError(
      `n = ${grouped(n)} of R = ${grouped(replicas)} replicas needs ${megabytes(each)} in one buffer, this adapter allows ${megabytes(allowed)}: ` +
        `choose n ≤ ${grouped(Math.floor((n * allowed) / each / 32) * 32)}, or R = 1`,
    );
  }
  return Array.from({ length: Math.ceil(replicas / most) }, (_, k) => ({
    first: 0,
    n,
    system: k * most,
    systems: Math.min(most, replicas - k * most),
  }));
}

/** Of an array of rows [R, n, width] in the order of the systems, the part's. */
export function rowsOf<A extends Float64Array | Float32Array>(
  all: A,
  { first, n, system, systems }: Part,
  whole: number,
  width: number,
): A {
  const start = (system * whole + first) * width;
  return all.subarray(start, start + systems * n * width) as A;
}

/** Passes one after the other, compiled at the same time. */
export const inOrder = async (passes: readonly Promise<Dispatch[]>[]): Promise<Dispatch[]> =>
  (await Promise.all(passes)).flat();

/** The passes over one part after the other's. */
export const forEach = (
  parts: readonly Part[],
  pass: (part: Part, k: number) => Promise<Dispatch[]>,
): Promise<Dispatch[]> => inOrder(parts.map(pass));
