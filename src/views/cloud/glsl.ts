/** GLSL (WebGL 1) of the cloud view: the passes of shaders/draw with blending in place of atomics. */
import { BLUR, CELL, MAGNIFIED, NEAR, TONE, noise } from '../../../shaders/draw/look.ts';

export const splatVertex = `
precision highp float;
attribute vec4 particle;
uniform mat4 matrix;
uniform float radius;
varying float colour;
varying float light;
varying float extent;
void main() {
  vec4 clip = matrix * vec4(particle.xyz, 1.0);
  float near = clip.w > ${NEAR} ? min(1.0 / clip.w, ${MAGNIFIED}) : 0.0;
  extent = max(1.0, radius * near);
  light = near * near;
  colour = particle.w;
  gl_Position = near > 0.0 ? vec4(clip.xy, 0.0, clip.w) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = radius == 0.0 ? 1.0 : 2.0 * extent;
}`;

export const splatFragment = `
precision highp float;
uniform float radius, unit, bySpeed;
varying float colour;
varying float light;
varying float extent;
void main() {
  vec2 offset = 2.0 * gl_PointCoord - 1.0;
  float falloff = max(0.0, 1.0 - dot(offset, offset));
  float weight = radius == 0.0 ? 1.0 : 3.0 * falloff * falloff / (3.14159265 * extent * extent);
  vec2 share = bySpeed > 0.5 ? vec2(1.0, colour) : vec2(1.0 - colour, colour);
  gl_FragColor = vec4(unit * light * weight * share, 0.0, 1.0);
}`;

export const coverVertex = `
precision highp float;
attribute vec2 corner;
varying vec2 uv;
void main() {
  uv = 0.5 * corner + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

/** CELL × CELL pixels to one cell. */
export const reduceFragment = `
precision highp float;
uniform sampler2D image;
uniform vec2 size;
varying vec2 uv;
void main() {
  vec2 sum = vec2(0.0);
  vec2 first = floor(gl_FragCoord.xy) * ${CELL}.0 + 0.5;
  for (int y = 0; y < ${CELL}; y++)
    for (int x = 0; x < ${CELL}; x++) sum += texture2D(image, (first + vec2(x, y)) / size).xy;
  gl_FragColor = vec4(sum / ${CELL * CELL}.0, 0.0, 1.0);
}`;

export const blurFragment = `
precision highp float;
uniform sampler2D image;
uniform vec2 size;
varying vec2 uv;
void main() {
  vec2 sum = vec2(0.0);
  for (int y = -2; y <= 2; y++)
    for (int x = -2; x <= 2; x++)
      sum += exp(-${BLUR.decay} * float(x * x + y * y)) * texture2D(image, (gl_FragCoord.xy + vec2(x, y)) / size).xy;
  gl_FragColor = vec4(sum / ${BLUR.sum}, 0.0, 1.0);
}`;

/** Densities to colours; `pair` is where textures have their two channels. */
export const toneFragment = (pair: 'xy' | 'xw'): string => `
precision highp float;
uniform sampler2D pixels, halo, map;
uniform vec2 cells;
uniform vec3 ground, positive, positivePeak, negative, negativePeak, mixed;
uniform float unit, bend, scale, haloPart, gain, bySpeed;
varying vec2 uv;
void main() {
  vec2 here = texture2D(pixels, uv).${pair};
  vec2 around = texture2D(halo, gl_FragCoord.xy / (cells * ${CELL}.0)).${pair};
  vec2 value = mix(here, around, haloPart) / unit;
  float density = gain * (bySpeed > 0.5 ? value.x : value.x + value.y);
  float noise = ${noise('gl_FragCoord.xy', 'vec2')};
  if (density <= 0.0) {
    gl_FragColor = vec4(ground + noise / 255.0, 1.0);
    return;
  }
  float level = log(1.0 + density / bend) * scale;
  vec2 share = value / max(value.x + value.y, 1e-9);
  float bias = share.x - share.y;
  vec3 hue = mix(mixed, bias > 0.0 ? positive : negative, abs(bias));
  vec3 peak = positivePeak * share.x + negativePeak * share.y;
  if (bySpeed > 0.5) {
    hue = texture2D(map, vec2(value.y / max(value.x, 1e-9) * (255.0 / 256.0) + 0.5 / 256.0, 0.5)).rgb;
    peak = mix(hue, positivePeak, ${TONE.lift});
  }
  vec3 body = mix(ground, hue, min(1.0, level / ${TONE.body}));
  vec3 colour = mix(body, peak, ${TONE.peak} * smoothstep(${TONE.rise}, ${TONE.top}, level));
  gl_FragColor = vec4(colour + noise / 255.0, 1.0);
}`;
