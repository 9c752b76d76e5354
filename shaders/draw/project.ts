/**
 * Every particle adds its footprint to a histogram of pixels: two u32 channels a pixel, fixed point. First channel:
 * w1 > 0, or everything; second: w1 < 0, or everything weighted by its speed's level.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { WORKGROUP } from '../particle.ts';
import { Exposure, Frame, Portion } from './bindings.ts';
import { BINS, MAGNIFIED, NEAR, SPEEDS } from './look.ts';
import type { Bindings, Shader } from '../../src/gpu/layout.ts';

export interface ProjectOptions {
  /** Particles are discs, or else points. */
  readonly discs: boolean;
  /** Colours are of the speed, or else of the sign. */
  readonly bySpeed: boolean;
  /** Axes are directions, or else components. */
  readonly turned: boolean;
  /** What is drawn is multiplied by the length of some numbers of the row, or gets that length. */
  readonly stretch: 'times' | 'to' | null;
}

const always = {
  frame: uniform(Frame),
  portion: uniform(Portion),
  theta: input('f32'),
  pixels: output('atomic<u32>'),
};
const measured = { ...always, speed: input('f32'), exposure: input(Exposure), speeds: output('atomic<u32>') };

export function project({ discs, bySpeed, turned, stretch }: ProjectOptions): Shader {
  const bindings: Bindings = {
    ...(bySpeed ? measured : always),
    ...(turned && { directions: input('vec4f') }),
  };
  const code = wgsl`
${declare(bindings)}

#if ${turned}
fn place(j: u32) -> vec3f {
  var at = vec3f();
  var square = 0.0;
  for (var k = 0u; k < portion.width; k++) {
    let value = theta[j * portion.width + k];
    at += directions[k].xyz * value;
    square += directions[k].w * value * value;
  }
  #if ${stretch === 'times'}
  return sqrt(square) * at;
  #elif ${stretch === 'to'}
  return sqrt(square) / max(length(at), 1e-30) * at;
  #else
  return at;
  #endif
}
#else
fn component(j: u32, axis: i32) -> f32 {
  return select(0.0, theta[j * portion.width + u32(max(axis, 0))], axis >= 0);
}

fn place(j: u32) -> vec3f {
  return vec3f(component(j, frame.axes.x), component(j, frame.axes.y), component(j, frame.axes.z));
}
#endif
#if ${bySpeed}

fn speed_bin(s: f32) -> u32 {
  return u32(clamp(${SPEEDS.octave}.0 * log2(max(s, 1e-30)) + ${SPEEDS.one}.0, 0.0, ${BINS - 1}.0));
}

// |b| on [0, 1] within the measured range.
fn speed_level(s: f32) -> f32 {
  let low = log2(max(exposure.speed_low, 1e-30));
  let high = log2(max(exposure.speed_high, 1e-30));
  return clamp((log2(max(s, 1e-30)) - low) / max(high - low, 1.0), 0.0, 1.0);
}
#endif

fn deposit(at: vec2i, weight: f32, colour: f32) {
  let index = 2u * u32(at.y * i32(frame.size.x) + at.x);
  let amount = u32(weight + 0.5);
#if ${bySpeed}
  atomicAdd(&pixels[index], amount);
  atomicAdd(&pixels[index + 1u], u32(weight * colour + 0.5));
#else
  atomicAdd(&pixels[index + u32(colour)], amount);
#endif
}
#if ${discs}

fn splat(at: vec2f, radius: f32, light: f32, colour: f32) {
  let scale = light * 3.0 / (3.14159265 * radius * radius);
  let low = max(vec2i(ceil(at - radius - 0.5)), vec2i(0));
  let high = min(vec2i(floor(at + radius - 0.5)), vec2i(frame.size) - 1);
  for (var y = low.y; y <= high.y; y++) {
    for (var x = low.x; x <= high.x; x++) {
      let offset = (vec2f(vec2i(x, y)) + 0.5 - at) / radius;
      let falloff = max(0.0, 1.0 - dot(offset, offset));
      deposit(vec2i(x, y), scale * falloff * falloff, colour);
    }
  }
}
#endif

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let number = id.y * groups.x * ${WORKGROUP}u + id.x;
  if (number >= portion.drawn) { return; }
  let j = number * portion.every;
  let clip = frame.matrix * vec4f(place(j), 1.0);
  // Behind the eye, off the picture, or not finite (then the comparisons are false).
  let inside = clip.w > ${NEAR} && max(abs(clip.x), abs(clip.y)) < clip.w;
  if (!inside) { return; }
  let at = (clip.xy / clip.w * vec2f(0.5, -0.5) + 0.5) * frame.size;
#if ${bySpeed}
  let s = speed[j];
  if ((number & 15u) == 0u) { atomicAdd(&speeds[speed_bin(s)], 1u); }
  let colour = speed_level(s);
#else
  let colour = select(1.0, 0.0, theta[j * portion.width] > 0.0);
#endif
  // A near particle is a larger disc of the same brightness: its light goes like 1/w².
  let near = min(1.0 / clip.w, ${MAGNIFIED});
  let light = frame.unit * near * near;
#if ${discs}
  splat(at, max(1.0, frame.radius * near), light, colour);
#else
  deposit(min(vec2i(at), vec2i(frame.size) - 1), light, colour);
#endif
}`;
  return {
    name: `project ${discs ? 'discs' : 'points'}${bySpeed ? ' by speed' : ''}${turned ? ' along directions' : ''}${stretch ? `, stretched ${stretch} a length` : ''}`,
    bindings,
    code,
  };
}
