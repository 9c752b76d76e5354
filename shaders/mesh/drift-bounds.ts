/**
 * Bounds of all particles' errors of drift, without atomics: LANES threads look at every LANES-th particle. A lane notes
 * Σ b², the largest shares of u's spacing and of v's, which of its particles has the largest bound, and of all others
 * the largest bounds of (w1, u, v) and the largest |w1|.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh, Share } from '../bindings.ts';
import { LANES, position } from '../extent.ts';
import { WORKGROUP } from '../particle.ts';
import { bounds } from './cell-errors.ts';
import { interpolate } from './spline.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  share: uniform(Share),
  mesh: uniform(Mesh),
  theta: input('vec4f'),
  spline: input('f32'),
  cells: input('vec4f'),
  lanes: output('vec4f'),
  chosen: output('u32'),
};

/** lanes[3 k] = (bounds of the others, Σ b²), (shares of u and v, their |w1|, the largest bound), (its bounds, its |w1|). */
export function driftBounds({ d }: { readonly d: number }): Shader {
  const code = wgsl`
${declare(bindings)}
${interpolate}

fn largest(a: vec3f) -> f32 { return max(a.x, max(a.y, a.z)); }

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var others = vec4f();
  var noted = vec4f(0.0, 0.0, 0.0, -1.0);
  var first_of_all = vec4f();
  var worst = 0u;
  if (share.first > 0u) {
    others = lanes[3u * id.x];
    noted = lanes[3u * id.x + 1u];
    first_of_all = lanes[3u * id.x + 2u];
    worst = chosen[id.x];
  }
  for (var j = id.x; j < share.n; j += ${LANES}u) {
    let t = theta[j];
    ${bounds(d, 't')}
    let b = weight * interpolate(${position(d, 't')});
    var other = vec4f(by_u + by_v, abs(t.x));
    let own = largest(other.xyz);
    if (own > noted.w) {
      let before = first_of_all;
      first_of_all = other;
      other = before;
      worst = share.first + j;
    }
    others = vec4f(max(others.xyz, other.xyz), others.w + dot(b, b));
    noted = max(noted, vec4f(largest(by_u), largest(by_v), other.w, own));
  }
  lanes[3u * id.x] = others;
  lanes[3u * id.x + 1u] = noted;
  lanes[3u * id.x + 2u] = first_of_all;
  chosen[id.x] = worst;
}`;
  return { name: `drift bounds d=${d}`, bindings, code };
}
