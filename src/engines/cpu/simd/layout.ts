/** What kernels and their host agree on: how arrays lie in the kernels' memory. */

/** Bytes of a vector. */
export const VECTOR = 16;
/** Vectors of samples in a panel: two chains of arithmetic run side by side. */
export const PANEL = 2;
/** Particles that a tile of the wide kernels holds. */
export const GROUP = 4;
/** Coordinates that a tile meets at a time. */
export const CHUNK = 256;
/** Inner dimensions, with one output, that have kernels of their own. */
export const NARROW = [1, 2, 3] as const;
/** Particles come in multiples of so many. */
export const PARTICLES = 4;

export type Precision = 'f64' | 'f32';

/** A module's exports; addresses and counts of bytes are those of its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Where the activation's table is to be put. */
  readonly table?: () => number;
  /** The first address that is free. */
  readonly free: () => number;
  /** Tells the wide kernels where arrays lie, and sizes: `pitch` in bytes, of a row of r or of the sums. */
  readonly lay: (
    c: number,
    d: number,
    dp: number,
    pitch: number,
    w1: number,
    w: number,
    b1: number,
    b0: number,
    phis: number,
    g: number,
  ) => void;
  /** Packs rows [count][c + d] of θ; 0, or NaN where one of their numbers is not finite. */
  readonly enter: (rows: number, count: number, known: number) => number;
  readonly outputsOfTile: (sum: number, h: number, groups: number, x: number, panels: number) => void;
  readonly driftsOfTile: (
    h: number,
    known: number,
    groups: number,
    x: number,
    columns: number,
    r: number,
    panels: number,
  ) => void;
  readonly leave: (b: number, count: number, m: number) => void;
  /** φ and φ' of `vectors` vectors of numbers. */
  readonly pointwise: (z: number, phi: number, slope: number, vectors: number) => void;
}

/** The kernels of one inner dimension d ≤ 3: `outputs2`, `drifts2` and their like. */
export type Outputs = (sum: number, theta: number, count: number, x: number, panels: number) => void;
export type Drifts = (b: number, theta: number, count: number, x: number, r: number, panels: number) => void;

/**
 * What the kernels of the mesh method read of a grid, each as a vector of one float64 twice: nodes per unit of length;
 * the first and last cells that a particle may be in; bytes of a row and of a column; and ORIGIN plus the address of
 * C.
 */
export const MESH_NUMBERS = [
  'perU',
  'perV',
  'iFirst',
  'iEnd',
  'jFirst',
  'jEnd',
  'rowBytes',
  'columnBytes',
  'origin',
] as const;
/** The last bits of this plus a whole number are that number. */
export const ORIGIN = 2 ** 52;

type Gather = (b: number, theta: number, pairs: number) => void;
/** Of a row of nodes from node j on: `vectors` of two nodes, m samples. */
type PairValues = (row: number, vectors: number, j: number, sample: number, m: number, first: number) => void;
/** Of a row of nodes from node j on: `columns` nodes, `vectors` of two samples. */
type PairOutputs = (
  row: number,
  columns: number,
  j: number,
  sample: number,
  vectors: number,
  first: number,
) => void;
type Scatter = (theta: number, pairs: number, deposits: number) => number;

/**
 * Numbers that the sums by pairs read of a sample: where its z is at v = 0 and how much it rises from a node to the
 * next, in pieces of φ (core/mesh/pair-nodes.ts); the third is its share r/m, or takes the sum over a row.
 */
export const PAIR_NUMBERS = 3;

/** Exports of the module of the mesh method, for d = 1 and 2. */
export interface MeshExports {
  readonly memory: WebAssembly.Memory;
  /** Where MESH_NUMBERS are to be put, and the first address that is free. */
  readonly grid: () => number;
  readonly free: () => number;
  readonly gather1: Gather;
  readonly gather2: Gather;
  readonly scatter1: Scatter;
  readonly scatter2: Scatter;
  readonly pairValues: PairValues;
  readonly pairOutputs: PairOutputs;
}
