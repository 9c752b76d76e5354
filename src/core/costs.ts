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
  /**
   * Of the mesh, in a step: particles, nodes, pairs (node, sample); where x has a bias (core/mesh/bias-nodes.ts) a row
   * of nodes costs so much for each sample, and for each of its nodes and rows.
   */
  readonly mesh: {
    readonly particle: number;
    readonly node: number;
    readonly pair: number;
    readonly bias: { readonly sample: number; readonly node: number };
  };
  /** A step of direct sums as short as this is worth no error. */
  readonly moment: number;
}

/** A thread without vector kernels. */
const SCALAR: Costs = {
  pair: { smooth: 18, plain: 3 },
  coordinate: 1.5,
  sector: { particle: 40, sample: 50 },
  mesh: { particle: 90, node: 60, pair: 14, bias: { sample: 40, node: 0.5 } },
  moment: 1e8,
};

export const COSTS = {
  /** A thread of a CPU with vector kernels. */
  cpu: {
    ...SCALAR,
    pair: { smooth: 10, plain: 0.4 },
    coordinate: 0.35,
    mesh: { ...SCALAR.mesh, particle: 45 },
  },
  scalar: SCALAR,
  /** A software adapter of WebGPU: threads in the same proportions. */
  software: SCALAR,
  /** A GPU: an NVIDIA H200, whose atomics make the mesh dear. */
  gpu: {
    pair: { smooth: 0.0016, plain: 0.0008 },
    coordinate: 0.0002,
    sector: { particle: 0.35, sample: 2200 },
    mesh: { particle: 0.9, node: 0.01, pair: 0.0001, bias: { sample: 0.01, node: 0.0001 } },
    moment: 1e6,
  },
} as const satisfies Record<string, Costs>;

export type MachineClass = keyof typeof COSTS;
