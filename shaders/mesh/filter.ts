/**
 * Between node values and spline coefficients (core/mesh/spline.ts), one axis at a time; the taps are
 * symmetric, so the transpose is the same filter. Nodes outside the arrays count as 0. What is filtered:
 * floats, or deposits, which come in several copies; the last pass over those leaves them at 0, and its result
 * as particles at the nodes, so that the forward sum can run over them, or as floats.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { CUBIC, QUINTIC } from '../../src/core/mesh/spline.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { CloudExtent, Mesh } from '../bindings.ts';
import { fixed } from '../fixed.ts';
import { WORKGROUP, times } from '../particle.ts';
import type { Bindings, Shader } from '../../src/gpu/layout.ts';

const grid = { range: uniform(Range, true), mesh: uniform(Mesh) };

const head = (bindings: Bindings, more = ''): string => `${declare(bindings)}
${more}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let node = range.first + id.x;
  if (node >= range.end) { return; }
  let row = i32(node / mesh.columns);
  let column = i32(node % mesh.columns);`;

/** Σ of taps · read(node), over nodes of which `inside` holds. */
function sum(
  taps: readonly number[],
  index: (k: number) => string,
  inside: (k: number) => string,
  read: (node: string) => string,
): string {
  const reach = taps.length - 1;
  return `var sum = 0.0;
  ${times(2 * reach + 1, (l) => `if (${inside(l - reach)}) { sum += ${taps[Math.abs(l - reach)]} * ${read(`u32(${index(l - reach)})`)}; }`)}`;
}

const acrossRows = (read: (node: string) => string): string =>
  sum(
    CUBIC,
    (k) => `i32(node) + ${k} * i32(mesh.columns)`,
    (k) => `row + ${k} >= 0 && row + ${k} < i32(mesh.rows)`,
    read,
  );
const alongRow = (read: (node: string) => string): string =>
  sum(
    QUINTIC,
    (k) => `i32(node) + ${k}`,
    (k) => `column + ${k} >= 0 && column + ${k} < i32(mesh.columns)`,
    read,
  );

/** values → lines. */
export function filterRows(): Shader {
  const bindings = { ...grid, values: input('f32'), lines: output('f32') };
  const code = wgsl`${head(bindings)}
  ${acrossRows((node) => `values[${node}]`)}
  lines[node] = sum;
}`;
  return { name: 'filter rows', bindings, code };
}

/** lines → spline. */
export function filterColumns(): Shader {
  const bindings = { ...grid, lines: input('f32'), spline: output('f32') };
  const code = wgsl`${head(bindings)}
  ${alongRow((node) => `lines[${node}]`)}
  spline[node] = sum;
}`;
  return { name: 'filter columns', bindings, code };
}

/** deposits → lines. */
export function filterDeposits(): Shader {
  const bindings = { ...grid, cloud: input(CloudExtent), deposits: input('vec2u'), lines: output('f32') };
  const total = `${fixed}
fn total(node: u32) -> f32 {
  var sum = deposits[node];
  for (var copy = 1u; copy < mesh.copies; copy++) { sum = plus(sum, deposits[node + copy * mesh.rows * mesh.columns]); }
  return float(sum) * cloud.unit.y;
}`;
  const code = wgsl`${head(bindings, total)}
  ${acrossRows((node) => `total(${node})`)}
  lines[node] = sum;
}`;
  return { name: 'filter deposits', bindings, code };
}

const clearDeposits =
  'for (var copy = 0u; copy < mesh.copies; copy++) { deposits[node + copy * mesh.rows * mesh.columns] = vec2u(0u, 0u); }';

/** lines → values, and deposits → 0: where the rows of nodes are then gathered (sparse-rows.ts). */
export function filterNodes(): Shader {
  const bindings = { ...grid, lines: input('f32'), values: output('f32'), deposits: output('vec2u') };
  const code = wgsl`${head(bindings)}
  ${alongRow((node) => `lines[${node}]`)}
  values[node] = sum;
  ${clearDeposits}
}`;
  return { name: 'filter nodes', bindings, code };
}

/** lines → nodes, and deposits → 0. */
export function placeNodes({ d }: { readonly d: number }): Shader {
  const bindings = { ...grid, lines: input('f32'), nodes: output('vec4f'), deposits: output('vec2u') };
  const code = wgsl`${head(bindings)}
  ${alongRow((node) => `lines[${node}]`)}
  let at = vec2f(vec2i(row + mesh.i, column + mesh.j)) * mesh.spacing;
  nodes[node] = ${d > 1 ? 'vec4f(sum, at, 0.0)' : 'vec4f(sum, at.y, 0.0, 0.0)'};
  ${clearDeposits}
}`;
  return { name: `place nodes d=${d}`, bindings, code };
}
