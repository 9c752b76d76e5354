/**
 * The sums over all data points where φ is 1-homogeneous and d = 2: ⟨w0, S⟩ and w1 S with the S of the
 * particle's sector. A particle so near a boundary that rounding decides the sign of h goes by the definition.
 */
import { input, uniform } from '../../src/gpu/layout.ts';
import { Sectors } from '../bindings.ts';
import { activation, times } from '../particle.ts';
import { findSector } from './find.ts';
import type { Slopes, SlopesOptions } from '../slopes.ts';

/** Pseudo-angles, those of boundaries included, are right to half of that. */
const TIE = 1e-6;
/** Shorter w0 have lost digits of their direction. */
const SHORTEST = 1e-30;

/** `field` is S of each sector, then (r, x) of each data point. */
export function sectorSlopes({ activation: name, p, state }: SlopesOptions): Slopes {
  const helpers = `${activation({ activation: name })}
${findSector}
fn by_definition(w: vec2f) -> vec3f {
  var sum = vec3f();
  for (var i = 0u; i < sectors.m; i++) {
    let point = field[sectors.boundaries + 1u + i];
    let a = phi_dphi(w.x * point.y + w.y * point.z);
    sum += point.x * vec3f(a.x, a.y * point.yz);
  }
  return sum;
}
fn pull(w: vec2f) -> vec3f {
  let angle = pseudo_angle(w);
  let k = sector_of(angle);
  let clear = angle - bound(k) > ${TIE} && bound(k + 1u) - angle > ${TIE} && abs(w.x) + abs(w.y) > ${SHORTEST};
  if (!clear) { return by_definition(w); }
  let s = field[k].xy;
  return vec3f(dot(w, s), s);
}`;
  return {
    bindings: { sectors: uniform(Sectors), table: input('u32'), field: input('vec4f') },
    helpers,
    sums: times(
      p,
      (i) => `let t${i} = ${state}[at${i}];
  let g${i} = pull(t${i}.yz);`,
    ),
    each: (i, text) => `{ ${text('0u', `t${i}`, `vec4f(g${i}.x, t${i}.x * g${i}.yz, 0.0)`)} }`,
  };
}
