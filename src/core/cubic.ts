/** Cubics by their ends. */

/** Coefficients in t of the cubic on [0, 1] with values p, q and slopes u, v at its ends. */
export const cubicBetween = (p: number, q: number, u: number, v: number): [number, number, number, number] => [
  p,
  u,
  3 * (q - p) - 2 * u - v,
  2 * (p - q) + u + v,
];
