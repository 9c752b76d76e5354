/**
 * WGSL of the cloud view, plain text. Five passes a frame:
 *   project   every particle adds its footprint to a histogram of pixels, two u32 channels, fixed point
 *   reduce    4 × 4 pixels → one cell; and a histogram of the densities that particles see
 *   blur      cells → the soft halo that keeps thin tails visible
 *   expose    one thread: percentiles → white point and speed range, smoothed in time
 *   tone      log density → two hues, or a colour map of the speed
 */

/**
 * Uniforms in this order, 16 bytes per vec4f: the struct below and the view's packing both come from this list.
 */
export const FRAME = [
  /** World to clip space. */
  ['matrix', 'mat4x4f'],
  /** Pixels: width, height; cells: width, height. */
  ['size', 'vec4f'],
  /** Footprint radius in pixels, fixed-point units of one particle, halo's share, gain. */
  ['splat', 'vec4f'],
  /**
   * Knee of the tone curve, lowest white point, weight of the newest measurement, smallest |b| drawn as such.
   */
  ['tone', 'vec4f'],
  ['ground', 'vec4f'],
  ['positive', 'vec4f'],
  ['positive_peak', 'vec4f'],
  ['negative', 'vec4f'],
  ['negative_peak', 'vec4f'],
  ['mixed', 'vec4f'],
  /** Drawn components of θ; then 1 for speed colours, 0 for sign. */
  ['axes', 'vec4i'],
  /** Particles of this buffer that are drawn, f32 per particle in θ, distance between drawn particles, 0. */
  ['counts', 'vec4u'],
] as const;

export const FRAME_BYTES = FRAME.reduce((sum, [, type]) => sum + (type === 'mat4x4f' ? 64 : 16), 0);
/** Threads of a workgroup along a list of particles, and along each side of an image. */
export const LINE = 64;
export const TILE = 8;
/** Pixels along the side of a cell. */
export const CELL = 4;
/** Bins of log2 histograms: densities at 4 a octave from 2^−8 on, speeds at 2 a octave from 2^−48 on. */
export const BINS = 128;
export const STATS_BYTES = 16 + 2 * BINS * 4;

const structs = /* wgsl */ `
struct Frame {
${FRAME.map(([name, type]) => `  ${name}: ${type},`).join('\n')}
}
`;

const stats = (element: string): string => /* wgsl */ `
struct Stats {
  white: f32,
  speed_low: f32,
  speed_high: f32,
  frames: u32,
  density: array<${element}, ${BINS}>,
  speed: array<${element}, ${BINS}>,
}
`;

