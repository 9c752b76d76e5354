/** What the cloud's passes share with the view. Each struct is declared here and nowhere else. */
import { struct } from '../../src/gpu/layout.ts';

/** One picture. */
export const Frame = struct('Frame', {
  /** World to clip space. */
  matrix: 'mat4x4f',
  /** Pixels, and cells, across and down. */
  size: 'vec2f',
  cells: 'vec2f',
  /** Of a particle's footprint, in pixels. */
  radius: 'f32',
  /** Of one particle, in the fixed point of the histogram of pixels. */
  unit: 'f32',
  /** The halo's share of the picture. */
  halo: 'f32',
  gain: 'f32',
  /** Density at which the tone curve bends, and the lowest white point. */
  knee: 'f32',
  least_white: 'f32',
  /** Weight of the newest measurement in the exposure. */
  blend: 'f32',
  /** 1 for colours of the speed, 0 for colours of the sign. */
  by_speed: 'u32',
  /** Drawn components of θ; −1 is the constant 0. */
  axes: 'vec3i',
  ground: 'vec3f',
  positive: 'vec3f',
  positive_peak: 'vec3f',
  negative: 'vec3f',
  negative_peak: 'vec3f',
  mixed: 'vec3f',
});

/** The particles of one buffer. */
export const Portion = struct('Portion', {
  /** How many of them are drawn: each one of `every`. */
  drawn: 'u32',
  every: 'u32',
  /** f32 from a particle to the next. */
  width: 'u32',
});

/** What was measured in the pictures so far; all 0 before the first. */
export const Exposure = struct('Exposure', {
  /** The white point: a density, in particles a pixel. */
  white: 'f32',
  /** |b| that the colours of the speed span. */
  speed_low: 'f32',
  speed_high: 'f32',
  frames: 'u32',
});

/** Of the halo: two densities, and room. */
export const HALO_FORMAT = 'rgba16float';

/** Threads of a workgroup along each side of an image. */
export const TILE = 8;
