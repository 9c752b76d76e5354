/** The limit, through the residual path of one wide system (docs/model.md, fact 6). */
import type { Config } from '../../core/config/config.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { residual } from '../../core/model.ts';
import { STREAMS, systemSeed } from '../../core/random.ts';
import { rowsOf, type Shape } from '../../core/shape.ts';
import { advance, overReplicas, type Ensemble } from './ensemble.ts';
import type { Lab } from './measurement.ts';

/**
 * r̄ [steps, m]: the residuals at the start of each Euler step of a system of N particles, or of the ensemble
 * given.
 */
export async function referencePath(
  context: Lab,
  config: Config,
  N: number,
  own: Partial<Ensemble> = {},
): Promise<Float64Array> {
  const { steps } = config.dynamics;
  const [path] = await overReplicas(
    context,
    {
      config,
      n: N,
      replicas: 1,
      seedOf: (k) => systemSeed(config.initial.seed, k, STREAMS.reference),
      ...own,
    },
    async (engine) => {
      const { m, y, loss } = engine.problem;
      const rows = new Float64Array(steps * m);
      for (let k = 0; k < steps; k++) {
        residual(rows.subarray(k * m, (k + 1) * m), await engine.f(), y, LOSSES[loss]);
        await advance(context, engine, 1);
      }
      return [rows];
    },
  );
  return path;
}

/**
 * Control: θ_j is drawn for `distinct` particles alone, each of which stands in n/distinct neighbouring places.
 */
export const sharedDraws =
  (distinct: number) =>
  (theta: Float64Array, _seed: number, shape: Shape): void => {
    const { width } = shape;
    const n = rowsOf(theta, shape);
    const size = Math.max(1, Math.floor(n / distinct));
    for (let j = 0; j < n; j++) {
      const from = j - (j % size);
      theta.copyWithin(j * width, from * width, (from + 1) * width);
    }
  };
