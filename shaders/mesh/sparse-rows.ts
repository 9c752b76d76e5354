/**
 * Between nodes whose rows are all there and those that are summed (core/mesh/sparse-rows.ts). `mesh` is the grid, and
 * `summed` the nodes of every `apart`-th of its rows: row i of these is row apart · i of the lattice.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { AFTER, BEFORE, TAPS, weightsApart } from '../../src/core/mesh/sparse-rows.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh } from '../bindings.ts';
import { WORKGROUP } from '../particle.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const grids = { range: uniform(Range, true), mesh: uniform(Mesh), summed: uniform(Mesh) };

/** Weights of row r after a summed one from WEIGHTS[r TAPS] on. */
const weights = (apart: number): string => {
  const all = weightsApart(apart).flatMap((row) => Array.from(row, (weight) => weight.toExponential(9)));
  return `const WEIGHTS = array<f32, ${all.length}>(${all.join(', ')});`;
};

/** sums on `summed` → values where they matter. */
export function fillRows({ apart }: { readonly apart: number }): Shader {
  const bindings = { ...grids, sums: input('f32'), values: output('f32') };
  const code = wgsl`
${declare(bindings)}
${weights(apart)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }
  let row = mesh.first_row + thread / mesh.value_columns;
  let column = mesh.first_column + thread % mesh.value_columns;
  let place = u32(i32(row) + mesh.i - summed.i * ${apart});
  let after = place % ${apart}u;
  var at = place / ${apart}u * mesh.columns + column;
  // weights add up to 1: what is added to a summed value is small, and so is its rounding
  let near = sums[at];
  var more = 0.0;
  if (after > 0u) {
    at -= ${BEFORE}u * mesh.columns;
    for (var tap = 0u; tap < ${TAPS}u; tap++) {
      more += WEIGHTS[after * ${TAPS}u + tap] * (sums[at + tap * mesh.columns] - near);
    }
  }
  values[row * mesh.columns + column] = near + more;
}`;
  return { name: `fill rows apart=${apart}`, bindings, code };
}

/** values of all rows → nodes of those that are summed. */
export function gatherRows({ apart }: { readonly apart: number }): Shader {
  const bindings = { ...grids, values: input('f32'), nodes: output('vec4f') };
  const code = wgsl`
${declare(bindings)}
${weights(apart)}

fn value(i: i32, column: u32) -> f32 {
  let row = i - mesh.i;
  if (row < 0 || row >= i32(mesh.rows)) { return 0.0; }
  return values[u32(row) * mesh.columns + column];
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let node = range.first + id.x;
  if (node >= range.end) { return; }
  let column = node % mesh.columns;
  let i = i32(node / mesh.columns) + summed.i;
  var total = value(i * ${apart}, column);
  for (var k = ${-AFTER}; k <= ${BEFORE}; k++) {
    for (var r = 1; r < ${apart}; r++) {
      total += WEIGHTS[r * ${TAPS} + ${BEFORE} - k] * value((i + k) * ${apart} + r, column);
    }
  }
  let at = vec2f(vec2i(i, i32(column) + summed.j)) * summed.spacing;
  nodes[node] = vec4f(total, at, 0.0);
}`;
  return { name: `gather rows apart=${apart}`, bindings, code };
}
