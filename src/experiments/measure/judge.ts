/**
 * From what was measured to result.json's points, fits, checks and verdict: all that a person needs to come to
 * the verdict again.
 */
import { blockMeans, meanOf, powerLaw, simultaneous95, type PowerLaw } from '../../core/analysis/statistics.ts';
import type { Check, Measured, Series } from './measurement.ts';
import { pointsIn, type Panel } from './panel.ts';

export const VERDICTS = ['holds', 'fails', 'undecided'] as const;
/** Undecided: what was seen allows either. */
export type Verdict = (typeof VERDICTS)[number];

export interface Fit {
  readonly name: string;
  /** What x is. */
  readonly abscissa: string;
  /** Of log |value| / root against log x. */
  readonly root: number;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  /** Holds all slopes of the result at once, 95 times in 100 and more: which one of many is off, chance alone decides else. */
  readonly simultaneous: { readonly method: string; readonly low: number; readonly high: number };
  readonly expected: number;
  readonly tolerance: number;
  /** How far what is expected lies outside `simultaneous`: an error that is not of sampling, but of finite n or dt. */
  readonly bias: number;
  readonly caveat?: string;
  readonly verdict: Verdict;
  /** It holds. */
  readonly passed: boolean;
}

export type JudgedCheck = Check & { readonly verdict: Verdict; readonly passed: boolean };

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

export interface Judgement {
  readonly points: readonly Point[];
  /** The fit nearest to failing. */
  readonly fit?: Fit;
  readonly fits?: readonly Fit[];
  readonly checks?: readonly JudgedCheck[];
  /** Their curves, where there are any, are among the points. */
  readonly panels?: readonly Panel[];
  /** That of the worst of them. */
  readonly verdict: Verdict;
  readonly passed: boolean;
}

const BLOCKS = 256;

export function judge({ series, checks, panels, seen = [] }: Measured, seed: number): Judgement {
  const points = series.map(pointsOf);
  const fits = series.map((one, i) => fitOf(one, points[i], seed, series.length));
  const judged = checks.map(judgedCheck);
  const verdict = worstOf([...fits, ...judged].map((one) => one.verdict));
  return {
    points: [...points.flat(), ...pointsIn(panels ?? []), ...seen],
    ...(panels && { panels }),
    ...(fits.length > 0 && {
      fit: fits.reduce((worst, fit) => (strain(fit) > strain(worst) ? fit : worst)),
      fits,
    }),
    ...(judged.length > 0 && { checks: judged }),
    verdict,
    passed: verdict === 'holds',
  };
}

/** Of some; `holds` where there is none. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict =>
  (['fails', 'undecided'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'holds';

/** Whether more replicas would decide what is undecided: no slope says that something else keeps it so. */
export const wantsReplicas = (fits: readonly Fit[] = []): boolean =>
  !fits.some(({ verdict, caveat }) => verdict === 'undecided' && caveat !== undefined);

/** How far a number is from where it should be. */
export function deviation({ value, expected, side }: Check): number {
  const above = value - expected;
  return side === undefined ? Math.abs(above) : Math.max(0, side === 'least' ? -above : above);
}

/** What is expected, in words. */
export const expectation = (
  { expected, tolerance, side }: Pick<Check, 'expected' | 'tolerance' | 'side'>,
  short: (value: number) => string,
): string =>
  side === undefined
    ? `${short(expected)} ± ${short(tolerance)}`
    : side === 'least'
      ? `at least ${short(expected - tolerance)}`
      : `at most ${short(expected + tolerance)}`;

function pointsOf({ name, levels }: Series): FitPoint[] {
  return levels.map(({ x, n, values }) => {
    const blocks = blockMeans(values, BLOCKS);
    return { fit: name, x, n, ...meanOf(blocks), values: blocks };
  });
}

function judgedCheck(check: Check): JudgedCheck {
  const passed = deviation(check) <= check.tolerance;
  return { ...check, verdict: passed ? 'holds' : (check.otherwise ?? 'fails'), passed };
}

function fitOf(
  { name, abscissa, expected, tolerance, root = 1, caveat }: Series,
  points: readonly FitPoint[],
  seed: number,
  count: number,
): Fit {
  const { error, ...law } = powerLaw(points, seed, root);
  const simultaneous = {
    method: `Bonferroni over ${count} slopes, normal`,
    low: law.slope - simultaneous95(count) * error,
    high: law.slope + simultaneous95(count) * error,
  };
  const bias = Math.max(0, simultaneous.low - expected, expected - simultaneous.high);
  const fit = { name, abscissa, root, ...law, simultaneous, expected, tolerance, bias };
  const apart = caveat === undefined && !(bias <= tolerance);
  const verdict = strain(fit) <= 1 ? 'holds' : apart ? 'fails' : 'undecided';
  return { ...fit, ...(caveat !== undefined && { caveat }), verdict, passed: verdict === 'holds' };
}

type Judged = Omit<PowerLaw, 'error'> & Pick<Series, 'expected' | 'tolerance'>;

/** Above 1 the fit does not hold, by the rule of docs/model.md, Errors of a method; nor does one that is no number. */
function strain({ slope, low, high, expected, tolerance }: Judged): number {
  const worst = Math.max(Math.abs(slope - expected), (high - low) / 2) / tolerance;
  return Number.isNaN(worst) ? Infinity : worst;
}
