/**
 * Orders in dt: what an identity of the flow misses along a run, on five grids of time for each integrator. Grids are
 * made finer as long as the order still changes along them or replicas disagree on it, since before that it is none. A few replicas have particles that
 * move much faster than all others, and an error dt⁴ of theirs would be the mean: means are of |error|^(1/order), which
 * is proportional to dt for each replica.
 */
import type { Config } from '../../../core/config/config.ts';
import { INTEGRATORS, type IntegratorName } from '../../../core/dynamics/integrators.ts';
import { fittedSlope, mean, powerLaw } from '../../../core/analysis/statistics.ts';
import type { Engine, Problem } from '../../../engines/engine.ts';
import { advance, outputsOf, overReplicas, thetasOf } from '../ensemble.ts';
import { EPSILON } from '../rounding.ts';
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
const REFINED: Record<number, number> = { 1: 2, 2: 4, 4: 2 };
/** Times that the grids may be halved, as long as what is seen is so many roundings. */
const HALVINGS = 4;
const ROUNDINGS = 1e4;

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
    const own = { ...config, dynamics: { ...config.dynamics, integrator } };
    let precision: keyof typeof EPSILON = 'float64';
    const seriesOn = async (refined: number): Promise<Series> => {
      const grids = gridsOf(config, refined);
      const found = await overReplicas(context, { config: own, n, replicas: context.replicas }, (engine) => {
        precision = engine.info.precision;
        return defects(context, engine, grids, identity);
      });
      return {
        name: `${identity.name}, ${integrator}, n = ${n}`,
        abscissa: 'dt',
        expected: order,
        tolerance: TOLERANCE.rate,
        root: 1 / order,
        levels: grids.map(({ dt }, i) => ({ n, x: dt, values: found.map((one) => one[i] ** (1 / order)) })),
      };
    };
    let refined = REFINED[order];
    let last = await seriesOn(refined);
    const isSeen = (): boolean =>
      mean([...last.levels.at(-1)!.values]) ** order > ROUNDINGS * EPSILON[precision];
    for (let halving = 0; halving < HALVINGS && (mayMove(last) || isWide(last)) && isSeen(); halving++)
      last = await seriesOn((refined *= 2));
    series.push(mayMove(last) ? { ...last, caveat: CAVEAT } : last);
  }
  return series;
}

const CAVEAT = 'the order still changes with dt, give smaller steps or more replicas';

/** Nothing is decided of a series whose order comes nearer to what is expected on finer grids, and is not there yet. */
export function settled(series: Series): Series {
  const { levels, expected } = series;
  const off = (part: Series['levels']): number => Math.abs(slopeOf(series, part) - expected);
  const nears = off(levels.slice(-3)) < off(levels.slice(0, 3));
  return nears && mayMove(series) ? { ...series, caveat: CAVEAT } : series;
}

const slopeOf = ({ root = 1 }: Series, part: Series['levels']): number =>
  fittedSlope(
    part.map(({ x }) => x),
    part.map(({ values }) => mean([...values])),
    root,
  );

/** A change of the order from coarse grids to fine ones that is none; and, in tolerances, what is near and what is far. */
const SETTLED = 0.03;
const [NEAR, FAR] = [1 / 2, 5];
/** An interval so wide, in tolerances, might not decide; of the resamples that tell it. */
const WIDE = { share: 0.8, seed: 1 };

/**
 * Whether finer grids may bring the order to what is expected: it is off, and not settled on something else. Between the three
 * coarsest and the three finest grids it changes by about two thirds of what it is off where it goes on like that.
 */
function mayMove(series: Series): boolean {
  const { levels, expected, tolerance } = series;
  const slope = (part: Series['levels']): number => slopeOf(series, part);
  const off = Math.abs(slope(levels) - expected) / tolerance;
  const change = Math.abs(slope(levels.slice(0, 3)) - slope(levels.slice(-3)));
  return off > NEAR && (off < FAR || change > SETTLED);
}

/** Whether replicas disagree too much: where higher orders still count, a defect may pass 0 in some of them. */
function isWide({ levels, root, tolerance }: Series): boolean {
  const { low, high } = powerLaw(levels, WIDE.seed, root);
  return (high - low) / 2 > WIDE.share * tolerance;
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
