/** What is kept of a cell, and how it is computed: replicas together, each to the bits that it has alone. */
import type { Config } from '../../core/config/config.ts';
import { meanLoss } from '../../core/model.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { abcOf } from '../../core/parameterizations.ts';
import { shapeOf } from '../../core/shape.ts';
import {
  DivergedError,
  isCpu,
  replicasOf,
  type Engine,
  type EngineInfo,
  type Theta,
} from '../../engines/engine.ts';
import { advance, problemOf, replicasIn, squareDistance, thetasOf } from '../measure/ensemble.ts';
import type { Lab } from '../measure/measurement.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { cellOf } from './expand.ts';

export interface Outcome {
  readonly engine: string;
  readonly method: string;
  readonly precision: string;
  /** Of a GPU, on which bits depend. */
  readonly adapter?: string;
  /** Step 0, that of half the time, and the last. */
  readonly steps: readonly number[];
  /** At each of them, as are all that follow. */
  readonly loss: readonly number[];
  /** Where rows are held out. */
  readonly testLoss?: readonly number[];
  /** f [m c]. */
  readonly f: readonly (readonly number[])[];
  /** (1/n) Σ_j |θ_j − θ̄_j|² from copies that the limit's residual path drives, where they were asked for. */
  readonly apart?: readonly number[];
}

/** The run diverged: that is what its cell has to say. */
export interface Diverged {
  readonly failure: string;
}

export const isDiverged = (one: Outcome | Diverged): one is Diverged => 'failure' in one;

export const stepsOf = ({ dynamics: { steps } }: Config): number[] => [0, Math.floor(steps / 2), steps];

/** A system of one particle over the same samples. */
export const preparedOne = (
  config: Config,
  lab: Pick<Lab, 'files'>,
  load?: Parameters<typeof prepare>[3],
): Promise<Prepared> =>
  prepare(
    {
      ...config,
      model: { ...config.model, width: config.initial.npy === undefined ? 1 : config.model.width },
      initial: { ...config.initial, antithetic: false },
    },
    lab.files,
    undefined,
    load,
  );

/** Whether replicas of it may share an engine. */
export const isBatched = (
  { initial, dynamics, parameterization, method }: Config,
  { problem }: Prepared,
): boolean =>
  initial.npy === undefined &&
  dynamics.stream === undefined &&
  method === 'direct' &&
  abcOf(parameterization).a[0] === 0 &&
  shapeOf(problem).c === 1;

/** Numbers of θ in one engine at a time. */
const NUMBERS = 2 ** 23;
export const mostTogether = (n: number, { problem }: Prepared): number =>
  Math.max(1, Math.floor(NUMBERS / (n * shapeOf(problem).width)));

/**
 * Of the cells with seeds from that of the configuration on, `count` of them. `path` [steps, m]: residuals that drive
 * copies. Where one diverges, each is tried alone.
 */
export async function outcomes(
  lab: Lab,
  config: Config,
  count: number,
  one: Prepared,
  path: Float64Array | null,
): Promise<(Outcome | Diverged)[]> {
  try {
    return await together(lab, config, count, one, path);
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    if (count === 1) return [{ failure: error.message }];
    const found = [];
    const { seed } = config.initial;
    for (let k = 0; k < count; k++)
      found.push(...(await outcomes(lab, cellOf({ config }, seed + k), 1, one, path)));
    return found;
  }
}

async function together(
  lab: Lab,
  config: Config,
  count: number,
  one: Prepared,
  path: Float64Array | null,
): Promise<Outcome[]> {
  const n = config.model.width;
  const isTogether = isBatched(config, one);
  // a cell is the run of its own seed
  const seedOf = (k: number): number => config.initial.seed + k;
  const { problem, test } = isTogether
    ? { problem: await problemOf({ config, n, replicas: count, seedOf }, lab.files), test: one.test }
    : await prepare(config, lab.files);
  const engine = await lab.open(problem);
  try {
    const own = await along(lab, engine, config, { test, isTogether, hasTheta: path !== null });
    const outcomes = own.map(({ thetas: _, ...kept }) => ({
      ...sourceOf(engine.info),
      steps: stepsOf(config),
      ...kept,
    }));
    if (!path) return outcomes;
    await engine.restore(problem.theta, 0);
    const driven = await along(lab, engine, config, { test: null, isTogether, hasTheta: true, path });
    return outcomes.map((outcome, k) => ({
      ...outcome,
      apart: own[k].thetas.map((theta, stop) => squareDistance(theta, driven[k].thetas[stop], n)),
    }));
  } finally {
    engine.destroy();
  }
}

const sourceOf = ({
  name,
  method,
  precision,
  adapter,
}: EngineInfo): Pick<Outcome, 'engine' | 'method' | 'precision' | 'adapter'> => ({
  engine: name,
  method,
  precision,
  ...(!isCpu(name) && { adapter }),
});

interface Looks {
  readonly test: Prepared['test'];
  /** Of systems that may share an engine the loss is each one's own. */
  readonly isTogether: boolean;
  /** θ is kept at every step that is looked at. */
  readonly hasTheta: boolean;
  readonly path?: Float64Array;
}

type Seen = Pick<Outcome, 'loss' | 'testLoss' | 'f'> & { readonly thetas: readonly Theta[] };

/** Moves an engine from step 0 to the end; what is seen of each replica on the way. */
async function along(lab: Lab, engine: Engine, config: Config, looks: Looks): Promise<Seen[]> {
  const { problem } = engine;
  const { m, y, loss } = problem;
  const { c } = shapeOf(problem);
  const R = replicasOf(problem);
  const lossOf = (f: Float64Array, targets: Float64Array): number => meanLoss(f, targets, LOSSES[loss], c);
  const seen = Array.from({ length: R }, () => ({
    loss: [] as number[],
    testLoss: [] as number[],
    f: [] as number[][],
    thetas: [] as Theta[],
  }));
  let from = 0;
  for (const step of stepsOf(config)) {
    if (step > from) await advance(lab, engine, step - from, looks.path?.slice(from * m, step * m));
    from = step;
    const f = replicasIn(await engine.f(), R);
    const held = looks.test && replicasIn(await engine.predict(looks.test.x), R);
    const thetas = looks.hasTheta ? await thetasOf(engine) : [];
    for (const [k, one] of seen.entries()) {
      one.loss.push(looks.isTogether ? lossOf(f[k], y) : engine.loss);
      one.f.push([...f[k]]);
      if (held) one.testLoss.push(lossOf(held[k], looks.test!.y));
      if (looks.hasTheta) one.thetas.push(thetas[k]);
    }
  }
  return seen.map(({ testLoss, ...one }) => ({ ...one, ...(looks.test && { testLoss }) }));
}
