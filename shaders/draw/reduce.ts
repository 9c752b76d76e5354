/** CELL × CELL pixels become one cell; and a histogram of the densities that particles see. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Frame, TILE } from './bindings.ts';
import { BINS, CELL, DENSITIES } from './look.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  frame: uniform(Frame),
  pixels: input('vec2u'),
  cells: output('vec2f'),
  densities: output('atomic<u32>'),
};

export function reduce(): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let grid = vec2u(frame.cells);
  if (any(id.xy >= grid)) { return; }
  let size = vec2u(frame.size);
  let by_speed = frame.by_speed == 1u;
  var sum = vec2u(0u);
  var peak = 0u;
  for (var y = id.y * ${CELL}u; y < min(size.y, (id.y + 1u) * ${CELL}u); y++) {
    for (var x = id.x * ${CELL}u; x < min(size.x, (id.x + 1u) * ${CELL}u); x++) {
      let value = pixels[y * size.x + x];
      sum += value;
      peak = max(peak, select(value.x + value.y, value.x, by_speed));
    }
  }
  cells[id.y * grid.x + id.x] = vec2f(sum) / (frame.unit * ${CELL * CELL}.0);
  if (peak > 0u) {
    let place = ${DENSITIES.octave}.0 * log2(f32(peak) / frame.unit) + ${DENSITIES.one}.0;
    let mass = select(sum.x + sum.y, sum.x, by_speed);
    atomicAdd(&densities[u32(clamp(place, 0.0, ${BINS - 1}.0))], max(mass, 1u));
  }
}`;
  return { name: 'reduce', bindings, code };
}
