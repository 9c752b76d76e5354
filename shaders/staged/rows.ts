/** Data points with their residuals, read once for all threads of a workgroup, into its memory. */
import { shapeOf } from '../../src/core/shape.ts';
import { BLOCK, component, strideOf, times } from '../particle.ts';
import type { SlopesOptions } from '../slopes.ts';

/** vec4f of a workgroup's memory that staged rows take: half of what every adapter has. */
export const ROOM = 512;
const MOST_POINTS = 256;

/** Points that are read at a time, in whole blocks. */
export const stagedPoints = (stride: number): number =>
  Math.min(MOST_POINTS, Math.floor(ROOM / (stride * BLOCK)) * BLOCK);

/**
 * Texts of what ../slopes.ts reads through workgroup memory. Residuals lie where a row has w1, and where it has none
 * beside the rows.
 */
export function stagedPointsText(options: SlopesOptions, residual: (i: string, k: number) => string) {
  const { c, weights, w1 } = shapeOf(options);
  const stride = strideOf(options);
  const rows = stagedPoints(stride);
  const threads = options.staged!;
  const place = (k: number): string => `rows[i * ${stride}u + ${(w1 + k) >> 2}u].${'xyzw'[(w1 + k) & 3]}`;
  return {
    rows,
    memory: `var<workgroup> rows: array<vec4f, ${rows * stride}>;${weights === 0 ? `\nvar<workgroup> residual_of: array<f32, ${rows}>;` : ''}`,
    /** For points base … */
    fill: `workgroupBarrier();
    for (var i = lane; i < ${rows}u; i += ${threads}u) {
      if (base + i < points) {
        ${times(stride, (k) => `rows[i * ${stride}u + ${k}u] = x[(base + i) * ${stride}u + ${k}u];`)}
        ${weights === 0 ? `residual_of[i] = ${residual('base + i', 0)};` : times(c, (k) => `${place(k)} = ${residual('base + i', k)};`)}
      }
    }
    workgroupBarrier();`,
    x: (i: string, k: number): string => `rows[${i} * ${stride}u + ${k}u]`,
    r: (i: string, k: number): string => (weights === 0 ? `residual_of[${i}]` : component('x', w1 + k)),
  };
}
