/** What the pictures look like: numbers that WGSL, GLSL and the CPU's pictures have in common. */

/** Pixels along the side of a cell of the halo. */
export const CELL = 4;
/** Least distance from the eye, in the eye's distance from the pivot, at which a particle is drawn. */
export const NEAR = 0.08;
/** Of a particle near to the eye, the most that its disc is magnified. */
export const MAGNIFIED = 1.8;

/** The halo: cells are blurred with weights exp(−decay r²), r ≤ 2 along each side, that add up to `sum`. */
export const BLUR = { decay: 0.45, sum: 6.79 } as const;

/** Bins of a histogram of log2: so many an octave, `one` is that of 1. */
export const BINS = 128;
export const DENSITIES = { octave: 4, one: 32 } as const;
export const SPEEDS = { octave: 2, one: 96 } as const;
/** Share of the particles that lie where it is less dense than the white point. */
export const WHITE_SHARE = 0.93;

/**
 * From a level of density, 1 at the white point, to a colour: at `body` the hue is full, from `rise` to `top` it
 * turns to the colour of peaks, but for the rest; with speeds that colour is `lift` of the way to white.
 */
export const TONE = { body: 0.8, rise: 0.75, top: 1.25, peak: 0.75, lift: 0.35 } as const;

/** The field: bands between the lines of equal height, and what is left of the light on a line. */
export const CONTOURS = 10;
export const LINE_SHADE = 0.82;

/** Half a step of noise hides the steps of 8 bits: WGSL and GLSL of it, at a pixel's place. */
export const noise = (at: string, vec2: 'vec2f' | 'vec2'): string =>
  `fract(52.9829189 * fract(dot(${at}, ${vec2}(0.06711056, 0.00583715)))) - 0.5`;
