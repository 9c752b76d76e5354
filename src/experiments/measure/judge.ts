/**
 * From what was measured to result.json's points, fits, checks and verdict: all that a person needs to come to
 * the verdict again.
 */
import { blockMeans, meanOf, powerLaw } from '../../core/analysis/statistics.ts';
import type { Check, Measured, Series } from './measurement.ts';

export interface Fit {
  readonly name: string;
  /** What x is. */
  readonly abscissa: string;
  /** Of log |value| / root against log x. */
  readonly root: number;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly expected: number;
  readonly tolerance: number;
  readonly passed: boolean;
}

/**
 * `fit` names the fit that it belongs to; `values` are the replicas' (means of runs of equal length where there
 * are more than BLOCKS), `value` their mean.
 */
export interface FitPoint {
  readonly fit: string;
  readonly x: number;
  readonly n: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly values: readonly number[];
}
export type Point = FitPoint | Readonly<Record<string, number | string | readonly number[]>>;

export interface Verdict {
  readonly points: readonly Point[];
  /** The fit nearest to failing. */
  readonly fit?: Fit;
  readonly fits?: readonly Fit[];
  readonly checks?: readonly (Check & { readonly passed: boolean })[];
  readonly passed: boolean;
}

const BLOCKS = 256;

export function judge({ series, checks, seen = [] }: Measured, seed: number): Verdict {
  const points = series.map(pointsOf);
  const fits = series.map((one, i) => fitOf(one, points[i], seed));
  const judged = checks.map((check) => ({
    ...check,
    passed: Math.abs(check.value - check.expected) <= check.tolerance,
  }));
  return {
    points: [...points.flat(), ...seen],
    ...(fits.length > 0 && {
      fit: fits.reduce((worst, fit) => (strain(fit) > strain(worst) ? fit : worst)),
      fits,
    }),
    ...(judged.length > 0 && { checks: judged }),
    passed: [...fits, ...judged].every(({ passed }) => passed),
  };
}

function pointsOf({ name, levels }: Series): FitPoint[] {
  return levels.map(({ x, n, values }) => {
    const blocks = blockMeans(values, BLOCKS);
    return { fit: name, x, n, ...meanOf(blocks), values: blocks };
  });
}

function fitOf(
  { name, abscissa, expected, tolerance, root = 1 }: Series,
  points: readonly FitPoint[],
  seed: number,
): Fit {
  const fit = { name, abscissa, root, ...powerLaw(points, seed, root), expected, tolerance };
  return { ...fit, passed: strain(fit) <= 1 };
}

/** Above 1 the fit fails, by the rule of docs/model.md, Errors of a method; a fit that is no number fails. */
function strain({ slope, low, high, expected, tolerance }: Omit<Fit, 'passed'>): number {
  const worst = Math.max(Math.abs(slope - expected), (high - low) / 2) / tolerance;
  return Number.isNaN(worst) ? Infinity : worst;
}
