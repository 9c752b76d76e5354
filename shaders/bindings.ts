/** What the passes share with the host. Each struct is declared here and nowhere else. */
import { struct } from '../src/gpu/layout.ts';

/** The forward sum of n particles at `points` data points, cut into slices of `slice` particles. */
export const Sum = struct('Sum', {
  /** Particles, rounded up to whole blocks; those past n are zero and add nothing. */
  particles: 'u32',
  points: 'u32',
  slice: 'u32',
  /** Threads that share a slice: data point β belongs to thread β mod columns. */
  columns: 'u32',
});

/** One level of the tree that adds slices: `count` rows of `points` partial sums become ⌈count / FAN⌉. */
export const Fold = struct('Fold', { count: 'u32', points: 'u32' });

/** f = outer · Σ of the last `count` rows. */
export const Output = struct('Output', { count: 'u32', points: 'u32', outer: 'f32' });

export const Samples = struct('Samples', { m: 'u32' });

/** One stage of a step: a slope is −(1/m) Σ …; the factors hold dt, the speed, the tableau's numbers and −1/m. */
export const Stage = struct('Stage', {
  n: 'u32',
  m: 'u32',
  /** From Σ to the next stage's displacement. */
  advance: 'f32',
  /** From Σ to this stage's share of the step. */
  weight: 'f32',
  /** From Σ to b: −1/m, for the recorded speed. */
  norm: 'f32',
});

/** Where the run is, as the GPU counts. */
export const Status = struct('Status', {
  /** Step of the current θ. */
  step: 'u32',
  /** First step with a θ or a loss that is not finite; NEVER while there is none. */
  bad: 'atomic<u32>',
});
export const NEVER = 0xffffffff;
