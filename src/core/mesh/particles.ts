/**
 * Particles on the grid: the spline of g and its exact gradient at w0 (`gather`), and the transpose, which
 * spreads w1 with the same 4 × 6 weights (`scatter`). Straight-line code, since these two loops are what a step
 * of a million particles costs.
 */
import { shapeOf } from '../shape.ts';
import { splinePatch, SPLINE, type Grid } from './grid.ts';

/**
 * b = −(g, w1 ∂_u g, w1 ∂_v g) of particles first … last − 1 into b [last − first, 1 + d], from coefficients C
 * on splinePatch.
 */
export function gather(
  b: Float64Array,
  theta: Float64Array,
  first: number,
  last: number,
  d: number,
  C: Float64Array,
  grid: Grid,
): void {
  const { width } = shapeOf({ d });
  const perU = 1 / grid.hu;
  const perV = 1 / grid.hv;
  const { i, j, columns } = splinePatch(grid);
  for (let at = first * width, out = 0; at < last * width; at += width, out += width) {
    const p = d > 1 ? theta[at + 1] * perU : 0;
    const q = theta[at + d] * perV;
    const iu = Math.floor(p);
    const jv = Math.floor(q);
    const s = p - iu;
    const t = q - jv;
    const s1 = 1 - s;
    const t1 = 1 - t;
    const ss = s * s;
    const tt = t * t;
    const tt1 = t1 * t1;
    // Quintic weights v0 … v5, and from the quartic ones e0 … e4 their derivatives z0 … z5
    const v0 = tt1 * tt1 * t1 * (1 / 120);
    const v1 = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) * (1 / 120);
    const v2 = (66 + tt * (-60 + tt * (30 - 10 * t))) * (1 / 120);
    const v3 = (66 + tt1 * (-60 + tt1 * (30 - 10 * t1))) * (1 / 120);
    const v5 = tt * tt * t * (1 / 120);
    const v4 = 1 - v0 - v1 - v2 - v3 - v5;
    const e0 = tt1 * tt1 * (1 / 24);
    const e1 = (11 + t * (-12 + t * (-6 + t * (12 - 4 * t)))) * (1 / 24);
    const e4 = tt * tt * (1 / 24);
    const e3 = (1 + t * (4 + t * (6 + t * (4 - 4 * t)))) * (1 / 24);
    const e2 = 1 - e0 - e1 - e3 - e4;
    const z1 = e0 - e1;
    const z2 = e1 - e2;
    const z3 = e2 - e3;
    const z4 = e3 - e4;
    const k = ((iu - SPLINE[0] - i) * columns + (jv - SPLINE[1] - j)) | 0;
    const l = (k + columns) | 0;
    const m = (l + columns) | 0;
    const n = (m + columns) | 0;
    const k0 = C[k];
    const k1 = C[k + 1];
    const k2 = C[k + 2];
    const k3 = C[k + 3];
    const k4 = C[k + 4];
    const k5 = C[k + 5];
    const g0 = v0 * k0 + v1 * k1 + v2 * k2 + v3 * k3 + v4 * k4 + v5 * k5;
    const h0 = z1 * k1 + z2 * k2 + z3 * k3 + z4 * k4 + e4 * k5 - e0 * k0;
    const l0 = C[l];
    const l1 = C[l + 1];
    const l2 = C[l + 2];
    const l3 = C[l + 3];
    const l4 = C[l + 4];
    const l5 = C[l + 5];
    const g1 = v0 * l0 + v1 * l1 + v2 * l2 + v3 * l3 + v4 * l4 + v5 * l5;
    const h1 = z1 * l1 + z2 * l2 + z3 * l3 + z4 * l4 + e4 * l5 - e0 * l0;
    const m0 = C[m];
    const m1 = C[m + 1];
    const m2 = C[m + 2];
    const m3 = C[m + 3];
    const m4 = C[m + 4];
    const m5 = C[m + 5];
    const g2 = v0 * m0 + v1 * m1 + v2 * m2 + v3 * m3 + v4 * m4 + v5 * m5;
    const h2 = z1 * m1 + z2 * m2 + z3 * m3 + z4 * m4 + e4 * m5 - e0 * m0;
    const n0 = C[n];
    const n1 = C[n + 1];
    const n2 = C[n + 2];
    const n3 = C[n + 3];
    const n4 = C[n + 4];
    const n5 = C[n + 5];
    const g3 = v0 * n0 + v1 * n1 + v2 * n2 + v3 * n3 + v4 * n4 + v5 * n5;
    const h3 = z1 * n1 + z2 * n2 + z3 * n3 + z4 * n4 + e4 * n5 - e0 * n0;
    // Cubic weights u0 … u3, and below their derivatives y0 … y3
    const u0 = s1 * s1 * s1 * (1 / 6);
    const u1 = (4 + ss * (3 * s - 6)) * (1 / 6);
    const u3 = ss * s * (1 / 6);
    const u2 = 1 - u0 - u1 - u3;
    const w1 = theta[at];
    b[out] = -(u0 * g0 + u1 * g1 + u2 * g2 + u3 * g3);
    b[out + d] = -w1 * perV * (u0 * h0 + u1 * h1 + u2 * h2 + u3 * h3);
    if (d === 1) continue;
    const y0 = -0.5 * s1 * s1;
    const y1 = s * (1.5 * s - 2);
    const y3 = 0.5 * ss;
    const y2 = -(y0 + y1 + y3);
    b[out + 1] = -w1 * perU * (y0 * g0 + y1 * g1 + y2 * g2 + y3 * g3);
  }
}

