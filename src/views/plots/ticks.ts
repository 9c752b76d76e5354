/** Round numbers for axes. */

/** Multiples of a round step inside [low, high], at most about `count` of them, but two or more. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [low];
  const rough = (high - low) / Math.max(1, count);
  const steps = [0.5, 1, 2, 5, 10].map((k) => k * 10 ** Math.floor(Math.log10(rough)));
  const at = steps.findIndex((step) => step >= rough * 0.999);
  const values = multiples(low, high, steps[at]);
  return values.length > 1 ? values : multiples(low, high, steps[at - 1]);
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** A tick's text: no rounding noise, no long tails of zeros, a true minus sign. */
export function tickText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e5 || size < 1e-3
      ? value.toExponential(1).replace('.0e', 'e').replace('e+', 'e')
      : String(Number(value.toPrecision(6)));
  return text.replace(/-/g, '−');
}
