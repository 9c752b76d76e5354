/** Puts into r what drives the next step in place of the particles' own residuals: a row of a path, the same for all systems. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Path, Status } from './bindings.ts';
import { WORKGROUP } from './particle.ts';
import type { Shader } from '../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  path: uniform(Path),
  status: output(Status),
  rows: input('f32'),
  r: output('f32'),
};

export function drive(): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = range.first + id.x;
  if (i >= range.end) { return; }
  r[i] = rows[(status.step - path.first) * path.numbers + i % path.numbers];
}`;
  return { name: 'drive', bindings, code };
}
