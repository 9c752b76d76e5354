/** What fits into an adapter's buffers, in bytes and in a sentence. */
import { BLOCK, strideOf } from '../../../shaders/particle.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { roundUp } from '../../gpu/layout.ts';
import { CapacityError } from '../engine.ts';
import { planSum } from './plan.ts';

const VEC4 = 16;
const FLOAT = 4;

export interface Sizes extends Sized {
  readonly n: number;
  readonly m: number;
  readonly replicas?: number;
}

/** Bytes in one buffer that shaders see. */
export const largestBuffer = (limits: GPUSupportedLimits): number =>
  Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);

/**
 * Why the adapter cannot hold the problem, where x or the partial sums do not fit into one buffer; θ may be in several
 * (parts.ts). Else null.
 */
export function capacityFault(sizes: Sizes, limits: GPUSupportedLimits): string | null {
  const { n, m, replicas = 1 } = sizes;
  const { c } = shapeOf(sizes);
  const allowed = largestBuffer(limits);
  const row = strideOf(sizes) * VEC4;
  const faultOf = (letter: string, count: number, needed: number, most: number): string | null =>
    needed <= allowed
      ? null
      : `${letter} = ${grouped(count)} needs ${megabytes(needed)} in one buffer, this adapter allows ${megabytes(allowed)}: ` +
        `choose ${letter} ≤ ${grouped(most)}`;
  const each = planSum(n, m, sizes).rows[0] * m * c * FLOAT;
  return (
    faultOf('m', m, roundUp(m, BLOCK) * row, Math.floor(allowed / row / BLOCK) * BLOCK) ??
    (replicas > 1 ? faultOf('R', replicas, replicas * each, Math.max(1, Math.floor(allowed / each))) : null)
  );
}

/** Throws CapacityError where there is one. */
export function checkCapacity(sizes: Sizes, limits: GPUSupportedLimits): void {
  const fault = capacityFault(sizes, limits);
  if (fault !== null) throw new CapacityError(fault);
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
