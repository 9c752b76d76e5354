/**
 * From node values to the coefficients of the B-splines that interpolate them, cubic in u and quintic in v, and
 * back by the transpose. The exact inverse of a spline's values at the nodes, 1 + z/6 (cubic) and 1 + z/4 +
 * z²/120 (quintic) with z the second difference, is cut off after z³ and z⁴, which leaves an error of order h⁸
 * and h¹⁰: below that of the splines themselves wherever those are of use.
 */
import { FILTER, splinePatch, valuePatch, type Grid } from './grid.ts';

/** Taps 0, ±1, ±2, … of Σ_k a_k z^k. */
function symmetricTaps(series: readonly number[]): readonly number[] {
  const reach = series.length - 1;
  const taps = new Float64Array(2 * reach + 1);
  let power = Float64Array.of(1);
  series.forEach((a, k) => {
    power.forEach((tap, i) => (taps[reach - k + i] += a * tap));
    power = Float64Array.from(
      { length: power.length + 2 },
      (_, i) => (power[i] ?? 0) - 2 * (power[i - 1] ?? 0) + (power[i - 2] ?? 0),
    );
  });
  return Array.from(taps.subarray(reach));
}

export const CUBIC = symmetricTaps([1, -1 / 6, 1 / 36, -1 / 216]);
export const QUINTIC = symmetricTaps([1, -1 / 4, 13 / 240, -11 / 960, 139 / 57600]);

/** Coefficients on splinePatch from values on valuePatch. */
export function coefficients(values: Float64Array, grid: Grid): Float64Array {
  const from = valuePatch(grid);
  const to = splinePatch(grid);
  const out = new Float64Array(to.rows * to.columns);
  const line = new Float64Array(from.columns);
  for (let row = 0; row < to.rows; row++) {
    filterAcross(line, values, (row + FILTER[0]) * from.columns);
    filterAlong(out, row * to.columns, to.columns, line);
  }
  return out;
}

function filterAcross(line: Float64Array, values: Float64Array, at: number): void {
  const [a, b, c, e] = CUBIC;
  const w = line.length;
  for (let j = 0, k = at; j < w; j++, k++) {
    line[j] =
      a * values[k] +
      b * (values[k - w] + values[k + w]) +
      c * (values[k - 2 * w] + values[k + 2 * w]) +
      e * (values[k - 3 * w] + values[k + 3 * w]);
  }
}

function filterAlong(out: Float64Array, at: number, count: number, line: Float64Array): void {
  const [a, b, c, e, f] = QUINTIC;
  for (let j = 0, k = FILTER[1]; j < count; j++, k++) {
    out[at + j] =
      a * line[k] +
      b * (line[k - 1] + line[k + 1]) +
      c * (line[k - 2] + line[k + 2]) +
      e * (line[k - 3] + line[k + 3]) +
      f * (line[k - 4] + line[k + 4]);
  }
}

/** The transpose: values on valuePatch from coefficients on splinePatch. */
export function transposed(coefficients: Float64Array, grid: Grid): Float64Array {
  const from = splinePatch(grid);
  const to = valuePatch(grid);
  const out = new Float64Array(to.rows * to.columns);
  const padded = new Float64Array(to.columns + 2 * FILTER[1]);
  const line = new Float64Array(to.columns);
  for (let row = 0; row < from.rows; row++) {
    padded.set(coefficients.subarray(row * from.columns, (row + 1) * from.columns), 2 * FILTER[1]);
    filterAlong(line, 0, to.columns, padded);
    for (let tap = -FILTER[0]; tap <= FILTER[0]; tap++) {
      const weight = CUBIC[Math.abs(tap)];
      const at = (row + FILTER[0] + tap) * to.columns;
      for (let j = 0; j < to.columns; j++) out[at + j] += weight * line[j];
    }
  }
  return out;
}
