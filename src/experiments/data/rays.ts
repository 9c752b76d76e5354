/** What the data were made of, as it stands in the space of θ: drawn over the cloud. */
import type { Config } from '../../core/config/config.ts';
import { DATASETS, type Dataset } from '../../core/datasets.ts';
import { takesWeights } from '../../core/features/features.ts';
import { memberOf } from '../../core/generators/dataset.ts';
import type { Ray } from '../../core/ray.ts';

/**
 * Lines from 0 through a teacher's neurons; and of particles that are places, rays from these at weight 0 towards the
 * sign of theirs. None where columns were scaled.
 */
export function raysOf(config: Config, teacher: readonly (readonly number[])[]): readonly Ray[] {
  const neurons = teacher.map((through) => ({ from: through.map(() => 0), through, isLine: true }));
  const { features } = config.model;
  const arePlaces = typeof features === 'object' && 'translate' in features;
  const atoms = arePlaces ? ownOf(config, 'atoms') : [];
  const posts = atoms.map((through) => ({
    from: through.map((value, k) => (k === 0 ? 0 : value)),
    through,
    isLine: false,
  }));
  return [...neurons, ...posts];
}

/** Neurons θ [1 + d], or [d] where there are no output weights, of the network that made the target. */
export const teacherOf = (config: Config): readonly (readonly number[])[] => ownOf(config, 'teacher');

function ownOf(
  { data, model: { bias, features } }: Config,
  kind: 'teacher' | 'atoms',
): readonly (readonly number[])[] {
  if (!('dataset' in data) || data.standardize) return [];
  const dataset: Dataset = DATASETS[data.dataset];
  const all = dataset[kind]?.(data.seed ?? 1, memberOf(dataset, data)) ?? [];
  const own = all.map((theta) => (takesWeights(features) ? theta : theta.slice(1)));
  return own.map((theta) => (bias ? [...theta, 0] : theta));
}
