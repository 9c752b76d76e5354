/**
 * What the ways to sum cost on each class of machines, in nanoseconds: medians that were measured (npm run bench,
 * npm run bench:auto). `auto` compares them, so what counts is their proportion; they hold to a factor of two or so.
 */
export interface Costs {
  /** A pair (particle, sample) of direct sums in a step: where φ is smooth, and where it is a polynomial or two. */
  readonly pair: { readonly smooth: number; readonly plain: number };
  /** More for each inner coordinate. */
  readonly coordinate: number;
  /** Of the sectors, in a step. */
  readonly sector: { readonly particle: number; readonly sample: number };
  /** Of the mesh, in a step: particles, nodes, pairs (node, sample), or where x has a bias (row of nodes, sample). */
  readonly mesh: {
    readonly particle: number;
    readonly node: number;
    readonly pair: number;
    readonly rowOfBias: number;
  };
  /** A step of direct sums as short as this is worth no error. */
  readonly moment: number;
}

export const COSTS = {
  /** A thread of a CPU with vector kernels. */
  cpu: {
    pair: { smooth: 10, plain: 0.4 },
    coordinate: 0.35,
    sector: { particle: 40, sample: 50 },
    mesh: { particle: 45, node: 60, pair: 14, rowOfBias: 40 },
    moment: 1e8,
  },
  /** A thread without them. */
  scalar: {
    pair: { smooth: 18, plain: 3 },
    coordinate: 1.5,
    sector: { particle: 40, sample: 50 },
    mesh: { particle: 90, node: 60, pair: 14, rowOfBias: 40 },
    moment: 1e8,
  },
  /** A software adapter of WebGPU, which is threads without kernels of ours. */
  software: {
    pair: { smooth: 18, plain: 3 },
    coordinate: 1.5,
    sector: { particle: 40, sample: 50 },
    mesh: { particle: 90, node: 60, pair: 14, rowOfBias: 40 },
    moment: 1e8,
  },
  /** A GPU: an NVIDIA H200, whose atomics make the mesh dear. */
  gpu: {
    pair: { smooth: 0.0016, plain: 0.0008 },
    coordinate: 0.0002,
    sector: { particle: 0.35, sample: 2200 },
    mesh: { particle: 0.9, node: 0.01, pair: 0.0001, rowOfBias: 0.01 },
    moment: 1e6,
  },
} as const satisfies Record<string, Costs>;

export type MachineClass = keyof typeof COSTS;