/**
 * Adds w1 times the weights of the spline at w0 to S on splinePatch. False: a particle lies outside the grid,
 * or nowhere (NaN).
 */
export function scatter(
  S: Float64Array,
  theta: Float64Array,
  first: number,
  last: number,
  d: number,
  grid: Grid,
): boolean {
  const { width } = shapeOf({ d });
  const perU = 1 / grid.hu;
  const perV = 1 / grid.hv;
  const { i, j, columns } = splinePatch(grid);
  const { iFirst, iLast, jFirst, jLast } = grid;
  for (let at = first * width; at < last * width; at += width) {
    const p = d > 1 ? theta[at + 1] * perU : 0;
    const q = theta[at + d] * perV;
    const iu = Math.floor(p);
    const jv = Math.floor(q);
    const s = p - iu;
    const t = q - jv;
    const s1 = 1 - s;
    const t1 = 1 - t;
    const ss = s * s;
    const tt = t * t;
    const tt1 = t1 * t1;
    if (!(iu >= iFirst && iu < iLast && jv >= jFirst && jv < jLast)) return false;
    const v0 = tt1 * tt1 * t1 * (1 / 120);
    const v1 = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) * (1 / 120);
    const v2 = (66 + tt * (-60 + tt * (30 - 10 * t))) * (1 / 120);
    const v3 = (66 + tt1 * (-60 + tt1 * (30 - 10 * t1))) * (1 / 120);
    const v5 = tt * tt * t * (1 / 120);
    const v4 = 1 - v0 - v1 - v2 - v3 - v5;
    const w1 = theta[at];
    const u0 = w1 * (s1 * s1 * s1 * (1 / 6));
    const u1 = w1 * ((4 + ss * (3 * s - 6)) * (1 / 6));
    const u3 = w1 * (ss * s * (1 / 6));
    const u2 = w1 - u0 - u1 - u3;
    const k = ((iu - SPLINE[0] - i) * columns + (jv - SPLINE[1] - j)) | 0;
    const l = (k + columns) | 0;
    const m = (l + columns) | 0;
    const n = (m + columns) | 0;
    S[k] += u0 * v0;
    S[k + 1] += u0 * v1;
    S[k + 2] += u0 * v2;
    S[k + 3] += u0 * v3;
    S[k + 4] += u0 * v4;
    S[k + 5] += u0 * v5;
    S[l] += u1 * v0;
    S[l + 1] += u1 * v1;
    S[l + 2] += u1 * v2;
    S[l + 3] += u1 * v3;
    S[l + 4] += u1 * v4;
    S[l + 5] += u1 * v5;
    S[m] += u2 * v0;
    S[m + 1] += u2 * v1;
    S[m + 2] += u2 * v2;
    S[m + 3] += u2 * v3;
    S[m + 4] += u2 * v4;
    S[m + 5] += u2 * v5;
    S[n] += u3 * v0;
    S[n + 1] += u3 * v1;
    S[n + 2] += u3 * v2;
    S[n + 3] += u3 * v3;
    S[n + 4] += u3 * v4;
    S[n + 5] += u3 * v5;
  }
  return true;
}
