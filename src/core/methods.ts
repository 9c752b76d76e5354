/** The ways to compute the sums over all pairs of a particle and a sample. Adding one is adding one entry. */
import { COSTS, type Costs, type MachineClass } from './costs.ts';
import type { Feature, FeatureName } from './features.ts';
import { extentOf, gridOver, splinePatch, type Extent, type Grid } from './mesh/grid.ts';
import { hasBias, MeshSums } from './mesh/sums.ts';
import type { Samples } from './model.ts';
import { SectorSums } from './sector.ts';
import { rowsOf, shapeOf } from './shape.ts';
import { BLOCK, DirectSums, type Sums } from './sums.ts';

/** What a method is judged by. */
export interface Pairs {
  readonly samples: Samples;
  readonly feature: Feature;
}

export interface Method {
  readonly summary: string;
  /** Whether its drift differs from the definition's by more than rounding. */
  readonly approximate: boolean;
  /** The feature maps that it serves, or all; and whether it serves several outputs. */
  readonly features: readonly FeatureName[] | 'all';
  readonly severalOutputs: boolean;
  /** Null, or why it does not apply beside that, in one clause. */
  readonly refusal: (pairs: Pairs) => string | null;
  /** `grid` is there for a method on a mesh. */
  readonly open: (samples: Samples, feature: Feature, grid: Grid | null) => Sums;
  /** Nanoseconds of a step of n particles where things cost that. */
  readonly cost: (pairs: Pairs, n: number, cloud: Extent, costs: Costs) => number;
  /** Particles for which a thread's share of its own is worth the zeroing and adding of deposits. */
  readonly leastShard: number;
}

export const METHODS = {
  direct: {
    summary: 'the definition: every particle meets every sample, n m pairs a step',
    approximate: false,
    features: 'all',
    severalOutputs: true,
    refusal: () => null,
    open: (samples, feature) => new DirectSums(samples, feature),
    cost: ({ samples: { m, d }, feature: { profile } }, n, _, { pair, coordinate }) =>
      n * m * ((profile.homogeneous === undefined ? pair.smooth : pair.plain) + coordinate * d),
    leastShard: BLOCK,
  },
  sector: {
    summary:
      'exact, for 1-homogeneous φ and d = 2: particles meet sectors of the circle between samples, n + m a step',
    approximate: false,
    features: ['inner-product'],
    severalOutputs: false,
    refusal: ({ samples: { d }, feature: { profile, activation } }) =>
      profile.homogeneous !== 1
        ? `it is for activations with φ(cz) = c φ(z), relu and linear, not for ${activation}`
        : d !== 2
          ? `it is for d = 2, and d = ${d} here`
          : null,
    open: (samples, feature) => new SectorSums(samples, feature),
    cost: ({ samples: { m } }, n, _, { sector }) => sector.particle * n + sector.sample * m,
    leastShard: 2 ** 14,
  },
  mesh: {
    summary:
      'for smooth φ and d ≤ 2: particles meet a grid over w0, n + nodes a step, with a measured error of 1e-4 or less',
    approximate: true,
    features: ['inner-product'],
    severalOutputs: false,
    refusal: ({ samples: { d }, feature: { profile, activation } }) =>
      !profile.smooth
        ? `it is for smooth activations, and ${activation} has a kink`
        : d > 2
          ? `it is for d ≤ 2, and d = ${d} here`
          : null,
    open: (samples, { profile }, grid) => new MeshSums(samples, profile, grid!),
    cost: meshCost,
    leastShard: 2 ** 16,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;
export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** Null, or why a method does not apply, in one clause. */
export function refusalOf(name: MethodName, pairs: Pairs): string | null {
  const { features, severalOutputs, refusal }: Method = METHODS[name];
  const { c } = shapeOf(pairs.samples);
  if (features !== 'all' && !features.includes(pairs.feature.name))
    return `it serves the features ${features.join(', ')}, not ${pairs.feature.name}`;
  if (c > 1 && !severalOutputs) return `it is for one output, and c = ${c} here`;
  return refusal(pairs);
}

/** Spacings of the first grid, in units of h: node to node, the largest |x| moves h that far. */
export const FIRST_SPACING: readonly [number, number] = [0.15, 0.15];
/** Nodes that a grid may have. */
export const MOST_NODES = 2 ** 20;

/** Spacings hu, hv from spacings in units of h. */
export function gridFor({ x, d }: Samples, [kappaU, kappaV]: readonly [number, number], cloud: Extent): Grid {
  return gridOver(cloud, kappaU / largest(x, d - 2, d), kappaV / largest(x, d - 1, d));
}

/** The greatest |x_c|; 1 where all are 0 or there is no such coordinate. */
function largest(x: Float64Array, c: number, d: number): number {
  let most = 0;
  for (let k = c; k < x.length && c >= 0; k += d) most = Math.max(most, Math.abs(x[k]));
  return most || 1;
}

export function nodesOf(grid: Grid): number {
  const { rows, columns } = splinePatch(grid);
  return rows * columns;
}

function meshCost({ samples }: Pairs, n: number, cloud: Extent, { mesh }: Costs): number {
  const grid = gridFor(samples, FIRST_SPACING, cloud);
  const { rows, columns } = splinePatch(grid);
  const { m } = samples;
  if (!(rows * columns <= MOST_NODES)) return Infinity;
  const aRow = hasBias(samples)
    ? mesh.bias.sample * m + mesh.bias.node * columns * rows
    : mesh.pair * columns * m;
  return mesh.particle * n + 2 * rows * aRow + mesh.node * rows * columns;
}

export interface Chosen {
  readonly method: MethodName;
  /** One clause for people. */
  readonly why: string;
}

/** An approximation must be that many times faster than what is exact. */
const WORTH_AN_ERROR = 1.5;

/**
 * The fastest exact method, or one with an error where that is faster by more than a little; a function of the
 * problem and the class of the machine, so that a run can be repeated. θ may be a sample of n particles.
 */
export function fastest(
  pairs: Pairs,
  theta: Float64Array | Float32Array,
  machine: MachineClass,
  n = rowsOf(theta, shapeOf(pairs.samples)),
): Chosen {
  const costs = COSTS[machine];
  const cloud = extentOf(theta, pairs.samples.d);
  const judged = METHOD_NAMES.filter((name) => refusalOf(name, pairs) === null).map((name) => {
    const cost = METHODS[name].cost(pairs, n, cloud, costs);
    return {
      name,
      cost,
      weighed: METHODS[name].approximate ? Math.max(costs.moment, WORTH_AN_ERROR * cost) : cost,
    };
  });
  const direct = judged[0];
  const best = judged.reduce((p, q) => (q.weighed < p.weighed ? q : p));
  const factor = (direct.cost / best.cost).toPrecision(2);
  if (best === direct)
    return {
      method: 'direct',
      why: judged.length > 1 ? 'so few pairs that nothing else pays' : 'no other applies',
    };
  return { method: best.name, why: `about ${Number(factor)} times as fast as direct sums here` };
}
