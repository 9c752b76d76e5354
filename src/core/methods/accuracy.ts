/** The error of an approximate drift, and how spacings follow it. */
import type { DriftCheck } from './drift-check.ts';

/** Of the largest error over all particles (docs/model.md, Errors of a method). */
export const TOLERANCE = 1e-4;
/** Shares of the particles in each of which some are compared with the definition. */
export const CHECKED_PARTICLES = 1024;
/** A grid that replaces another should have this error. */
const AIM = 0.5 * TOLERANCE;
/** The spline's gradient is off by O(h³) in u, where it is cubic, and by O(h⁵) in v. */
const ORDERS = [3, 5] as const;
/** Cells are looked at in some places: between them the error may be somewhat larger. */
const MARGIN = 1.1;
/** Beyond that, spacings are not what errors follow. */
const WIDEST = 0.5;

/** Bounds over all particles of the largest |Δb| over entries, in units of the rms of b. */
export interface DriftError {
  /** What the spacing in u answers for, and that in v. */
  readonly parts: readonly [u: number, v: number];
  readonly total: number;
  /** The part of it that a finer grid would not mend. */
  readonly rounding: number;
}

/**
 * NaN where the drift is. `rounding`, of each component: numbers are rounded so coarsely that the definition itself has been
 * found with that error, and what passes the bounds is of this kind, too.
 */
export function driftError(
  { bounds, parts, found, excess, most, squares, entries }: DriftCheck,
  rounding?: Float64Array,
): DriftError {
  const size = Math.sqrt(squares / entries);
  const relative = (error: number): number => (error === 0 ? 0 : error / size);
  const passed = excess.map((value, c) => (c === 0 ? 1 : most) * value + (rounding?.[c] ?? 0));
  const total = Math.max(...bounds.map((bound, c) => relative(Math.max(found[c], MARGIN * bound + passed[c]))));
  const bounded = Math.max(...bounds.map(relative));
  // what else there is falls with the spacings, too
  const scale = rounding || bounded === 0 ? MARGIN : total / bounded;
  const [u, v] = parts;
  return {
    parts: [scale * relative(u), scale * relative(v)],
    total,
    rounding: rounding ? Math.max(...passed.map(relative)) : 0,
  };
}

/** Spacings that should bring both parts of the error to AIM; at most `growth` times as wide. */
export function nextSpacing(
  [u, v]: readonly [number, number],
  { parts }: DriftError,
  growth: number,
): [number, number] {
  const next = (h: number, c: 0 | 1): number => {
    const factor = Math.pow(AIM / Math.max(parts[c], 1e-300), 1 / ORDERS[c]);
    return Math.min(WIDEST, h * Math.min(growth, Math.max(0.4, factor)));
  };
  return [next(u, 0), next(v, 1)];
}
