/** One thread: from percentiles of the histograms, which it empties, to the white point and the range of speeds. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, output, uniform } from '../../src/gpu/layout.ts';
import { Exposure, Frame } from './bindings.ts';
import { BINS, DENSITIES, SPEEDS, WHITE_SHARE } from './look.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  frame: uniform(Frame),
  densities: output('atomic<u32>'),
  speeds: output('atomic<u32>'),
  exposure: output(Exposure),
};

/** WGSL of where bin i begins, or bin i + 1. */
const edge = ({ octave, one }: typeof DENSITIES | typeof SPEEDS, next: 0 | 1): string =>
  `exp2((f32(i) - ${one - next}.0) / ${octave}.0)`;

export function expose(): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(1)
fn main() {
  var total = 0.0;
  var moving = 0.0;
  for (var i = 0; i < ${BINS}; i++) {
    total += f32(atomicLoad(&densities[i]));
    moving += f32(atomicLoad(&speeds[i]));
  }
  var below = 0.0;
  var slower = 0.0;
  var white = frame.least_white;
  var range = vec2f(exposure.speed_low, exposure.speed_high);
  for (var i = 0; i < ${BINS}; i++) {
    let mass = f32(atomicExchange(&densities[i], 0u));
    if (below < ${WHITE_SHARE} * total && below + mass >= ${WHITE_SHARE} * total) { white = ${edge(DENSITIES, 1)}; }
    below += mass;
    let count = f32(atomicExchange(&speeds[i], 0u));
    if (slower <= 0.02 * moving && slower + count > 0.02 * moving) { range.x = ${edge(SPEEDS, 0)}; }
    if (slower < 0.98 * moving && slower + count >= 0.98 * moving) { range.y = ${edge(SPEEDS, 1)}; }
    slower += count;
  }
  // The exposure follows, and does not flicker; a first measurement counts in full.
  let blend = select(frame.blend, 1.0, exposure.frames == 0u);
  exposure.white = mix(exposure.white, max(white, frame.least_white), blend);
  let follow = select(blend, 1.0, exposure.speed_high == 0.0);
  exposure.speed_low = mix(exposure.speed_low, range.x, follow);
  exposure.speed_high = mix(exposure.speed_high, range.y, follow);
  exposure.frames += 1u;
}`;
  return { name: 'expose', bindings, code };
}
