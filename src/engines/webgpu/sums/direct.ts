/** Sums over all pairs. */
import { featureChoiceOf } from '../../../core/features/features.ts';
import { shapeOf } from '../../../core/shape.ts';
import { replicasOf } from '../../engine.ts';
import { Forward } from './forward.ts';
import type { OpenSums } from './sums.ts';

export const directSums: OpenSums = async (memory, problem, state, points, limits) => {
  const { n, m, outer, loss } = problem;
  const replicas = replicasOf(problem);
  const { parts } = state;
  const forward = await Forward.create(
    memory,
    { n, ...shapeOf(problem), points: m, replicas, parts, ...featureChoiceOf(problem), outer, limits, loss },
    points,
  );
  const { x, r } = points;
  return {
    method: 'direct',
    reads: { x, r },
    field: [],
    lists: [],
    outputs: (theta) => forward.dispatches(theta),
    ended: (theta) => forward.ended(theta, state),
    marched: () => forward.marched(state),
    costOfMove: m,
  };
};
