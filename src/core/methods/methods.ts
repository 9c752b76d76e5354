/** The ways to compute the sums over all pairs of a particle and a sample. Adding one is adding one entry. */
import { costOf, type MachineCosts, type Counts } from './costs.ts';
import { rowsTaken, type Fed } from '../dynamics/feed.ts';
import { featureOf, type Feature, type FeatureChoice, type FeatureName } from '../features/features.ts';
import { extentOf, gridOver, splinePatch, type Extent, type Grid } from '../mesh/grid.ts';
import { largest } from '../mesh/nodes.ts';
import { hasBias, MeshSums } from '../mesh/sums.ts';
import type { Samples } from '../model.ts';
import { SectorSums } from './sector.ts';
import { rowsOf, shapeOf } from '../shape.ts';
import { BLOCK, DirectSums, type Sums } from '../sums.ts';

/** What a method is judged by. */
export interface Pairs {
  readonly samples: Samples;
  readonly feature: Feature;
  /** Rows that a step takes; default all. */
  readonly rows?: number;
  /** Each step has samples of its own. */
  readonly fresh?: boolean;
}

/** Of a problem, and of what its steps take of it. */
export const pairsOf = (problem: FeatureChoice & Fed): Pairs => ({
  samples: problem,
  feature: featureOf(problem),
  rows: rowsTaken(problem),
  fresh: problem.stream !== undefined,
});

export interface Method {
  readonly summary: string;
  /** Whether its drift differs from the definition's by more than rounding. */
  readonly approximate: boolean;
  /** The feature maps that it serves, or all; and whether it serves several outputs. */
  readonly features: readonly FeatureName[] | 'all';
  readonly severalOutputs: boolean;
  /** Whether it serves samples that come fresh for each step. */
  readonly freshSamples: boolean;
  /** Null, or why it does not apply beside that, in one clause. */
  readonly refusal: (pairs: Pairs) => string | null;
  /** `grid` is there for a method on a mesh. */
  readonly open: (samples: Samples, feature: Feature, grid: Grid | null) => Sums;
  /** What a step of n particles has of what costs time (costs.ts); null where it has too much of it. */
  readonly work: (pairs: Pairs, n: number, cloud: Extent) => Counts | null;
  /** Particles for which a thread's share of its own is worth the zeroing and adding of deposits. */
  readonly leastShard: number;
}

