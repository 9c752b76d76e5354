/** Systems by default: what is learned soon, so that a law is seen where something has been learned. */
import type { Measurement } from '../measurement.ts';

/** Six points of the circle and a teacher of which tanh neurons have learned R² = 0.9 at t = 9 and 0.94 at t = 12. */
export const SOON = {
  data: { dataset: 'circle-teacher', samples: 6, seed: 3 },
  model: { activation: 'tanh' },
  method: 'direct',
} as const satisfies Measurement['defaults']['config'];

/** Four points with the covariance 1, and a linear function of them. */
export const CROSS = {
  inline: {
    x: [
      [Math.SQRT2, 0],
      [-Math.SQRT2, 0],
      [0, Math.SQRT2],
      [0, -Math.SQRT2],
    ],
    y: [2.2627417, -2.2627417, 1.6970563, -1.6970563],
  },
} as const;

/** Until then, in Euler's steps of a third of the longest that are stable. */
export const UNTIL_LEARNED = { dt: 1, steps: 12 } as const;

const UNIT = { law: 'uniform', low: -1.7320508, high: 1.7320508 } as const;
/** Laws of variance 1 without tails: no particle is so fast that an order in dt is another one for it. */
export const BOUNDED = { w1: UNIT, w0: UNIT } as const;
