/** The end of a step in one launch (shaders/ending.ts). */
import { Fold, LossParts, Output } from '../../../../shaders/bindings.ts';
import { LANES, ending } from '../../../../shaders/ending.ts';
import type { LossName } from '../../../core/objective/losses.ts';
import type { Memory } from '../../../gpu/memory.ts';
import { makePass, type Limits } from '../../../gpu/pass.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { State } from '../state.ts';

/** Where it is written. */
export type StepEnd = Pick<State, 'status' | 'ring'>;

/** Numbers that one workgroup adds up, at most: of more, several are faster. */
export const MOST_AT_END = 2 ** 15;

export interface Ending {
  /** Partial sums, and where those of the next level go. */
  readonly rows: GPUBuffer;
  readonly sums: GPUBuffer;
  /** Rows of this level, and of the next one where one is left. */
  readonly counts: readonly number[];
  /** Numbers of a row, c a sample. */
  readonly points: number;
  readonly c: number;
  readonly loss: LossName;
  readonly outer: number;
  readonly buffers: StepEnd & Readonly<Record<'y' | 'f' | 'r', GPUBuffer>>;
}

export function endingPass(
  memory: Memory,
  { rows, sums, counts, points, c, loss, outer, buffers }: Ending,
  limits: Limits,
): Promise<Dispatch[]> {
  const samples = points / c;
  return makePass(
    memory,
    {
      shader: ending({ loss, c, folds: counts.length > 1 }),
      buffers: {
        ...buffers,
        rows,
        sums,
        fold: memory.constant('fold', Fold.pack({ count: counts[0], points })),
        out: memory.constant('out', Output.pack({ count: counts.at(-1)!, points, outer })),
        sizes: memory.constant('sizes', LossParts.pack({ m: samples, parts: samples })),
      },
      threads: LANES,
      workgroup: LANES,
      cost: (counts[0] * points) / LANES,
    },
    limits,
  );
}
