/**
 * Replicas: systems over the same data whose draws come from seeds of their own, many in one engine, as many as
 * fit at a time.
 */
import { ConfigError, type Config } from '../../core/config/config.ts';
import { featureOf } from '../../core/features/features.ts';
import { drawTheta } from '../../core/laws.ts';
import { abcOf, scalesOf } from '../../core/parameterizations.ts';
import { systemSeed } from '../../core/random.ts';
import { shapeOf, type Shape } from '../../core/shape.ts';
import { withSeed } from '../../core/dynamics/terms.ts';
import type { Engine, LossRecord, Problem } from '../../engines/engine.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { placeStart } from '../place.ts';
import type { Files } from '../data/table.ts';
import { Interrupted, type Lab } from './measurement.ts';

export interface Ensemble {
  readonly config: Config;
  readonly n: number;
  readonly replicas: number;
  /** Of which replica k draws. Default: `systemSeed` of the configuration's and k. Noise of replica k is of seedOf(0) + k. */
  readonly seedOf?: (k: number) => number;
  /** Particles are numbers first … first + n − 1 of the seed's infinite sequence. Default 0. */
  readonly first?: number;
  /** Changes the draw θ [n, c + d] of the replica with this seed. */
  readonly alter?: (theta: Float64Array, seed: number, shape: Shape) => void;
}

/** The problem of all replicas. */
export const problemOf = async (ensemble: Ensemble, files: Files): Promise<Problem> =>
  (await systemsOf(ensemble, files, 0, ensemble.replicas)).problem;

/** The problem of replicas from … from + count − 1, and rows held out. */
async function systemsOf(
  ensemble: Ensemble,
  files: Files,
  from: number,
  count: number,
): Promise<Pick<Prepared, 'problem' | 'test'>> {
  const { config, n, first = 0, alter, seedOf = (k) => systemSeed(config.initial.seed, k) } = ensemble;
  const { problem, test } = await prepare(
    { ...config, model: { ...config.model, width: 1 }, initial: { ...config.initial, antithetic: false } },
    files,
  );
  const shape = shapeOf(problem);
  if (shape.c > 1)
    throw new ConfigError(`the data have c = ${shape.c} outputs, and measurements are of one: give one target`);
  const abc = abcOf(config.parameterization);
  const { inner, outer, speed, spread } = scalesOf(abc, n);
  const feature = featureOf(problem);
  const theta = new Float64Array(count * n * shape.width);
  for (let k = 0; k < count; k++) {
    const seed = seedOf(from + k);
    const draw = drawTheta({ ...config.initial, seed }, n, problem, spread, first);
    placeStart(draw, feature, shape);
    alter?.(draw, seed, shape);
    theta.set(draw, k * draw.length);
  }
  const terms = problem.terms && { terms: withSeed(problem.terms, seedOf(0) + from) };
  const scaled = (x: Float64Array): Float64Array => x.map((value) => inner * value);
  return {
    problem: { ...problem, n, x: scaled(problem.x), outer, speed, theta, replicas: count, ...terms },
    test: test && { ...test, x: scaled(test.x) },
  };
}

/** Numbers of θ in one engine at a time. */
const NUMBERS = 2 ** 23;

/** What `work` finds for each replica, in their order; `work` sees as many of them as fit at a time. */
export async function overReplicas<T>(
  context: Lab,
  ensemble: Ensemble,
  work: (engine: Engine) => Promise<readonly T[]>,
): Promise<T[]> {
  const { n, replicas } = ensemble;
  const found: T[] = [];
  const most = Math.max(1, Math.floor(NUMBERS / (n * WIDEST)));
  for (let from = 0; from < replicas; from += most) {
    const count = Math.min(replicas - from, most);
    const { problem, test } = await systemsOf(ensemble, context.files, from, count);
    const engine = await context.open(problem);
    try {
      found.push(...(await work(engine)));
      await context.learned?.test(engine, test);
    } finally {
      engine.destroy();
    }
    context.done(n * count);
  }
  return found;
}

/** Stands for the width of a row where only the order of magnitude counts. */
const WIDEST = 4;

/** engine.advance that an abort ends. */
export async function advance(
  context: Lab,
  engine: Engine,
  steps: number,
  drive?: Float64Array,
): Promise<readonly LossRecord[]> {
  const losses = await engine.advance(steps, {
    ...(context.signal && { signal: context.signal }),
    ...(drive && { drive }),
  });
  if (context.signal?.aborted) throw new Interrupted();
  return losses;
}

/** An array [R, …] as R arrays. */
export function replicasIn<T extends Float64Array | Float32Array>(array: T, replicas: number): T[] {
  const size = array.length / replicas;
  return Array.from({ length: replicas }, (_, k) => array.subarray(k * size, (k + 1) * size) as T);
}

/** f [m] of each replica. */
export const outputsOf = async (engine: Engine): Promise<Float64Array[]> =>
  replicasIn(await engine.f(), engine.problem.replicas ?? 1);
/** θ [n, c + d] of each replica. */
export const thetasOf = async (engine: Engine) =>
  replicasIn(await engine.theta(), engine.problem.replicas ?? 1);

/** Σ of n · replicas over widths, for the progress. */
export const particles = (widths: readonly number[], replicas: number): number =>
  widths.reduce((sum, n) => sum + n * replicas, 0);

/** √ of the mean square of all entries of arrays of equal length. */
export function rms(...arrays: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (const array of arrays) for (let i = 0; i < array.length; i++) sum += array[i] ** 2;
  return Math.sqrt(sum / (arrays.length * arrays[0].length));
}

export const difference = (p: ArrayLike<number>, q: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: p.length }, (_, i) => p[i] - q[i]);

/** (1/n) Σ_j |θ_j − θ̄_j|². */
export const squareDistance = (theta: ArrayLike<number>, copy: ArrayLike<number>, n: number): number =>
  (rms(difference(theta, copy)) ** 2 * theta.length) / n;
