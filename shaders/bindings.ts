/** What the passes share with the host. Each struct is declared here and nowhere else. */
import { struct } from '../src/gpu/layout.ts';

/** The forward sum of n particles at `points` data points, c numbers each, cut into slices of `slice` particles. */
export const Sum = struct('Sum', {
  /** Particles, and rounded up to whole blocks; those past n are zero and add nothing. */
  n: 'u32',
  particles: 'u32',
  points: 'u32',
  slice: 'u32',
  /** Threads that share a slice: data point β belongs to thread β mod columns. */
  columns: 'u32',
  /** Systems of that many particles, one after the other. */
  replicas: 'u32',
  /**
   * Row of partial sums of the first slice of the first of them, and rows from a slice to the next: particles
   * may be in several buffers.
   */
  row: 'u32',
  pitch: 'u32',
});

/** One level of the tree that adds slices: `count` rows of `points` partial sums become ⌈count / FAN⌉. With c outputs
 * a point is a point's output, here and in struct Output. */
export const Fold = struct('Fold', { count: 'u32', points: 'u32' });

/** f = outer · Σ of the last `count` rows. */
export const Output = struct('Output', { count: 'u32', points: 'u32', outer: 'f32' });

/** Numbers that a loss adds up: one a sample, or sums over some of the samples. */
export const LossParts = struct('LossParts', { m: 'u32', parts: 'u32' });

/** Particles of a system in this buffer, the number of the first of them, and the samples that they meet. */
export const Share = struct('Share', { n: 'u32', first: 'u32', m: 'u32' });

/** Stages of a step that a record of struct Step (terms.ts) has room for. */
export const MOST_STAGES = 4;

/** One stage of a step, over a buffer's particles: a slope is −(1/m) Σ …. */
export const Stage = struct('Stage', {
  /** As in Share. */
  n: 'u32',
  first: 'u32',
  m: 'u32',
  /** Which stage it is. */
  number: 'u32',
  /** From Σ to b: −1/m, for the recorded speed. */
  norm: 'f32',
});

/** Wide particles whose slopes are found together, for some of the samples at a time. */
export const Chunk = struct('Chunk', {
  /** Rows of the buffer: from the first to before `end`, which is that of all; room for so many, a multiple of tiles'. */
  first: 'u32',
  rows: 'u32',
  end: 'u32',
  /** The first sample, and how many, of m. */
  point: 'u32',
  points: 'u32',
  m: 'u32',
  /** Rows from one system to the next, and the number of the first in the buffer. */
  pitch: 'u32',
  system: 'u32',
});

/** Several systems of n particles, as a stage finds them. */
export const Replicas = struct('Replicas', {
  /**
   * From one's first particle to the next one's: n rounded up to whole blocks. Those past n are zero and stay
   * so.
   */
  pitch: 'u32',
  /** Threads that move one; a thread's particles are so far apart. */
  lanes: 'u32',
  /** Number of the first one in this buffer. */
  first: 'u32',
});

/** Where the run is, as the GPU counts. */
export const Status = struct('Status', {
  /** Step of the current θ. */
  step: 'u32',
  /** First step with a θ or a loss that is not finite; NEVER while there is none. */
  bad: 'atomic<u32>',
  /** Stages of the next step that are done. */
  stages: 'u32',
  /**
   * 1 once the grid does not cover the cloud: then no particle moves and no step is counted until the host has
   * seen to it.
   */
  halted: 'u32',
});
export const NEVER = 0xffffffff;

/** Rows of each step: `size` of them, of which the first list is that of step `first`. */
export const Turns = struct('Turns', { first: 'u32', size: 'u32' });

/** Residual paths: `rows` of so many numbers, m c, of which row 0 drives the step after `first`. */
export const Path = struct('Path', { first: 'u32', numbers: 'u32' });

/**
 * The grid of a particle–mesh sum (core/mesh/grid.ts) and its arrays, row-major, which begin at node (i, j).
 */
export const Mesh = struct('Mesh', {
  /** Between nodes, and 1 over that: u, then v. */
  spacing: 'vec2f',
  per: 'vec2f',
  /** Cells that particles may be in: from low to below high. */
  low: 'vec2f',
  high: 'vec2f',
  i: 'i32',
  j: 'i32',
  rows: 'u32',
  columns: 'u32',
  /** Where in the arrays the nodes are whose values matter. */
  first_row: 'u32',
  first_column: 'u32',
  value_columns: 'u32',
  /**
   * Arrays of deposits, which are added up: particles of different workgroups meet in the same one more seldom.
   */
  copies: 'u32',
  m: 'u32',
});

/** Regions of a mesh (mesh/regions.ts), of which `down` lie along u and `across` along v. */
export const Regions = struct('Regions', { down: 'u32', across: 'u32' });

/**
 * Least and greatest (w1, u, v) of all particles, and what deposits are multiplied by and divided by to be
 * integers.
 */
export const CloudExtent = struct('CloudExtent', { low: 'vec4f', high: 'vec4f', unit: 'vec2f' });

/** The sectors of core/methods/sector.ts: one more than there are boundaries. */
export const Sectors = struct('Sectors', {
  boundaries: 'u32',
  /** Of the table that a sector is looked up in. */
  bins: 'u32',
  m: 'u32',
  /** Arrays of deposits, as in Mesh. */
  copies: 'u32',
  /** φ' for h > 0 and for h < 0. */
  above: 'f32',
  below: 'f32',
});