export const METHODS = {
  direct: {
    summary: 'the definition: every particle meets every sample, n m pairs a step',
    approximate: false,
    features: 'all',
    severalOutputs: true,
    freshSamples: true,
    refusal: () => null,
    open: (samples, feature) => new DirectSums(samples, feature),
    work: ({ samples: { m, d }, feature: { profile }, rows = m }, n) => ({
      'direct.step': 1,
      [profile.homogeneous === undefined ? 'pair.smooth' : 'pair.plain']: n * rows,
      coordinate: n * rows * d,
    }),
    leastShard: BLOCK,
  },
  sector: {
    summary:
      'exact, for 1-homogeneous φ and d = 2: particles meet sectors of the circle between samples, n + m a step',
    approximate: false,
    features: ['inner-product'],
    severalOutputs: false,
    freshSamples: false,
    refusal: ({ samples: { d }, feature: { profile, activation } }) =>
      profile.homogeneous !== 1
        ? `it is for activations with φ(cz) = c φ(z), relu and linear, not for ${activation}`
        : d !== 2
          ? `it is for d = 2, and d = ${d} here`
          : null,
    open: (samples, feature) => new SectorSums(samples, feature),
    work: ({ samples: { m } }, n) => ({ 'sector.step': 1, 'sector.particle': n, 'sector.sample': m }),
    leastShard: 2 ** 14,
  },
  mesh: {
    summary:
      'for smooth φ and d ≤ 2: particles meet a grid over w0, n + nodes a step, with an error that is bounded and aimed at 1e-4',
    approximate: true,
    features: ['inner-product'],
    severalOutputs: false,
    freshSamples: false,
    refusal: ({ samples: { d }, feature: { profile, activation } }) =>
      !profile.smooth
        ? `it is for smooth activations, and ${activation} has a kink`
        : d > 2
          ? `it is for d ≤ 2, and d = ${d} here`
          : null,
    open: (samples, { profile }, grid) => new MeshSums(samples, profile, grid!),
    work: meshWork,
    leastShard: 2 ** 16,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;
export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** Null, or why a method does not apply, in one clause. */
export function refusalOf(name: MethodName, pairs: Pairs): string | null {
  const { features, severalOutputs, freshSamples, refusal }: Method = METHODS[name];
  const { c } = shapeOf(pairs.samples);
  if (features !== 'all' && !features.includes(pairs.feature.name))
    return `it serves the features ${features.join(', ')}, not ${pairs.feature.name}`;
  if (c > 1 && !severalOutputs) return `it is for one output, and c = ${c} here`;
  if (pairs.fresh && !freshSamples) return 'it is for samples that stay, not for a stream of fresh ones';
  return refusal(pairs);
}

/** Spacings of the first grid, in units of h: node to node, the largest |x| moves h that far. */
export const FIRST_SPACING: readonly [number, number] = [0.15, 0.15];
/** Nodes that a grid may have. */
export const MOST_NODES = 2 ** 20;

/** Spacings hu, hv from spacings in units of h. */
export function gridFor({ x, d }: Samples, [kappaU, kappaV]: readonly [number, number], cloud: Extent): Grid {
  return gridOver(cloud, kappaU / (largest(x, d - 2, d) || 1), kappaV / (largest(x, d - 1, d) || 1));
}

export function nodesOf(grid: Grid): number {
  const { rows, columns } = splinePatch(grid);
  return rows * columns;
}

function meshWork({ samples }: Pairs, n: number, cloud: Extent): Counts | null {
  const { rows, columns } = splinePatch(gridFor(samples, FIRST_SPACING, cloud));
  const { m } = samples;
  const nodes = rows * columns;
  if (!(nodes <= MOST_NODES)) return null;
  return {
    'mesh.step': 1,
    'mesh.particle': n,
    'mesh.node': nodes,
    ...(hasBias(samples)
      ? { 'mesh.bias.sample': 2 * rows * m, 'mesh.bias.node': 2 * rows * nodes }
      : { 'mesh.pair': 2 * nodes * m }),
  };
}

export interface Chosen {
  readonly method: MethodName;
  /** One clause for people. */
  readonly why: string;
}

/** An approximation must be that many times faster than what is exact. */
const WORTH_AN_ERROR = 1.5;

/** Nanoseconds as people say them. */
function lasting(nanoseconds: number): string {
  const ms = nanoseconds / 1e6;
  return ms < 1000 ? `${Number(ms.toPrecision(2))} ms` : `${Number((ms / 1000).toPrecision(2))} s`;
}

/**
 * The fastest exact method, or one with an error where that is faster by more than a little; a function of the
 * problem and the machine's costs, so that a run can be repeated. θ may be a sample of n particles.
 */
export function fastest(
  pairs: Pairs,
  theta: Float64Array | Float32Array,
  { costs, moment, timed = false }: MachineCosts,
  n = rowsOf(theta, shapeOf(pairs.samples)),
): Chosen {
  const cloud = extentOf(theta, pairs.samples);
  const judged = METHOD_NAMES.filter((name) => refusalOf(name, pairs) === null).map((name) => {
    const { work, approximate }: Method = METHODS[name];
    const needed = work(pairs, n, cloud);
    const cost = needed === null ? Infinity : costOf(needed, costs);
    return { name, cost, weighed: approximate ? Math.max(moment, WORTH_AN_ERROR * cost) : cost };
  });
  const direct = judged[0];
  const best = judged.reduce((p, q) => (q.weighed < p.weighed ? q : p));
  const others = judged.filter((other) => other !== best && Number.isFinite(other.cost));
  const times = [
    `about ${lasting(best.cost)} a step`,
    ...others.map(({ name, cost }) => `${name} ${lasting(cost)}`),
  ].join(', ');
  const because = (why: string): string => (timed ? `${why} (${times})` : why);
  if (best === direct)
    return {
      method: 'direct',
      why: because(judged.length > 1 ? 'so few pairs that nothing else pays' : 'no other applies'),
    };
  const factor = Number((direct.cost / best.cost).toPrecision(2));
  return { method: best.name, why: because(`about ${factor} times as fast as direct sums here`) };
}
