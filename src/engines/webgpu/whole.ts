/** f and the loss of all samples on a GPU, for an engine whose steps take some of them. */
import { featureChoiceOf } from '../../core/features/features.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { replicasOf, type Problem } from '../engine.ts';
import { uploadSamples } from './rows/pack.ts';
import type { Ground } from './rig.ts';
import { lossPasses } from './steps.ts';
import { allocatePoints, Forward, type ForwardBuffers } from './sums/forward.ts';

export interface Whole {
  readonly points: ForwardBuffers;
  /** f there, and the loss in the place of the last step's. */
  readonly dispatches: readonly Dispatch[];
}

export async function wholeOf(
  memory: Memory,
  problem: Problem,
  { state, limits }: Pick<Ground, 'state' | 'limits'>,
): Promise<Whole> {
  const { n, m, outer } = problem;
  const spec = {
    n,
    ...shapeOf(problem),
    ...featureChoiceOf(problem),
    points: m,
    replicas: replicasOf(problem),
    parts: state.parts,
    outer,
    limits,
    loss: null,
  };
  const points = await allocatePoints(memory, spec);
  uploadSamples(memory.context, points, problem);
  const forward = await Forward.create(memory, spec, points);
  const [outputs, loss] = await Promise.all([
    forward.dispatches(state.theta),
    lossPasses(memory, { problem, state, points, limits }, true),
  ]);
  return { points, dispatches: [...outputs, ...loss] };
}