export const computeSource = /* wgsl */ `
${structs}
${stats('atomic<u32>')}
@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> theta: array<f32>;
@group(0) @binding(2) var<storage, read> speed: array<f32>;
@group(0) @binding(3) var<storage, read_write> pixels: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> cells: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> stats: Stats;
@group(0) @binding(6) var halo: texture_storage_2d<rgba16float, write>;

// Structural choices, compiled apart: they decide what the busiest loop contains.
override discs = true;
override by_speed = false;

fn component(j: u32, axis: i32) -> f32 {
  return select(0.0, theta[j * frame.counts.y + u32(max(axis, 0))], axis >= 0);
}

fn speed_bin(s: f32) -> u32 { return u32(clamp(2.0 * log2(max(s, 1e-30)) + 96.0, 0.0, ${BINS - 1}.0)); }

// |b| on [0, 1] within the measured range.
fn speed_level(s: f32) -> f32 {
  let low = log2(max(stats.speed_low, 1e-30));
  let high = log2(max(stats.speed_high, 1e-30));
  return clamp((log2(max(s, 1e-30)) - low) / max(high - low, 1.0), 0.0, 1.0);
}

// First channel: w1 > 0, or everything; second: w1 < 0, or everything weighted by speed (then colour is that
// weight).
fn deposit(at: vec2i, weight: f32, colour: f32) {
  let index = 2u * u32(at.y * i32(frame.size.x) + at.x);
  let amount = u32(weight + 0.5);
  if (by_speed) {
    atomicAdd(&pixels[index], amount);
    atomicAdd(&pixels[index + 1u], u32(weight * colour + 0.5));
  } else {
    atomicAdd(&pixels[index + u32(colour)], amount);
  }
}

fn splat(at: vec2f, radius: f32, light: f32, colour: f32) {
  let scale = light * 3.0 / (3.14159265 * radius * radius);
  let low = max(vec2i(ceil(at - radius - 0.5)), vec2i(0));
  let high = min(vec2i(floor(at + radius - 0.5)), vec2i(frame.size.xy) - 1);
  for (var y = low.y; y <= high.y; y++) {
    for (var x = low.x; x <= high.x; x++) {
      let offset = (vec2f(vec2i(x, y)) + 0.5 - at) / radius;
      let falloff = max(0.0, 1.0 - dot(offset, offset));
      deposit(vec2i(x, y), scale * falloff * falloff, colour);
    }
  }
}

@compute @workgroup_size(${LINE})
fn project(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let drawn = id.y * groups.x * ${LINE}u + id.x;
  if (drawn >= frame.counts.x) { return; }
  let j = drawn * frame.counts.z;
  let world = vec4f(component(j, frame.axes.x), component(j, frame.axes.y), component(j, frame.axes.z), 1.0);
  let clip = frame.matrix * world;
  // Behind the eye, off the picture, or not finite (then the comparisons are false).
  let inside = clip.w > 0.08 && max(abs(clip.x), abs(clip.y)) < clip.w;
  if (!inside) { return; }
  let at = (clip.xy / clip.w * vec2f(0.5, -0.5) + 0.5) * frame.size.xy;

  var colour = select(1.0, 0.0, theta[j * frame.counts.y] > 0.0);
  if (by_speed) {
    let s = speed[j];
    if ((drawn & 15u) == 0u) { atomicAdd(&stats.speed[speed_bin(s)], 1u); }
    colour = speed_level(s);
  }
  // A near particle is a larger disc of the same brightness: its light goes like 1/w².
  let near = min(1.0 / clip.w, 1.8);
  let light = frame.splat.y * near * near;
  if (discs) {
    splat(at, max(1.0, frame.splat.x * near), light, colour);
  } else {
    deposit(min(vec2i(at), vec2i(frame.size.xy) - 1), light, colour);
  }
}

@compute @workgroup_size(${TILE}, ${TILE})
fn reduce(@builtin(global_invocation_id) id: vec3u) {
  let grid = vec2u(frame.size.zw);
  if (any(id.xy >= grid)) { return; }
  let size = vec2u(frame.size.xy);
  var sum = vec2u(0u);
  var peak = 0u;
  for (var y = id.y * ${CELL}u; y < min(size.y, (id.y + 1u) * ${CELL}u); y++) {
    for (var x = id.x * ${CELL}u; x < min(size.x, (id.x + 1u) * ${CELL}u); x++) {
      let index = 2u * (y * size.x + x);
      let value = vec2u(atomicLoad(&pixels[index]), atomicLoad(&pixels[index + 1u]));
      sum += value;
      peak = max(peak, select(value.x + value.y, value.x, frame.axes.w == 1));
    }
  }
  cells[id.y * grid.x + id.x] = vec2f(sum) / (frame.splat.y * ${CELL * CELL}.0);
  if (peak > 0u) {
    let bin = u32(clamp(4.0 * log2(f32(peak) / frame.splat.y) + 32.0, 0.0, ${BINS - 1}.0));
    let mass = select(sum.x + sum.y, sum.x, frame.axes.w == 1);
    atomicAdd(&stats.density[bin], max(mass, 1u));
  }
}

@compute @workgroup_size(${TILE}, ${TILE})
fn blur(@builtin(global_invocation_id) id: vec3u) {
  let grid = vec2i(frame.size.zw);
  let at = vec2i(id.xy);
  if (any(at >= grid)) { return; }
  var sum = vec2f(0.0);
  for (var y = -2; y <= 2; y++) {
    for (var x = -2; x <= 2; x++) {
      let near = clamp(at + vec2i(x, y), vec2i(0), grid - 1);
      sum += exp(-0.45 * f32(x * x + y * y)) * cells[near.y * grid.x + near.x];
    }
  }
  // 6.79 is the sum of the weights; f16 ends at 65504.
  textureStore(halo, at, vec4f(min(sum / 6.79, vec2f(6e4)), 0.0, 1.0));
}

@compute @workgroup_size(1)
fn expose() {
  var total = 0.0;
  var moving = 0.0;
  for (var i = 0; i < ${BINS}; i++) {
    total += f32(atomicLoad(&stats.density[i]));
    moving += f32(atomicLoad(&stats.speed[i]));
  }
  var below = 0.0;
  var slower = 0.0;
  var white = frame.tone.y;
  var range = vec2f(stats.speed_low, stats.speed_high);
  for (var i = 0; i < ${BINS}; i++) {
    let mass = f32(atomicExchange(&stats.density[i], 0u));
    if (below < 0.93 * total && below + mass >= 0.93 * total) { white = exp2((f32(i) - 31.0) / 4.0); }
    below += mass;
    let count = f32(atomicExchange(&stats.speed[i], 0u));
    if (slower <= 0.02 * moving && slower + count > 0.02 * moving) { range.x = exp2((f32(i) - 96.0) / 2.0); }
    if (slower < 0.98 * moving && slower + count >= 0.98 * moving) { range.y = exp2((f32(i) - 95.0) / 2.0); }
    slower += count;
  }
  let blend = select(frame.tone.z, 1.0, stats.frames == 0u);
  stats.white = mix(stats.white, max(white, frame.tone.y), blend);
  let follow = select(blend, 1.0, stats.speed_high == 0.0);
  stats.speed_low = mix(stats.speed_low, range.x, follow);
  stats.speed_high = mix(stats.speed_high, range.y, follow);
  stats.frames += 1u;
}
`;

