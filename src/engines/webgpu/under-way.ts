/** Steps that are submitted, and what the GPU will say of them. */
import type { Spent } from '../../gpu/schedule.ts';
import type { LossRecord } from '../engine.ts';
import { readLosses, type RunStatus } from './losses.ts';
import type { Rig } from './rig.ts';

/** Some steps, unless the GPU halts before. */
interface Stretch {
  /** The step that they begin at, and the one that they lead to. */
  readonly from: number;
  readonly to: number;
  /** Losses are asked for of its multiples. */
  readonly every: number;
}

export interface Batch extends Stretch {
  readonly answer: Promise<Answer>;
}

interface Answer extends RunStatus {
  /** From the first step on whose loss is asked for; of the last one, if the GPU has come so far. */
  readonly losses: readonly number[];
  /** Up to there. */
  readonly spent: Spent;
}

/** These steps have just been submitted. */
export function followed(rig: Rig, stretch: Stretch): Batch {
  const answer = Promise.all([
    readLosses(rig, firstOf(stretch, stretch.to), stretch.to),
    rig.scheduler.idle(), // and what the steps took is known, too
  ]).then(([said]) => ({ ...said, spent: rig.scheduler.spent }));
  answer.catch(() => undefined);
  return { ...stretch, answer };
}

/** Losses of the steps that are done, from the first one asked for; and after how many stages of the next it halted. */
export async function outcomeOf(
  rig: Rig,
  batch: Batch,
): Promise<{ readonly losses: readonly LossRecord[]; readonly halted: number }> {
  const answer = await batch.answer;
  const { step } = answer;
  if (step === batch.from) return { losses: [], halted: answer.stages };
  const first = firstOf(batch, step);
  const { losses } = step === batch.to ? answer : await readLosses(rig, first, step);
  return {
    losses: losses.map((loss, i) => ({ step: first + i, loss })),
    halted: answer.halted ? answer.stages : 0,
  };
}

/** The first step whose loss is asked for, where they lead to `end`. */
const firstOf = ({ from, every }: Stretch, end: number): number =>
  Math.min(end, (Math.floor(from / every) + 1) * every || end);
