/** Paints f on a grid of points as colours with lines of equal height: one pass over the picture. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, struct, texture, uniform } from '../../src/gpu/layout.ts';
import { coverAll } from './cover.ts';
import { CONTOURS, LINE_SHADE } from './look.ts';
import type { PaintShader } from '../../src/gpu/layout.ts';

export const FieldFrame = struct('FieldFrame', {
  /** Pixels across and down. */
  size: 'vec2f',
  /** Low end and reciprocal length of the colours' range. */
  low: 'f32',
  per: 'f32',
  /** Grid points along a side. */
  k: 'u32',
});

const bindings = { frame: uniform(FieldFrame), f: input('f32'), map: texture };

export function field(): PaintShader {
  const code = wgsl`
${declare(bindings)}

${coverAll}

// f on [0, 1] of the range, bilinear; the bottom of the picture is row 0 of the grid.
fn level(pixel: vec2f) -> f32 {
  let k = frame.k;
  let at = vec2f(pixel.x / frame.size.x, 1.0 - pixel.y / frame.size.y) * f32(k - 1u);
  let low = vec2u(clamp(at, vec2f(0.0), vec2f(f32(k - 1u))));
  let high = min(low + 1u, vec2u(k - 1u));
  let t = at - vec2f(low);
  let under = mix(f[low.y * k + low.x], f[low.y * k + high.x], t.x);
  let over = mix(f[high.y * k + low.x], f[high.y * k + high.x], t.x);
  return (mix(under, over, t.y) - frame.low) * frame.per;
}

@fragment
fn paint(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let here = level(position.xy);
  let band = floor(here * ${CONTOURS}.0);
  let right = floor(level(position.xy + vec2f(1.0, 0.0)) * ${CONTOURS}.0);
  let below = floor(level(position.xy + vec2f(0.0, 1.0)) * ${CONTOURS}.0);
  let shade = select(1.0, ${LINE_SHADE}, band != right || band != below);
  let colour = textureLoad(map, vec2i(i32(round(255.0 * clamp(here, 0.0, 1.0))), 0), 0).rgb;
  return vec4f(shade * colour, 1.0);
}`;
  return { name: 'field', stage: 'fragment', bindings, code };
}
