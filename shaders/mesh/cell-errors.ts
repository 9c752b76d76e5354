/**
 * How far the spline is from g in every cell, as core/mesh/cell-errors.ts finds it, from values that are sums over all
 * pairs, or as good as these: nodes miss nothing but their rounding.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { RULES_U, RULES_V, type Rules } from '../../src/core/mesh/cell-errors.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh } from '../bindings.ts';
import { position } from '../extent.ts';
import { WORKGROUP, times } from '../particle.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  mesh: uniform(Mesh),
  values: input('f32'),
  cells: output('vec4f'),
};

/** fn NAME(at, stride): along a line of nodes the error of the value, and the largest of the slope. */
function along(name: string, { own: { value, slopes } }: Rules): string {
  const weighed = (weights: Float64Array): string =>
    Array.from(weights, (weight, k) => `${weight.toExponential(9)} * g${k}`).join(' + ');
  return `fn ${name}(at: u32, stride: u32) -> vec2f {
  ${times(value.length, (k) => `let g${k} = values[at + ${k}u * stride];`)}
  var slope = 0.0;
  ${times(slopes.length, (k) => `slope = max(slope, abs(${weighed(slopes[k])}));`)}
  return vec2f(${weighed(value)}, slope);
}`;
}

export function cellErrors(): Shader {
  const code = wgsl`
${declare(bindings)}
${along('along_u', RULES_U)}
${along('along_v', RULES_V)}

/** On two lines: the larger errors of value and slope, and how far their values are apart. */
fn over(p: vec2f, q: vec2f) -> vec3f {
  return vec3f(max(abs(p), abs(q)), abs(p.x - q.x));
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let node = range.first + id.x;
  if (node >= range.end) { return; }
  let cell = vec2f(vec2i(i32(node / mesh.columns) + mesh.i, i32(node % mesh.columns) + mesh.j));
  if (!(all(cell >= mesh.low) && all(cell < mesh.high))) { return; }
  let u = over(
    along_u(node - ${-RULES_U.first}u * mesh.columns, mesh.columns),
    along_u(node + 1u - ${-RULES_U.first}u * mesh.columns, mesh.columns),
  );
  let v = over(
    along_v(node - ${-RULES_V.first}u, 1u),
    along_v(node + mesh.columns - ${-RULES_V.first}u, 1u),
  );
  cells[2u * node] = vec4f(u.x, u.y * mesh.per.x, u.z * mesh.per.y, 0.0);
  cells[2u * node + 1u] = vec4f(v.x, v.z * mesh.per.x, v.y * mesh.per.y, 0.0);
}`;
  return { name: 'cell errors', bindings, code };
}

/** WGSL: bounds of |Δb| of a particle `t` that u's spacing answers for, and v's: `by_u` and `by_v`, of (w1, u, v). */
export const bounds = (d: number, t: string): string => `let cell = vec2i(floor(${position(d, t)} * mesh.per));
  let first = u32((cell.x - mesh.i) * i32(mesh.columns) + cell.y - mesh.j);
  let weight = vec3f(1.0, ${d > 1 ? `abs(${t}.x)` : '0.0'}, abs(${t}.x));
  let by_u = weight * cells[2u * first].xyz;
  let by_v = weight * cells[2u * first + 1u].xyz;`;
