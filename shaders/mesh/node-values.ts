/** Σ_β r^β φ(⟨w, x^β⟩) at every node w whose value matters. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh } from '../bindings.ts';
import { BLOCK, WORKGROUP, activation } from '../particle.ts';
import type { ActivationChoice } from '../../src/core/activations/parametric.ts';
import type { Shader } from '../../src/gpu/layout.ts';

export interface NodeOptions {
  readonly activation: ActivationChoice;
  readonly d: number;
}

const bindings = {
  range: uniform(Range, true),
  mesh: uniform(Mesh),
  x: input('vec4f'),
  r: input('f32'),
  values: output('f32'),
};

export function nodeValues({ activation: name, d }: NodeOptions): Shader {
  const code = wgsl`
${declare(bindings)}
${activation({ activation: name })}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }
  let row = mesh.first_row + thread / mesh.value_columns;
  let column = mesh.first_column + thread % mesh.value_columns;
  let at = vec2f(vec2i(i32(row) + mesh.i, i32(column) + mesh.j)) * mesh.spacing;
  var total = 0.0;
  for (var base = 0u; base < mesh.m; base += ${BLOCK}u) {
    var part = 0.0;
    let stop = min(base + ${BLOCK}u, mesh.m);
    for (var i = base; i < stop; i++) {
#if ${d > 1}
      let h = at.x * x[i].y + at.y * x[i].z;
#else
      let h = at.y * x[i].y;
#endif
      part += r[i] * phi(h);
    }
    total += part;
  }
  values[row * mesh.columns + column] = total;
}`;
  return { name: `node values ${name} d=${d}`, bindings, code };
}
