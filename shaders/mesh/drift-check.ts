/**
 * What an approximate method makes of Σ_β r^β (φ(h^β), w1 φ'(h^β) x^β) beside the sum itself, for some particles
 * (d ≤ 2), with the bounds of their cells and the particles themselves.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Share } from '../bindings.ts';
import { bounds } from './cell-errors.ts';
import { meshSlopes } from './slopes.ts';
import { WORKGROUP } from '../particle.ts';
import { directSlopes } from '../slopes.ts';
import type { NodeOptions } from './node-values.ts';
import type { Shader } from '../../src/gpu/layout.ts';

export function driftCheck({ activation, d }: NodeOptions): Shader {
  const direct = directSlopes({ activation, d, p: 1, state: 'theta', count: 'share.m' });
  const mesh = meshSlopes({ activation, d, p: 1, state: 'theta' });
  const bindings = {
    range: uniform(Range, true),
    share: uniform(Share),
    ...mesh.bindings,
    ...direct.bindings,
    theta: input('vec4f'),
    cells: input('vec4f'),
    chosen: input('u32'),
    slopes: output('vec4f'),
  };
  const code = wgsl`
${declare(bindings)}
${direct.helpers}
${mesh.helpers}

fn exact(at0: u32) -> vec4f {
  ${direct.sums}
  var sum = vec4f();
  ${direct.each(0, (_k, _state, slope) => `sum = ${slope};`)}
  return sum;
}

fn approximate(at0: u32) -> vec4f {
  ${mesh.sums}
  var sum = vec4f();
  ${mesh.each(0, (_k, _state, slope) => `sum = ${slope};`)}
  return sum;
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let k = range.first + id.x;
  if (k >= range.end) { return; }
  if (chosen[k] < share.first || chosen[k] - share.first >= share.n) { return; }
  let at = chosen[k] - share.first;
  let t = theta[at];
  ${bounds(d, 't')}
  slopes[4u * k] = approximate(at);
  slopes[4u * k + 1u] = exact(at);
  slopes[4u * k + 2u] = vec4f(by_u + by_v, 0.0);
  slopes[4u * k + 3u] = t;
}`;
  return { name: `drift check ${activation} d=${d}`, bindings, code };
}
