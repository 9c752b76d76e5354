/**
 * Distances between a cloud in the plane and a density on a grid, along lines: W1 is the area between two
 * distribution functions.
 */
import { centres, widthOf, type Axis } from '../../core/analysis/pde.ts';

/** Directions, evenly spread over half a turn. */
const DIRECTIONS = 8;
/** Places at which a distribution function is known. */
const PLACES = 4096;

/** The law of ⟨direction, θ⟩: its distribution function at low, low + step, …. */
export interface Projection {
  readonly direction: readonly [number, number];
  readonly low: number;
  readonly step: number;
  readonly cdf: Float64Array;
}

/** Of masses [w1 cells, w0 cells], each spread evenly over its cell's shadow. */
export function projections(mass: Float64Array, w1: Axis, w0: Axis): Projection[] {
  return Array.from({ length: DIRECTIONS }, (_, k) => {
    const angle = (Math.PI * k) / DIRECTIONS;
    const direction = [Math.cos(angle), Math.sin(angle)] as const;
    const corners = [w1.low, w1.high].flatMap((p) =>
      [w0.low, w0.high].map((q) => direction[0] * p + direction[1] * q),
    );
    const low = Math.min(...corners);
    const step = (Math.max(...corners) - low) / (PLACES - 1);
    return { direction, low, step, cdf: shadow(mass, w1, w0, direction, low, step) };
  });
}

function shadow(
  mass: Float64Array,
  w1: Axis,
  w0: Axis,
  [p, q]: readonly [number, number],
  low: number,
  step: number,
): Float64Array {
  const slope = new Float64Array(PLACES + 1);
  const half = (Math.abs(p) * widthOf(w1) + Math.abs(q) * widthOf(w0)) / 2;
  const outer = centres(w1);
  const inner = centres(w0);
  // The distribution function is a sum of ramps: a mass is a slope that starts at one end of its shadow and
  // stops at the other.
  const bend = (z: number, amount: number): void => {
    const place = Math.min(PLACES - 1, Math.max(0, (z - low) / step));
    const i = Math.floor(place);
    const part = place - i;
    slope[i] += amount * (1 - part);
    slope[i + 1] += amount * part;
  };
  for (let c = 0; c < mass.length; c++) {
    if (mass[c] === 0) continue;
    const z = p * outer[Math.floor(c / w0.cells)] + q * inner[c % w0.cells];
    const rise = (mass[c] * step) / (2 * half);
    bend(z - half, rise);
    bend(z + half, -rise);
  }
  const cdf = new Float64Array(PLACES);
  for (let i = 1, rate = 0; i < PLACES; i++) {
    rate += slope[i - 1];
    cdf[i] = cdf[i - 1] + rate;
  }
  return cdf;
}

/** Mean over the directions of W1 between the cloud θ [n, 2] and the density. */
export function projectedDistance(theta: ArrayLike<number>, lines: readonly Projection[]): number {
  return lines.reduce((sum, line) => sum + distance(theta, line), 0) / lines.length;
}

function distance(theta: ArrayLike<number>, { direction: [p, q], low, step, cdf }: Projection): number {
  const n = theta.length / 2;
  const counts = new Float64Array(cdf.length);
  for (let row = 0; row < theta.length; row += 2) {
    const place = Math.ceil((p * theta[row] + q * theta[row + 1] - low) / step);
    counts[Math.min(cdf.length - 1, Math.max(0, place))]++;
  }
  let below = 0;
  let area = 0;
  for (let i = 0; i < cdf.length; i++) {
    below += counts[i] / n;
    area += Math.abs(below - cdf[i]) * step;
  }
  return area;
}
