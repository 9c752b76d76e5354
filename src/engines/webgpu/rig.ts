/** What the parts of an engine on a GPU share: the device with its queue of work, the problem, and its buffers. */
import type { GpuContext } from '../../gpu/device.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Readback } from '../../gpu/readback.ts';
import type { Dispatch, Scheduler } from '../../gpu/schedule.ts';
import type { Problem } from '../engine.ts';
import type { BatchRows } from './rows/batch-rows.ts';
import type { Feed } from './rows/feed.ts';
import type { ForwardBuffers } from './sums/forward.ts';
import type { Cut } from './tuning.ts';
import type { State } from './state.ts';
import type { Timetable } from './rows/timetable.ts';

export interface Rig {
  readonly gpu: GpuContext;
  /** Which form of φ it takes, in words; '' where there is no choice. */
  readonly form: string;
  /** Of everything that lives as long as the engine. */
  readonly memory: Memory;
  readonly problem: Problem;
  readonly state: State;
  readonly points: ForwardBuffers;
  readonly timetable: Timetable;
  /** Rows that steps take in turn, or weights of all for a method whose cost is not that of rows; null: all rows. */
  readonly feed: Feed | null;
  readonly batches: BatchRows | null;
  readonly limits: Cut;
  readonly scheduler: Scheduler;
  readonly readback: Readback;
}

/** What passes are made from. */
export type Ground = Pick<Rig, 'problem' | 'state' | 'points' | 'timetable' | 'feed' | 'batches' | 'limits'>;

/** Submits all of it. */
export async function run({ scheduler }: Rig, dispatches: readonly Dispatch[]): Promise<void> {
  await scheduler.run(dispatches);
  await scheduler.submit();
}

/** `count` f32 of a buffer. */
export async function readFloats({ readback }: Rig, buffer: GPUBuffer, count: number): Promise<Float64Array> {
  return Float64Array.from(new Float32Array(await readback.read([{ buffer, offset: 0, size: count * 4 }])));
}
