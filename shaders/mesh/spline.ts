/**
 * Particles on the grid of core/mesh/grid.ts, as on the CPU: splines cubic in u and quintic in v. WGSL texts
 * over a particle at `cell` + (s, t) in units of the spacings; the arrays over the grid are those of `mesh`,
 * row-major.
 */
import { SPLINE } from '../../src/core/mesh/grid.ts';
import { times } from '../particle.ts';

/**
 * From `p` = (u, v) over the spacings: `origin`, the first of 4 × 6 nodes, and the weights u0 … u3, v0 … v5.
 */
export const weights = `let cell = floor(p);
  let s = p.x - cell.x;
  let t = p.y - cell.y;
  let origin = u32((i32(cell.x) - ${SPLINE[0]} - mesh.i) * i32(mesh.columns) + i32(cell.y) - ${SPLINE[1]} - mesh.j);
  let s1 = 1.0 - s;
  let t1 = 1.0 - t;
  let ss = s * s;
  let tt = t * t;
  let tt1 = t1 * t1;
  let u0 = s1 * s1 * s1 * ${1 / 6};
  let u1 = (4.0 + ss * (3.0 * s - 6.0)) * ${1 / 6};
  let u3 = ss * s * ${1 / 6};
  let u2 = 1.0 - u0 - u1 - u3;
  let v0 = tt1 * tt1 * t1 * ${1 / 120};
  let v1 = (26.0 + t * (-50.0 + t * (20.0 + t * (20.0 + t * (-20.0 + 5.0 * t))))) * ${1 / 120};
  let v2 = (66.0 + tt * (-60.0 + tt * (30.0 - 10.0 * t))) * ${1 / 120};
  let v3 = (66.0 + tt1 * (-60.0 + tt1 * (30.0 - 10.0 * t1))) * ${1 / 120};
  let v5 = tt * tt * t * ${1 / 120};
  let v4 = 1.0 - v0 - v1 - v2 - v3 - v5;`;

/** Their derivatives y0 … y3, z0 … z5. */
const derivatives = `let y0 = -0.5 * s1 * s1;
  let y1 = s * (1.5 * s - 2.0);
  let y3 = 0.5 * ss;
  let y2 = -(y0 + y1 + y3);
  let e0 = tt1 * tt1 * ${1 / 24};
  let e1 = (11.0 + t * (-12.0 + t * (-6.0 + t * (12.0 - 4.0 * t)))) * ${1 / 24};
  let e3 = (1.0 + t * (4.0 + t * (6.0 + t * (4.0 - 4.0 * t)))) * ${1 / 24};
  let e4 = tt * tt * ${1 / 24};
  let e2 = 1.0 - e0 - e1 - e3 - e4;
  let z0 = -e0;
  let z1 = e0 - e1;
  let z2 = e1 - e2;
  let z3 = e2 - e3;
  let z4 = e3 - e4;
  let z5 = e4;`;

const along = (row: number, weight: 'v' | 'z'): string =>
  times(6, (l) => `${weight}${l} * c${row}_${l}`, ' + ');
const across = (weight: 'u' | 'y', line: 'g' | 'h'): string =>
  times(4, (k) => `${weight}${k} * ${line}${k}`, ' + ');

/** fn interpolate(at = (u, v)) of the spline with coefficients `spline`: its value, its slope in u and in v. */
export const interpolate = `fn interpolate(at: vec2f) -> vec3f {
  let p = at * mesh.per;
  ${weights}
  ${derivatives}
  ${times(
    4,
    (k) => `let row${k} = origin + ${k}u * mesh.columns;
  ${times(6, (l) => `let c${k}_${l} = spline[row${k} + ${l}u];`)}
  let g${k} = ${along(k, 'v')};
  let h${k} = ${along(k, 'z')};`,
  )}
  return vec3f(${across('u', 'g')}, mesh.per.x * (${across('y', 'g')}), mesh.per.y * (${across('u', 'h')}));
}`;
