/**
 * Which sector a direction lies in, in WGSL; `table` is, one after the other, sectors before each bin [bins +
 * 2] and bounds [boundaries + 2].
 */

/**
 * A particle's w1 w0 to its sector's two numbers in one of the copies of the deposits, by WGSL's `put(place, number)`.
 */
export const toSector = (
  put: string,
  copy: string,
): string => `let at = 2u * (${copy} + sector_of(pseudo_angle(particle.yz)));
  let w1 = particle.x * cloud.unit.x;
  ${put}(at, w1 * particle.y);
  ${put}(at + 1u, w1 * particle.z);`;

/** fn pseudo_angle as in core/methods/sector.ts, fn bound(k), fn sector_of(angle). */
export const findSector = `fn pseudo_angle(w: vec2f) -> f32 {
  let t = w.y / (abs(w.x) + abs(w.y));
  return select(select(t, 4.0 + t, w.y < 0.0), 2.0 - t, w.x < 0.0);
}
fn bound(k: u32) -> f32 {
  return bitcast<f32>(table[sectors.bins + 2u + k]);
}
fn sector_of(angle: f32) -> u32 {
  let bin = min(u32(angle * f32(sectors.bins / 4u)), sectors.bins);
  var low = table[bin];
  var high = table[bin + 1u];
  while (low < high) {
    let middle = (low + high) / 2u;
    if (bound(middle + 1u) <= angle) { low = middle + 1u; } else { high = middle; }
  }
  return low;
}`;
