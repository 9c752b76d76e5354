/** Relu neurons of the plane, w0 in R², and the least objective that any number of them can have. */
import { leastOf, type Least } from '../../core/analysis/lasso.ts';
import { ridgeOf } from '../../core/dynamics/terms.ts';
import type { Problem, Theta } from '../../engines/engine.ts';

/** Of the grid. */
const DIRECTIONS = 720;
/** Directions that are no farther apart are one. */
const APART = 0.05;
/** Share of all mass |w1||w0| that a neuron must have to count. */
const COUNTS = 1e-3;
/** Where the dual is so near to its bound, mass has not gone by the end of a run. */
const TOUCHES = 0.95;

/** A neuron of the plane in the polar form. */
interface Ray {
  readonly angle: number;
  readonly sign: number;
  readonly mass: number;
}

/** Coordinates of w1 and w0. */
const ROW = 3;

export const raysOf = (theta: Theta): Ray[] =>
  Array.from({ length: theta.length / ROW }, (_, j) => {
    const [w1, u, v] = theta.subarray(ROW * j, ROW * (j + 1));
    return { angle: Math.atan2(v, u), sign: Math.sign(w1), mass: Math.abs(w1) * Math.hypot(u, v) };
  });

/** How many angles there are, where those no farther apart than APART are one. */
function countOf(angles: readonly number[]): number {
  const sorted = [...angles].sort((p, q) => p - q);
  const gaps = sorted.filter((angle, k) => {
    const next = k + 1 < sorted.length ? sorted[k + 1] : sorted[0] + 2 * Math.PI;
    return next - angle > APART;
  });
  return sorted.length === 0 ? 0 : Math.max(1, gaps.length);
}

/** Directions of neurons that have not died, of either sign of w1. */
export function directionsIn(theta: Theta): number {
  const rays = raysOf(theta);
  const all = rays.reduce((sum, { mass }) => sum + mass, 0);
  const left = rays.filter(({ mass }) => mass > COUNTS * all);
  const of = (side: number): number =>
    countOf(left.filter(({ sign }) => sign === side).map(({ angle }) => angle));
  return of(1) + of(-1);
}

const angleAt = (k: number): number => -Math.PI + (2 * Math.PI * k) / DIRECTIONS;
const placeOf = (angle: number): number =>
  Math.round(((angle + Math.PI) / (2 * Math.PI)) * DIRECTIONS) % DIRECTIONS;

/** Over all networks of a problem in the plane. */
export function leastIn({ x, y, m, terms }: Problem): Least {
  const [outer, inner] = ridgeOf(terms);
  const columns = Array.from({ length: DIRECTIONS }, (_, k) => {
    const [u, v] = [Math.cos(angleAt(k)), Math.sin(angleAt(k))];
    return Float64Array.from({ length: m }, (__, i) => Math.max(0, u * x[2 * i] + v * x[2 * i + 1]));
  });
  // the least of (λ1 w1² + λ0 |w0|²)/2 where |w1||w0| is given
  return leastOf({ columns, y, penalty: Math.sqrt(outer * inner) });
}

/** The share of all mass that lies where theory lets none stay. */
export function strayIn(theta: Theta, { certificate }: Least): number {
  const rays = raysOf(theta);
  const massOf = (of: readonly Ray[]): number => of.reduce((sum, { mass }) => sum + mass, 0);
  const touched = ({ angle, sign }: Ray): boolean => sign * certificate[placeOf(angle)] > TOUCHES;
  return massOf(rays.filter((ray) => !touched(ray))) / massOf(rays);
}

/** Σ |w1² − |w0|²|. */
export const imbalance = (theta: Theta): number => {
  let sum = 0;
  for (let at = 0; at < theta.length; at += ROW)
    sum += Math.abs(theta[at] ** 2 - theta[at + 1] ** 2 - theta[at + 2] ** 2);
  return sum;
};
