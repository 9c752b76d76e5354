/** A way to compute the sums over all pairs, as dispatches. */
import type { Memory } from '../../../gpu/memory.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { Method, Problem } from '../../engine.ts';
import type { ForwardBuffers } from './forward.ts';
import type { Marched } from './marched.ts';
import type { Cut } from '../tuning.ts';
import type { State } from '../state.ts';

export interface GpuSums {
  readonly method: Method;
  /** What the update pass reads beside the particles. */
  readonly reads: Readonly<Record<string, GPUBuffer>>;
  /** From r to what it reads. */
  readonly field: readonly Dispatch[];
  /** f and r of the particles in these buffers. */
  outputs(theta: readonly GPUBuffer[]): Promise<Dispatch[]>;
  /** The same and the loss, by which a step ends; null where the loss takes passes of its own (../loss-passes.ts). */
  ended(theta: readonly GPUBuffer[]): Promise<Dispatch[]> | null;
  /** The same of particles that are updated in the same launch: null where that does not serve. */
  marched?(): Marched | null;
  /** Lists the particles anew: before the first outputs, and now and then. Changes no bit. */
  readonly lists: readonly Dispatch[];
  /** What a particle's move costs, in pairs. */
  readonly costOfMove: number;
}

export type OpenSums = (
  memory: Memory,
  problem: Problem,
  state: State,
  points: ForwardBuffers,
  limits: Cut,
) => Promise<GpuSums>;
