/**
 * Spreads w1 of every particle over the 4 × 6 nodes around it, with the weights that `interpolate` reads g
 * with.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { CloudExtent, Mesh, Share } from '../bindings.ts';
import { position } from '../extent.ts';
import { deposit } from '../fixed.ts';
import { WORKGROUP, times } from '../particle.ts';
import { weights } from './spline.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  share: uniform(Share),
  mesh: uniform(Mesh),
  theta: input('vec4f'),
  cloud: input(CloudExtent),
  deposits: output('atomic<u32>'),
};

export function scatter({ d }: { readonly d: number }): Shader {
  const code = wgsl`
${declare(bindings)}
${deposit}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let j = range.first + id.x;
  if (j >= range.end) { return; }
  let particle = theta[j];
  let p = ${position(d, 'particle')} * mesh.per;
  let inside = all(floor(p) >= mesh.low) && all(floor(p) < mesh.high);
  if (!inside) { return; }
  ${weights}
  let w1 = particle.x * cloud.unit.x;
  let copy = j / ${WORKGROUP}u % mesh.copies * mesh.rows * mesh.columns;
  ${times(
    4,
    (k) => `{
    let row = copy + origin + ${k}u * mesh.columns;
    let share = w1 * u${k};
    ${times(6, (l) => `deposit(row + ${l}u, share * v${l});`)}
  }`,
  )}
}`;
  return { name: `scatter d=${d}`, bindings, code };
}
