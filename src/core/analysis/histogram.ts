/** What a cloud is like along one component: histograms, quantiles, and its root mean square. */

/** Counts of values in equal bins, as densities. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** Share of the values a unit of length [bins]; values outside are counted nowhere. */
  readonly density: Float64Array;
}

export function histogram(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): Histogram {
  const density = new Float64Array(bins);
  const width = (high - low) / bins;
  const unit = 1 / (values.length * width);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i] - low) / width);
    if (bin >= 0 && bin < bins) density[bin] += unit;
    else if (values[i] === high) density[bins - 1] += unit;
  }
  return { low, high, density };
}

/** The p-quantiles of sorted values, 0 ≤ p ≤ 1, linear between neighbours (type 7 of Hyndman and Fan). */
export function quantiles(sorted: ArrayLike<number>, p: readonly number[]): number[] {
  return p.map((share) => {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  });
}

/** The range that holds all but `left` of the values at either end, and a little room. */
export function rangeOf(lists: readonly Float32Array[], left: number): readonly [number, number] {
  const ends = lists.map((list) => quantiles(list.slice().sort(), [left, 1 - left]));
  const low = Math.min(...ends.map(([first]) => first));
  const high = Math.max(...ends.map(([, last]) => last));
  const room = 0.04 * (high - low) || 0.1 * Math.abs(high) || 1;
  return [low - room, high + room];
}

/** Root mean square of `rows` numbers. */
export function rms(valueOf: (row: number) => number, rows: number): number {
  let square = 0;
  for (let j = 0; j < rows; j++) square += valueOf(j) ** 2 / rows;
  return Math.sqrt(square);
}
