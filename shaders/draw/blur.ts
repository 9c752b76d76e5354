/** From cells to the soft halo that keeps thin tails visible. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, image, input, uniform } from '../../src/gpu/layout.ts';
import { Frame, HALO_FORMAT, TILE } from './bindings.ts';
import { BLUR } from './look.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = { frame: uniform(Frame), cells: input('vec2f'), halo: image(HALO_FORMAT) };

export function blur(): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let grid = vec2i(frame.cells);
  let at = vec2i(id.xy);
  if (any(at >= grid)) { return; }
  var sum = vec2f(0.0);
  for (var y = -2; y <= 2; y++) {
    for (var x = -2; x <= 2; x++) {
      let near = clamp(at + vec2i(x, y), vec2i(0), grid - 1);
      sum += exp(-${BLUR.decay} * f32(x * x + y * y)) * cells[near.y * grid.x + near.x];
    }
  }
  // f16 ends at 65504.
  textureStore(halo, at, vec4f(min(sum / ${BLUR.sum}, vec2f(6e4)), 0.0, 1.0));
}`;
  return { name: 'blur', bindings, code };
}
