/** When the update of a step and the forward sum of the next are one launch (shaders/staged/march.ts), and over what. */
import { WORKGROUP } from '../../../../shaders/particle.ts';
import type { Stage, SumOptions } from '../../../../shaders/pairs.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { SumPlan } from '../plan.ts';

/** Particles, at most: of more, each launch keeps a GPU busy, and what a thread does in it fits it better. */
export const MARCHING = 2 ** 15;

/** What a forward sum reads and writes, beside its particles. */
export type Bound = Readonly<Record<'sum' | 'x' | 'partial', GPUBuffer>>;

/** What an update is to sum over when it has moved the particles, and the rest of the step. */
export interface Marched {
  readonly sums: SumOptions;
  readonly stage: Stage;
  readonly buffers: Bound;
  /** Of a thread, in pairs. */
  readonly cost: number;
  readonly rest: Promise<Dispatch[]>;
}

/** Threads that move a particle each, then sum over the slices that those are; null where they cannot have them all. */
export function marchStageOf({ columns, slice }: SumPlan): Stage | null {
  const slices = WORKGROUP / slice;
  return slices >= 1 && slices * columns <= WORKGROUP ? { threads: WORKGROUP, slices, rows: slice } : null;
}
