/**
 * What the ways to sum cost on each class of machines, in nanoseconds. `auto` compares them, so what counts is their
 * proportion; they hold to a factor of two or so. Those of GPUs are fitted to whole steps (adapter-costs.ts, made by
 * `npm run costs`), and `doctor --tune` measures an adapter's own.
 */
import { DISCRETE } from './adapter-costs.ts';

export const COST_NAMES = [
  /** Of a step of direct sums beside its pairs. */
  'direct.step',
  /** A pair (particle, sample) of direct sums: where φ is smooth, and where it is a polynomial or two. */
  'pair.smooth',
  'pair.plain',
  /** More for each inner coordinate. */
  'coordinate',
  'sector.step',
  'sector.particle',
  'sector.sample',
  'mesh.step',
  'mesh.particle',
  'mesh.node',
  /** A pair (node, sample). */
  'mesh.pair',
  /**
   * Where x has a bias (core/mesh/bias-nodes.ts) a row of nodes costs so much for each sample, and for each of its nodes
   * and rows.
   */
  'mesh.bias.sample',
  'mesh.bias.node',
] as const;
export type CostName = (typeof COST_NAMES)[number];
export type Costs = Readonly<Record<CostName, number>>;

/** How often a step of one method has each of them. */
export type Counts = Partial<Costs>;

/** Nanoseconds of a step. */
export const costOf = (work: Counts, costs: Costs): number =>
  COST_NAMES.reduce((sum, name) => sum + costs[name] * (work[name] ?? 0), 0);

/** A machine's costs. */
export interface MachineCosts {
  readonly costs: Costs;
  /** A step of direct sums as short as this, in nanoseconds, is worth no error. */
  readonly moment: number;
  /** They are of whole steps, so that words may say how long those take. */
  readonly timed?: boolean;
}

/** A thread without vector kernels. */
const SCALAR: Costs = {
  'direct.step': 0,
  'pair.smooth': 18,
  'pair.plain': 3,
  coordinate: 1.5,
  'sector.step': 0,
  'sector.particle': 40,
  'sector.sample': 50,
  'mesh.step': 0,
  'mesh.particle': 90,
  'mesh.node': 60,
  'mesh.pair': 14,
  'mesh.bias.sample': 40,
  'mesh.bias.node': 0.5,
};
const VECTORS: Costs = {
  ...SCALAR,
  'pair.smooth': 10,
  'pair.plain': 0.4,
  coordinate: 0.35,
  'mesh.particle': 45,
};

/** A GPU that shares the processor's memory, beside a large card: no such one is measured yet. */
const SMALLER = 30;
const scaled = (costs: Costs, factor: number): Costs =>
  Object.fromEntries(
    COST_NAMES.map((name) => [name, costs[name] * (name.endsWith('.step') ? 1 : factor)]),
  ) as Record<CostName, number>;

export const COSTS = {
  /** A thread of a CPU with vector kernels. */
  cpu: { costs: VECTORS, moment: 1e8 },
  scalar: { costs: SCALAR, moment: 1e8 },
  /** A software adapter of WebGPU: threads in the same proportions. */
  software: { costs: SCALAR, moment: 1e8 },
  integrated: { costs: scaled(DISCRETE, SMALLER), moment: 4e6 },
  discrete: { costs: DISCRETE, moment: 1e6, timed: true },
} as const satisfies Record<string, MachineCosts>;

export type MachineClass = keyof typeof COSTS;

/** Makers whose adapters share the processor's memory, nearly all of them. */
const SHARING = /\b(intel|apple|arm|qualcomm|img-tec|samsung|broadcom)\b/i;

/** Of an adapter of WebGPU. */
export const classOf = ({
  adapter,
  software,
}: {
  readonly adapter: string;
  readonly software: boolean;
}): MachineClass => (software ? 'software' : SHARING.test(adapter) ? 'integrated' : 'discrete');
