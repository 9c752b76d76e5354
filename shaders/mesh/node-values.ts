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

export interface NodeValuesOptions extends NodeOptions {
  /** Samples go through workgroup memory, STAGED at a time. Changes no bit. */
  readonly staged?: boolean;
}

/** Of whole blocks. */
const STAGED = 8 * BLOCK;

const bindings = {
  range: uniform(Range, true),
  mesh: uniform(Mesh),
  x: input('vec4f'),
  r: input('f32'),
  values: output('f32'),
};

export function nodeValues({ activation: name, d, staged = false }: NodeValuesOptions): Shader {
  /** The samples from `first` to `stop`, at most a block of them: (r, x) of each is `point`. */
  const block = (first: string, stop: string, point: string): string => `var part = 0.0;
    for (var i = ${first}; i < ${stop}; i++) {
      let point = ${point};
      part += point.x * phi(${d > 1 ? 'at.x * point.y + at.y * point.z' : 'at.y * point.y'});
    }
    total += part;`;
  const point = (i: string): string => `vec3f(r[${i}], x[${i}].yz)`;
  const code = wgsl`
${declare(bindings)}
${activation({ activation: name })}
${staged ? `var<workgroup> points: array<vec3f, ${STAGED}>;` : ''}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let thread = range.first + id.x;
#if ${!staged}
  if (thread >= range.end) { return; }
#endif
  let row = mesh.first_row + thread / mesh.value_columns;
  let column = mesh.first_column + thread % mesh.value_columns;
  let at = vec2f(vec2i(i32(row) + mesh.i, i32(column) + mesh.j)) * mesh.spacing;
  var total = 0.0;
#if ${staged}
  for (var base = 0u; base < mesh.m; base += ${STAGED}u) {
    workgroupBarrier();
    let some = min(${STAGED}u, mesh.m - base);
    for (var i = lane; i < some; i += ${WORKGROUP}u) { points[i] = ${point('base + i')}; }
    workgroupBarrier();
    for (var first = 0u; first < some; first += ${BLOCK}u) {
    ${block('first', `min(first + ${BLOCK}u, some)`, 'points[i]')}
    }
  }
  if (thread >= range.end) { return; }
#else
  for (var base = 0u; base < mesh.m; base += ${BLOCK}u) {
    ${block('base', `min(base + ${BLOCK}u, mesh.m)`, point('i'))}
  }
#endif
  values[row * mesh.columns + column] = total;
}`;
  return { name: `node values ${name} d=${d}${staged ? ' staged' : ''}`, bindings, code };
}
