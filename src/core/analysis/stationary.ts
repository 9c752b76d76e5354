/**
 * Where linear φ comes to rest under noise and decay (docs/model.md, fact 11): the inputs are uncorrelated with one
 * variance, C = (1/m) Σ x xᵀ = κ 1, and k = |(1/m) Σ y x|.
 */
import { rootOf } from './roots.ts';

export interface Resting {
  /** κ, k, above 0. */
  readonly variance: number;
  readonly covariance: number;
  /** λ, τ, above 0. */
  readonly decay: number;
  readonly temperature: number;
}

/** |u| = |E[w1 w0]| and s = E[w1²] of the law at rest. */
export function restOf({ variance, covariance, decay, temperature }: Resting): {
  readonly u: number;
  readonly s: number;
} {
  const share = (pull: number): number => temperature / (decay ** 2 - pull ** 2);
  const pull = rootOf((g) => covariance - variance * share(g) * g - g, 0, decay * (1 - 1e-12));
  return { u: share(pull) * pull, s: share(pull) * decay };
}
