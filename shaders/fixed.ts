/**
 * Sums of very many numbers whose result does not depend on the order: 64-bit integers, as two words of which
 * the second takes the carries of the first. A term has 30 bits and its sign, so 2³³ terms fit, and a term's
 * rounding is below that of a float32 but for terms that are small beside the largest.
 */

/**
 * fn NAME(at, value): adds value, |value| ≤ 2³⁰, to number `at` of an array of atomics. The second word is seldom
 * touched.
 */
const adding = (name: string, numbers: string): string => `fn ${name}(at: u32, value: f32) {
  let term = i32(round(value));
  let low = bitcast<u32>(term);
  let before = atomicAdd(&${numbers}[2u * at], low);
  let high = bitcast<u32>(term >> 31u) + select(0u, 1u, before + low < before);
  if (high != 0u) { atomicAdd(&${numbers}[2u * at + 1u], high); }
}`;

/** fn deposit: to `deposits`, which all see. */
export const deposit = adding('deposit', 'deposits');

/** A workgroup's own deposits, in its memory as `own`: fn keep adds to them, fn pour puts number i of them into `deposits`. */
export const gathering = `${adding('keep', 'own')}
fn pour(i: u32, at: u32) {
  let low = atomicLoad(&own[2u * i]);
  let high = atomicLoad(&own[2u * i + 1u]);
  if ((low | high) == 0u) { return; }
  let before = atomicAdd(&deposits[2u * at], low);
  let carried = high + select(0u, 1u, before + low < before);
  if (carried != 0u) { atomicAdd(&deposits[2u * at + 1u], carried); }
}`;

/** fn plus(p, q) of two such numbers, and fn float(p). */
export const fixed = `fn plus(p: vec2u, q: vec2u) -> vec2u {
  let low = p.x + q.x;
  return vec2u(low, p.y + q.y + select(0u, 1u, low < p.x));
}
fn minus(p: vec2u, q: vec2u) -> vec2u {
  return vec2u(p.x - q.x, p.y - q.y - select(0u, 1u, p.x < q.x));
}
fn float(p: vec2u) -> f32 {
  let negative = (p.y >> 31u) == 1u;
  let size = select(p, minus(vec2u(0u, 0u), p), negative);
  let value = f32(size.y) * 4294967296.0 + f32(size.x);
  return select(value, -value, negative);
}`;
