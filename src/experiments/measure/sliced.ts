/**
 * Sliced W2 between two coupled samples in R^D, block by block: W2 along random lines, where sorting is the
 * optimal transport.
 */
import { Draws, STREAMS } from '../../core/random.ts';
import type { Theta } from '../../engines/engine.ts';

const LINES = 8;

/** Unit vectors of R^D, the same whatever is measured. */
export function directions(D: number): Float64Array[] {
  const draws = new Draws(0, STREAMS.sample);
  return Array.from({ length: LINES }, (_, line) => {
    draws.seek(line);
    const v = Float64Array.from({ length: D }, () => draws.normal());
    const length = Math.hypot(...v);
    return v.map((entry) => entry / length);
  });
}

/**
 * Differences of the two samples' quantiles along every line, scaled so that their square is W2² averaged over
 * lines. A sample is rows [D] one after the other in p and in q; because both are made from the same draws,
 * most of the sampling noise of the quantiles is not in their difference.
 */
export function quantileDifferences(p: Float64Array, q: Float64Array, D: number): Float64Array {
  const rows = p.length / D;
  const out = new Float64Array(rows * LINES);
  const scale = 1 / Math.sqrt(rows * LINES);
  directions(D).forEach((v, line) => {
    const [first, second] = [p, q].map((sample) => along(sample, v, rows).sort());
    for (let i = 0; i < rows; i++) out[line * rows + i] = scale * (first[i] - second[i]);
  });
  return out;
}

function along(sample: Float64Array, v: Float64Array, rows: number): Float64Array {
  const D = v.length;
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) for (let c = 0; c < D; c++) out[i] += v[c] * sample[i * D + c];
  return out;
}

/**
 * The first floor(n/k)·k particles of a system [n, 1 + d] as rows of k particles each, [floor(n/k), k (1 + d)].
 */
export const tuples = (theta: Theta, width: number, k: number): Float64Array => {
  const n = theta.length / width;
  return new Float64Array(theta.subarray(0, Math.floor(n / k) * k * width));
};
