/**
 * Ranges of logarithmic axes. Whole decades only: uPlot 1.6.32 can loop for ever on others, and they read
 * better.
 */

/** Decades a chart shows below its largest value when zeros leave the lower end open. */
const OPEN_DECADES = 6;
const MAX_DECADES = 16;
/** Clear of subnormal numbers; and of those to which uPlot, whose steps have 17 digits, gives no axis: a curve leaves above. */
const LIMIT = { low: -300, high: 15 };

const exponent = (value: number): number => Math.min(LIMIT.high, Math.max(LIMIT.low, Math.log10(value)));

/** The smallest whole decades that hold [min, max]; anything not positive and finite counts as unknown. */
export function logRange(min: number | null | undefined, max: number | null | undefined): [number, number] {
  const known = (value: number | null | undefined): value is number =>
    typeof value === 'number' && value > 0 && value < Infinity;
  if (!known(max)) return known(min) ? logRange(min, min) : [1e-3, 1];
  // 1e-12: log10 of 10^k must not fall a rounding error short of k.
  const top = Math.ceil(exponent(max) - 1e-12);
  const bottom = known(min) && min <= max ? Math.floor(exponent(min) + 1e-12) : top - OPEN_DECADES;
  const low = Math.max(bottom, top - MAX_DECADES);
  return [Number(`1e${Math.min(low, top - 1)}`), Number(`1e${top}`)];
}
