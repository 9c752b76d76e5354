/** Paints the cloud: log density in two hues, or in a colour map of the speed. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, sampler, texture, uniform } from '../../src/gpu/layout.ts';
import { Exposure, Frame } from './bindings.ts';
import { coverAll } from './cover.ts';
import { CELL, TONE, noise } from './look.ts';
import type { PaintShader } from '../../src/gpu/layout.ts';

const bindings = {
  frame: uniform(Frame),
  pixels: input('vec2u'),
  exposure: input(Exposure),
  halo: texture,
  map: texture,
  linear: sampler,
};

export function tone(): PaintShader {
  const code = wgsl`
${declare(bindings)}

${coverAll}

@fragment
fn paint(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2u(position.xy);
  let size = vec2u(frame.size);
  let uv = position.xy / (frame.cells * ${CELL}.0);
  let here = vec2f(pixels[at.y * size.x + at.x]) / frame.unit;
  let around = textureSampleLevel(halo, linear, uv, 0.0).xy;
  let value = mix(here, around, frame.halo);
  let by_speed = frame.by_speed == 1u;
  let density = frame.gain * select(value.x + value.y, value.x, by_speed);
  let level = log(1.0 + density / frame.knee) / log(1.0 + exposure.white / frame.knee);

  let share = value / max(value.x + value.y, 1e-9);
  let bias = share.x - share.y;
  var hue = mix(frame.mixed, select(frame.negative, frame.positive, bias > 0.0), abs(bias));
  var peak = frame.positive_peak * share.x + frame.negative_peak * share.y;
  if (by_speed) {
    let place = value.y / max(value.x, 1e-9) * (255.0 / 256.0) + 0.5 / 256.0;
    hue = textureSampleLevel(map, linear, vec2f(place, 0.5), 0.0).rgb;
    peak = mix(hue, frame.positive_peak, ${TONE.lift});
  }
  let body = mix(frame.ground, hue, min(1.0, level / ${TONE.body}));
  let colour = mix(body, peak, ${TONE.peak} * smoothstep(${TONE.rise}, ${TONE.top}, level));
  let noise = ${noise('position.xy', 'vec2f')};
  return vec4f(colour + noise / 255.0, 1.0);
}`;
  return { name: 'tone', stage: 'fragment', bindings, code };
}
