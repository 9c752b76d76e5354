/** Curves as a chart wants them: with fewer points and the same look, over one list of x. */

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * At most `limit` ≥ 4 points of a curve with ascending x: its ends, and the lowest and highest point in each of
 * equal stretches along `position` (the axis' own scale). Values that are not finite are kept only as ends.
 */
export function decimate(curve: Curve, limit: number, position: (x: number) => number = (x) => x): Curve {
  const { x, y } = curve;
  const size = x.length;
  if (size <= limit) return curve;
  const buckets = Math.floor(limit / 2) - 1;
  const start = position(x[1]);
  const span = position(x[size - 2]) - start || 1;
  const keep = [0];
  let [bucket, low, high] = [-1, -1, -1];
  const close = (): void => {
    if (low >= 0) keep.push(...(low === high ? [low] : low < high ? [low, high] : [high, low]));
  };
  for (let i = 1; i < size - 1; i++) {
    const here = Math.min(buckets - 1, Math.floor((buckets * (position(x[i]) - start)) / span));
    if (here !== bucket) {
      close();
      [bucket, low, high] = [here, -1, -1];
    }
    if (!Number.isFinite(y[i])) continue;
    if (low < 0 || y[i] < y[low]) low = i;
    if (high < 0 || y[i] > y[high]) high = i;
  }
  close();
  keep.push(size - 1);
  return { x: keep.map((i) => x[i]), y: keep.map((i) => y[i]) };
}

/**
 * Curves with ascending x over the union of their x ≥ `lowest`, of points with the same x the last: null where
 * a value has no logarithm, undefined where a curve has no point.
 */
export function united(
  curves: readonly Curve[],
  lowest: number,
): [x: number[], ...y: (number | null | undefined)[][]] {
  const xs: number[] = [];
  const columns = curves.map((): (number | null | undefined)[] => []);
  const at = curves.map(() => 0);
  for (;;) {
    let here = Infinity;
    for (let c = 0; c < curves.length; c++) here = Math.min(here, curves[c].x[at[c]] ?? Infinity);
    if (here === Infinity) return [xs, ...columns];
    if (here >= lowest) xs.push(here);
    for (let c = 0; c < curves.length; c++) {
      const { x, y } = curves[c];
      let value: number | null | undefined;
      for (; x[at[c]] === here; at[c]++) value = y[at[c]] > 0 && Number.isFinite(y[at[c]]) ? y[at[c]] : null;
      if (here >= lowest) columns[c].push(value);
    }
  }
}
