/** Ticks of logarithmic axes. */
import { tickText } from './ticks.ts';
import type uPlot from './uplot.ts';

/** Decades beyond which only powers of ten are marked. */
const MANY = 4;

/**
 * The numbers of one digit and zeros in [min, max], 0 < min < max; the powers of ten alone where there are
 * many.
 */
export function logTicks(min: number, max: number): number[] {
  const low = Math.floor(Math.log10(min));
  const decades = Math.max(1, Math.floor(Math.log10(max)) - low + 1);
  const digits = decades > MANY ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  return Array.from({ length: decades }, (_, i) => digits.map((digit) => Number(`${digit}e${low + i}`)))
    .flat()
    .filter((value) => value >= min && value <= max);
}

/** Powers of ten have a text; 2 and 5 as well where there are not two of them. */
function marked(ticks: readonly number[]): string[] {
  const digit = (value: number): number => Number(value.toExponential(0)[0]);
  const few = ticks.filter((value) => digit(value) === 1).length < 2;
  return ticks.map((value) => ((few ? [1, 2, 5] : [1]).includes(digit(value)) ? tickText(value) : ''));
}

/** For uPlot, whose own ticks never end on ranges such as [0.99e-3, 10]. */
export const LOG_TICKS = {
  splits: (_: uPlot, __: number, min: number, max: number) => logTicks(min, max),
  filter: (_: uPlot, splits: number[]) => splits,
  values: (_: uPlot, splits: number[]) => marked(splits),
} satisfies uPlot.Axis;
