/** What the parts of an engine on a GPU share: the device with its queue of work, the problem, and its buffers. */
import type { GpuContext } from '../../gpu/device.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Readback } from '../../gpu/readback.ts';
import type { Dispatch, Scheduler } from '../../gpu/schedule.ts';
import type { Problem } from '../engine.ts';
import type { BatchRows } from './batch-rows.ts';
import type { ForwardBuffers } from './sums/forward.ts';
import type { Cut } from './plan.ts';
import type { State } from './state.ts';
import type { Timetable } from './timetable.ts';

export interface Rig {
  readonly gpu: GpuContext;
  /** Of everything that lives as long as the engine. */
  readonly memory: Memory;
  readonly problem: Problem;
  readonly state: State;
  readonly points: ForwardBuffers;
  readonly timetable: Timetable;
  /** Null where every step takes all rows. */
  readonly batches: BatchRows | null;
  readonly limits: Cut;
  readonly scheduler: Scheduler;
  readonly readback: Readback;
}

/** What passes are made from. */
export type Ground = Pick<Rig, 'problem' | 'state' | 'points' | 'timetable' | 'batches' | 'limits'>;

/** Submits all of it. */
export async function run({ scheduler }: Rig, dispatches: readonly Dispatch[]): Promise<void> {
  await scheduler.run(dispatches);
  await scheduler.submit();
}

/** `count` f32 of a buffer. */
export async function readFloats({ readback }: Rig, buffer: GPUBuffer, count: number): Promise<Float64Array> {
  return Float64Array.from(new Float32Array(await readback.read([{ buffer, offset: 0, size: count * 4 }])));
}
