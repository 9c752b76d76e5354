/** Orders in dt: what an identity of the flow misses along a run, on five grids of time for each integrator. */
import type { Config } from '../../../core/config/config.ts';
import { INTEGRATORS, type IntegratorName } from '../../../core/dynamics/integrators.ts';
import type { Engine, Problem } from '../../../engines/engine.ts';
import { advance, outputsOf, overReplicas, thetasOf } from '../ensemble.ts';
import { TOLERANCE, type Context, type Series } from '../measurement.ts';
import { gridsOf, type TimeGrid } from '../time.ts';

export interface Identity<T> {
  readonly name: string;
  /** What is seen of one system at every step. */
  readonly look: (theta: ArrayLike<number>, f: Float64Array, problem: Problem) => T;
  /** How far off the identity is, given what was seen at steps 0 … last. */
  readonly defect: (seen: readonly T[], dt: number, problem: Problem) => number;
}

/** Low orders show on finer grids than high ones: how many times finer than the configuration's. */
const REFINED: Record<number, number> = { 1: 2, 2: 8, 4: 1 };

export async function ordersOf<T>(
  context: Context,
  config: Config,
  n: number,
  integrators: readonly IntegratorName[],
  identity: Identity<T>,
): Promise<Series[]> {
  const series: Series[] = [];
  for (const integrator of integrators) {
    const { order } = INTEGRATORS[integrator];
    const grids = gridsOf(config, REFINED[order]);
    const own = { ...config, dynamics: { ...config.dynamics, integrator } };
    const found = await overReplicas(context, { config: own, n, replicas: context.replicas }, (engine) =>
      defects(context, engine, grids, identity),
    );
    const levels = grids.map(({ dt }, i) => ({ n, x: dt, values: found.map((one) => one[i]) }));
    series.push({
      name: `${identity.name}, ${integrator}, n = ${n}`,
      abscissa: 'dt',
      expected: order,
      tolerance: TOLERANCE.rate,
      levels,
    });
  }
  return series;
}

/** |defect| of each replica on each grid. */
async function defects<T>(
  context: Context,
  engine: Engine,
  grids: readonly TimeGrid[],
  { look, defect }: Identity<T>,
): Promise<number[][]> {
  const { problem } = engine;
  const found: number[][] = Array.from({ length: problem.replicas ?? 1 }, () => []);
  for (const { dt, steps } of grids) {
    await engine.restore(problem.theta, 0);
    engine.setStepSize(dt);
    const seen: T[][] = found.map(() => []);
    for (let k = 0; k <= steps; k++) {
      if (k > 0) await advance(context, engine, 1);
      const outputs = await outputsOf(engine);
      const thetas = await thetasOf(engine);
      seen.forEach((one, replica) => one.push(look(thetas[replica], outputs[replica], problem)));
    }
    found.forEach((one, replica) => one.push(Math.abs(defect(seen[replica], dt, problem))));
  }
  return found;
}
