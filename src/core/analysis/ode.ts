/** Ordinary differential equations of a few thousand numbers: the classical Runge–Kutta method. */

export type Slope = (y: Float64Array) => Float64Array;

/** y after the time t under y' = slope(y), in so many steps of equal length. */
export function rungeKutta(y: Float64Array, slope: Slope, t: number, steps: number): Float64Array {
  const h = t / steps;
  let now = y;
  for (let k = 0; k < steps; k++) {
    const beyond = (by: Float64Array, share: number): Float64Array =>
      now.map((value, i) => value + share * h * by[i]);
    const first = slope(now);
    const second = slope(beyond(first, 0.5));
    const third = slope(beyond(second, 0.5));
    const fourth = slope(beyond(third, 1));
    now = now.map((value, i) => value + (h / 6) * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]));
  }
  return now;
}
