/**
 * Puts into x and y the rows of the step that comes next: those that it has a list of, out of all that the device holds,
 * the same for all systems.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Status, Turns } from './bindings.ts';
import { WORKGROUP, outputsText, strideOf } from './particle.ts';
import type { Shader } from '../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  turns: uniform(Turns),
  status: output(Status),
  lists: input('u32'),
  all_x: input('vec4f'),
  all_y: input('f32'),
  x: output('vec4f'),
  y: output('f32'),
};

export function turn(sized: Sized): Shader {
  const { c } = shapeOf(sized);
  const stride = strideOf(sized);
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let point = range.first + id.x;
  if (point >= range.end) { return; }
  // a step is counted once its loss is known
  let list = status.step + 1u - turns.first;
  let row = lists[list * turns.size + point % turns.size];
  for (var k = 0u; k < ${c}u; k++) { y[point * ${c}u + k] = all_y[row * ${c}u + k]; }
  if (point >= turns.size) { return; }
  for (var k = 0u; k < ${stride}u; k++) { x[point * ${stride}u + k] = all_x[row * ${stride}u + k]; }
}`;
  return { name: `turn rows of ${stride}${outputsText(sized)}`, bindings, code };
}
