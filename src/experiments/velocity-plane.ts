/** The velocity b(θ, ρ) on a plane through θ-space, at given residuals. */
import { featureOf } from '../core/features/features.ts';
import { drift } from '../core/model.ts';
import type { Problem } from '../engines/engine.ts';

type Range = readonly [number, number];

export interface Plane {
  /** Components of θ along the axes. */
  readonly x: number;
  readonly y: number;
  /** θ off the plane [1 + d]. */
  readonly fixed: Float64Array;
  readonly across: Range;
  readonly up: Range;
  /** Points along a side. */
  readonly side: number;
}

export interface PlaneVelocity {
  readonly across: Range;
  readonly up: Range;
  /** b along the two axes [side², 2], and |b| in all components [side²]; the first row is the lowest. */
  readonly b: Float64Array;
  readonly speed: Float64Array;
}

export function velocityOn(
  problem: Problem,
  r: Float64Array,
  { x, y, fixed, across, up, side }: Plane,
): PlaneVelocity {
  const feature = featureOf(problem);
  const theta = fixed.slice();
  const velocity = new Float64Array(theta.length);
  const b = new Float64Array(2 * side * side);
  const speed = new Float64Array(side * side);
  for (let k = 0; k < speed.length; k++) {
    theta[x] = across[0] + ((across[1] - across[0]) * (k % side)) / (side - 1);
    theta[y] = up[0] + ((up[1] - up[0]) * Math.floor(k / side)) / (side - 1);
    drift(velocity, theta, 0, problem, r, feature);
    b.set([velocity[x], velocity[y]], 2 * k);
    speed[k] = Math.hypot(...velocity);
  }
  return { across, up, b, speed };
}
