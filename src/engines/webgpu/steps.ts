/**
 * Everything the GPU does in one step of the integrator, and in finding f, r and the loss at a given θ, as
 * dispatches.
 */
import { LossParts } from '../../../shaders/bindings.ts';
import { loss, lossParts } from '../../../shaders/loss.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { makePass } from '../../gpu/pass.ts';
import { replicasOf } from '../engine.ts';
import { Moves } from './moves.ts';
import { bytesOf } from './capacity.ts';
import { lossPartsOf } from './plan.ts';
import type { Shader } from '../../gpu/layout.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import type { Ground } from './rig.ts';
import type { GpuSums } from './sums/sums.ts';

/** Steps after which particles are listed anew. */
export const LISTED = 16;

export interface Steps {
  /** Before the first of all others, and every LISTED steps: where particles are. */
  readonly lists: readonly Dispatch[];
  /** f, r, loss at θ; counts a step. */
  readonly settle: readonly Dispatch[];
  /** θ one step on, and f, r, loss there. */
  readonly step: readonly Dispatch[];
  /** What is left of a step of which that many stages have moved the particles. */
  after(stages: number): readonly Dispatch[];
}

/**
 * The mean loss, counted as a step unless it takes the place of the last one's. One workgroup adds up a system's
 * samples; those of all replicas are added up in parts first.
 */
export async function lossPasses(
  memory: Memory,
  { problem, state, points, limits }: Pick<Ground, 'problem' | 'state' | 'points' | 'limits'>,
  again = false,
): Promise<Dispatch[]> {
  const { loss: name, c = 1 } = problem;
  const { status, ring } = state;
  const { f, y } = points;
  const replicas = replicasOf(problem);
  const m = replicas * problem.m;
  const workgroup = WORKGROUP;
  const count = replicas > 1 ? lossPartsOf(m) : m;
  const { parts } = await memory.allocate({
    parts: { size: replicas > 1 ? bytesOf.floats(count) : 0, usage: GPUBufferUsage.STORAGE },
  });
  const buffers = {
    sizes: memory.constant('sizes', LossParts.pack({ m, parts: count })),
    f,
    y,
    parts,
    status,
    ring,
  };
  const pass = (shader: Shader, threads: number, cost: number): Promise<Dispatch[]> =>
    makePass(memory, { shader, buffers, threads, workgroup, cost }, limits);
  return [
    ...(replicas > 1 ? await pass(lossParts({ loss: name, c }), count, Math.ceil(m / count)) : []),
    ...(await pass(
      loss({ loss: name, c, parts: replicas > 1, again }),
      WORKGROUP,
      Math.ceil(count / WORKGROUP),
    )),
  ];
}

/** In `memory`, which may end before the ground does: a grid's. */
export async function prepareSteps(memory: Memory, ground: Ground, sums: GpuSums): Promise<Steps> {
  const { state, batches, feed } = ground;
  const moves = await Moves.create(memory, ground, sums);
  const { stages } = moves;
  const outputs = async (): Promise<Dispatch[]> =>
    (await Promise.all([sums.outputs(state.theta), lossPasses(memory, ground)])).flat();
  const [batched, atTheta, atTrial, ...moved] = await Promise.all([
    batches ? batches.dispatches(memory, ground) : [],
    sums.ended(state.theta) ?? outputs(),
    stages > 1 ? sums.outputs(state.trial) : [],
    ...Array.from({ length: stages }, (_, i) => moves.stage(i)),
  ]); // compiled at the same time
  const all = moved.map((dispatches) => [...batched, ...sums.field, ...dispatches]);
  const atEnd = [...(feed?.dispatches ?? []), ...atTheta];
  const after = (done: number): Dispatch[] => [
    ...(done === 0 ? [] : done < stages ? atTrial : atEnd),
    ...all
      .slice(done)
      .flatMap((dispatches, i) => [...dispatches, ...(done + i < stages - 1 ? atTrial : atEnd)]),
  ];
  const marched = stages === 1 && !batches && !feed ? sums.marched?.() : null;
  const step = (marched && (await moves.march(marched))) ?? after(0);
  return { lists: sums.lists, settle: atEnd, step, after };
}
