/** The ways to compute the sums over all pairs of a particle and a sample. Adding one is adding one entry. */
import type { Activation } from './activations.ts';
import { extentOf, gridOver, splinePatch, type Extent, type Grid } from './mesh/grid.ts';
import { hasBias, MeshSums } from './mesh/sums.ts';
import type { Samples } from './model.ts';
import { SectorSums } from './sector.ts';
import { DirectSums, type Sums } from './sums.ts';

/** What a method is judged by. */
export interface Pairs {
  readonly samples: Samples;
  readonly activation: Activation;
  readonly activationName: string;
}

export interface Method {
  readonly summary: string;
  /** Whether its drift differs from the definition's by more than rounding. */
  readonly approximate: boolean;
  /** Null, or why it does not apply, in one clause. */
  readonly refusal: (pairs: Pairs) => string | null;
  /** `grid` is there for a method on a mesh. */
  readonly open: (samples: Samples, activation: Activation, grid: Grid | null) => Sums;
  /** Nanoseconds of a step of n particles on one thread of a plain machine, to a factor of two or so. */
  readonly cost: (pairs: Pairs, n: number, cloud: Extent) => number;
}

export const METHODS = {
  direct: {
    summary: 'the definition: every particle meets every sample, n m pairs a step',
    approximate: false,
    refusal: () => null,
    open: (samples, activation) => new DirectSums(samples, activation),
    cost: ({ samples: { m, d }, activation }, n) =>
      n * m * ((activation.homogeneous === undefined ? 18 : 3) + 1.5 * d),
  },
  sector: {
    summary:
      'exact, for 1-homogeneous φ and d = 2: particles meet sectors of the circle between samples, n + m a step',
    approximate: false,
    refusal: ({ samples: { d }, activation, activationName }) =>
      activation.homogeneous !== 1
        ? `it is for activations with φ(cz) = c φ(z), relu and linear, not for ${activationName}`
        : d !== 2
          ? `it is for d = 2, and d = ${d} here`
          : null,
    open: (samples, activation) => new SectorSums(samples, activation),
    cost: ({ samples: { m } }, n) => 40 * n + 50 * m,
  },
  mesh: {
    summary:
      'for smooth φ and d ≤ 2: particles meet a grid over w0, n + nodes a step, with a measured error of 1e-4 or less',
    approximate: true,
    refusal: ({ samples: { d }, activation, activationName }) =>
      !activation.smooth
        ? `it is for smooth activations, and ${activationName} has a kink`
        : d > 2
          ? `it is for d ≤ 2, and d = ${d} here`
          : null,
    open: (samples, activation, grid) => new MeshSums(samples, activation, grid!),
    cost: meshCost,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

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

function meshCost({ samples }: Pairs, n: number, cloud: Extent): number {
  const grid = gridFor(samples, FIRST_SPACING, cloud);
  const { rows, columns } = splinePatch(grid);
  const { m } = samples;
  if (!(rows * columns <= MOST_NODES)) return Infinity;
  const aRow = hasBias(samples) ? 40 * m + 0.5 * columns * rows : 14 * columns * m;
  return 90 * n + 2 * rows * aRow + 60 * rows * columns;
}

export interface Chosen {
  readonly method: MethodName;
  /** One clause for people. */
  readonly why: string;
}

/** Below this many nanoseconds a step (some five million pairs) no approximation is worth it. */
const SHORT = 1e8;
/** An approximation must be that many times faster than what is exact. */
const WORTH_AN_ERROR = 3;

/**
 * The fastest exact method, or one with an error where that is much faster; a function of the problem alone, so
 * that a run can be repeated. θ may be a sample of n particles.
 */
export function fastest(
  pairs: Pairs,
  theta: Float64Array | Float32Array,
  n = theta.length / (1 + pairs.samples.d),
): Chosen {
  const cloud = extentOf(theta, pairs.samples.d);
  const judged = (Object.keys(METHODS) as MethodName[])
    .filter((name) => METHODS[name].refusal(pairs) === null)
    .map((name) => {
      const cost = METHODS[name].cost(pairs, n, cloud);
      return { name, cost, weighed: METHODS[name].approximate ? Math.max(SHORT, WORTH_AN_ERROR * cost) : cost };
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
