/** WGSL of the stage `cover` of a shader that paints: the first three corners make a triangle over the whole picture. */
export const coverAll = /* wgsl */ `@vertex
fn cover(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}`;
/** Corners of that triangle. */
export const CORNERS = 3;