export const toneSource = /* wgsl */ `
${structs}
${stats('u32')}
@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> pixels: array<vec2u>;
@group(0) @binding(2) var<storage, read> stats: Stats;
@group(0) @binding(3) var halo: texture_2d<f32>;
@group(0) @binding(4) var map: texture_2d<f32>;
@group(0) @binding(5) var linear: sampler;

@vertex
fn cover(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn tone(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2u(position.xy);
  let size = vec2u(frame.size.xy);
  let uv = position.xy / (frame.size.zw * ${CELL}.0);
  let here = vec2f(pixels[at.y * size.x + at.x]) / frame.splat.y;
  let around = textureSampleLevel(halo, linear, uv, 0.0).xy;
  let value = mix(here, around, frame.splat.z);
  let by_speed = frame.axes.w == 1;
  let density = frame.splat.w * select(value.x + value.y, value.x, by_speed);
  let level = log(1.0 + density / frame.tone.x) / log(1.0 + stats.white / frame.tone.x);

  let share = value / max(value.x + value.y, 1e-9);
  let bias = share.x - share.y;
  var hue = mix(frame.mixed.rgb, select(frame.negative.rgb, frame.positive.rgb, bias > 0.0), abs(bias));
  var peak = frame.positive_peak.rgb * share.x + frame.negative_peak.rgb * share.y;
  if (by_speed) {
    hue = textureSampleLevel(map, linear, vec2f(value.y / max(value.x, 1e-9) * (255.0 / 256.0) + 0.5 / 256.0, 0.5), 0.0).rgb;
    peak = mix(hue, frame.positive_peak.rgb, 0.35);
  }
  let body = mix(frame.ground.rgb, hue, min(1.0, level / 0.8));
  let colour = mix(body, peak, 0.75 * smoothstep(0.75, 1.25, level));
  // Half a step of noise hides the steps of 8 bits.
  let noise = fract(52.9829189 * fract(dot(position.xy, vec2f(0.06711056, 0.00583715)))) - 0.5;
  return vec4f(colour + noise / 255.0, 1.0);
}
`;
