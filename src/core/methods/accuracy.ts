/** The error of an approximate drift, and how spacings follow it. */
import { shapeOf } from '../shape.ts';

/** Of the largest error over at least so many particles (docs/model.md, Errors of a method). */
export const TOLERANCE = 1e-4;
export const CHECKED_PARTICLES = 1024;
/** A grid that replaces another should have this error. */
const AIM = 0.3 * TOLERANCE;
/** The spline's gradient is off by O(h³) in u, where it is cubic, and by O(h⁵) in v. */
const ORDERS = [3, 5] as const;
/** Beyond that, spacings are not what errors follow. */
const WIDEST = 0.5;

export interface DriftError {
  /** In the components that feel u (w1 and u itself) and in v. */
  readonly parts: readonly [u: number, v: number];
  readonly total: number;
  /** The part of it that a finer grid would not mend. */
  readonly rounding: number;
}

/**
 * From Flow.driftErrors' [greatest |Δb| of each component, Σ b², entries]; rounding is left to who knows its
 * numbers. NaN where the drift is.
 */
export function driftError(errors: Float64Array, d: number): DriftError {
  const { width } = shapeOf({ d });
  const size = Math.sqrt(errors[width] / errors[width + 1]);
  const relative = Array.from(errors.subarray(0, width), (error) => (error === 0 ? 0 : error / size));
  const v = relative[d];
  const u = d > 1 ? Math.max(...relative.slice(0, d)) : 0;
  return { parts: [u, Math.max(v, d > 1 ? 0 : relative[0])], total: Math.max(...relative), rounding: 0 };
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
