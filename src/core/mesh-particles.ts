/**
 * Particles on the grid: the spline of g and its exact gradient at w0 (`gather`), and the transpose, which spreads w1 with the same
 * 4 × 6 weights (`scatter`). Straight-line code, since these two loops are what a step of a million particles costs.
 */
import { splinePatch, SPLINE, type Grid } from './mesh-grid.ts';

/** b = −(g, w1 ∂_u g, w1 ∂_v g) of particles first … last − 1 into b [last − first, 1 + d], from coefficients C on splinePatch. */
export function gather(b: Float64Array, theta: Float64Array, first: number, last: number, d: number, C: Float64Array, grid: Grid): void {
  const width = 1 + d, perU = 1 / grid.hu, perV = 1 / grid.hv, { i, j, columns } = splinePatch(grid);
  for (let at = first * width, out = 0; at < last * width; at += width, out += width) {
    const p = d > 1 ? theta[at + 1] * perU : 0, q = theta[at + d] * perV;
    const iu = Math.floor(p), jv = Math.floor(q), s = p - iu, t = q - jv, s1 = 1 - s, t1 = 1 - t, ss = s * s, tt = t * t, tt1 = t1 * t1;
    // Quintic weights v0 … v5, and from the quartic ones e0 … e4 their derivatives z0 … z5
    const v0 = tt1 * tt1 * t1 * (1 / 120), v1 = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) * (1 / 120);
    const v2 = (66 + tt * (-60 + tt * (30 - 10 * t))) * (1 / 120), v3 = (66 + tt1 * (-60 + tt1 * (30 - 10 * t1))) * (1 / 120);
    const v5 = tt * tt * t * (1 / 120), v4 = 1 - v0 - v1 - v2 - v3 - v5;
    const e0 = tt1 * tt1 * (1 / 24), e1 = (11 + t * (-12 + t * (-6 + t * (12 - 4 * t)))) * (1 / 24), e4 = tt * tt * (1 / 24);
    const e3 = (1 + t * (4 + t * (6 + t * (4 - 4 * t)))) * (1 / 24), e2 = 1 - e0 - e1 - e3 - e4;
    const z1 = e0 - e1, z2 = e1 - e2, z3 = e2 - e3, z4 = e3 - e4;
    const k = (iu - SPLINE[0] - i) * columns + (jv - SPLINE[1] - j), l = k + columns, m = l + columns, n = m + columns;
    const g0 = v0 * C[k] + v1 * C[k + 1] + v2 * C[k + 2] + v3 * C[k + 3] + v4 * C[k + 4] + v5 * C[k + 5];
    const g1 = v0 * C[l] + v1 * C[l + 1] + v2 * C[l + 2] + v3 * C[l + 3] + v4 * C[l + 4] + v5 * C[l + 5];
    const g2 = v0 * C[m] + v1 * C[m + 1] + v2 * C[m + 2] + v3 * C[m + 3] + v4 * C[m + 4] + v5 * C[m + 5];
    const g3 = v0 * C[n] + v1 * C[n + 1] + v2 * C[n + 2] + v3 * C[n + 3] + v4 * C[n + 4] + v5 * C[n + 5];
    // Cubic weights u0 … u3, and below their derivatives y0 … y3
    const u0 = s1 * s1 * s1 * (1 / 6), u1 = (4 + ss * (3 * s - 6)) * (1 / 6), u3 = ss * s * (1 / 6), u2 = 1 - u0 - u1 - u3;
    const h0 = z1 * C[k + 1] + z2 * C[k + 2] + z3 * C[k + 3] + z4 * C[k + 4] + e4 * C[k + 5] - e0 * C[k];
    const h1 = z1 * C[l + 1] + z2 * C[l + 2] + z3 * C[l + 3] + z4 * C[l + 4] + e4 * C[l + 5] - e0 * C[l];
    const h2 = z1 * C[m + 1] + z2 * C[m + 2] + z3 * C[m + 3] + z4 * C[m + 4] + e4 * C[m + 5] - e0 * C[m];
    const h3 = z1 * C[n + 1] + z2 * C[n + 2] + z3 * C[n + 3] + z4 * C[n + 4] + e4 * C[n + 5] - e0 * C[n];
    const w1 = theta[at];
    b[out] = -(u0 * g0 + u1 * g1 + u2 * g2 + u3 * g3);
    b[out + d] = -w1 * perV * (u0 * h0 + u1 * h1 + u2 * h2 + u3 * h3);
    if (d === 1) continue;
    const y0 = -0.5 * s1 * s1, y1 = s * (1.5 * s - 2), y3 = 0.5 * ss, y2 = -(y0 + y1 + y3);
    b[out + 1] = -w1 * perU * (y0 * g0 + y1 * g1 + y2 * g2 + y3 * g3);
  }
}

/** Adds w1 times the weights of the spline at w0 to S on splinePatch. False: a particle lies outside the grid, or nowhere (NaN). */
export function scatter(S: Float64Array, theta: Float64Array, first: number, last: number, d: number, grid: Grid): boolean {
  const width = 1 + d, perU = 1 / grid.hu, perV = 1 / grid.hv, { i, j, columns } = splinePatch(grid);
  const { iFirst, iLast, jFirst, jLast } = grid;
  for (let at = first * width; at < last * width; at += width) {
    const p = d > 1 ? theta[at + 1] * perU : 0, q = theta[at + d] * perV;
    const iu = Math.floor(p), jv = Math.floor(q), s = p - iu, t = q - jv, s1 = 1 - s, t1 = 1 - t, ss = s * s, tt = t * t, tt1 = t1 * t1;
    if (!(iu >= iFirst && iu < iLast && jv >= jFirst && jv < jLast)) return false;
    const v0 = tt1 * tt1 * t1 * (1 / 120), v1 = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) * (1 / 120);
    const v2 = (66 + tt * (-60 + tt * (30 - 10 * t))) * (1 / 120), v3 = (66 + tt1 * (-60 + tt1 * (30 - 10 * t1))) * (1 / 120);
    const v5 = tt * tt * t * (1 / 120), v4 = 1 - v0 - v1 - v2 - v3 - v5;
    const w1 = theta[at], u0 = w1 * (s1 * s1 * s1 * (1 / 6)), u1 = w1 * ((4 + ss * (3 * s - 6)) * (1 / 6)), u3 = w1 * (ss * s * (1 / 6));
    const u2 = w1 - u0 - u1 - u3;
    const k = (iu - SPLINE[0] - i) * columns + (jv - SPLINE[1] - j);
    for (let row = 0, l = k; row < 4; row++, l += columns) {
      const u = row < 2 ? (row === 0 ? u0 : u1) : row === 2 ? u2 : u3;
      S[l] += u * v0;
      S[l + 1] += u * v1;
      S[l + 2] += u * v2;
      S[l + 3] += u * v3;
      S[l + 4] += u * v4;
      S[l + 5] += u * v5;
    }
  }
  return true;
}
