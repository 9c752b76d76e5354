/**
 * The Brownian increments of core/random.ts in WGSL: the words of Philox4x32-10 bit for bit, then Box–Muller in
 * f32. WGSL's own log, sin and cos may err by 2^-21 and 2^-11 and by more from one GPU to the next; these take
 * their arguments out of the words' bits, exactly, and err by a few roundings.
 */
import { STREAMS } from '../src/core/random.ts';
import { times } from './particle.ts';

const ROUNDS = 10;
/** High words of products come from 16-bit halves: WGSL has no 64-bit integers. */
const philox = `fn mulhi(p: vec2u, q: vec2u) -> vec2u {
  let p0 = p & vec2u(0xffffu);
  let p1 = p >> vec2u(16u);
  let q0 = q & vec2u(0xffffu);
  let q1 = q >> vec2u(16u);
  let middle = p1 * q0 + ((p0 * q0) >> vec2u(16u));
  let cross = p0 * q1 + (middle & vec2u(0xffffu));
  return p1 * q1 + (middle >> vec2u(16u)) + (cross >> vec2u(16u));
}
fn philox(counter: vec4u, given: vec2u) -> vec4u {
  let multiplier = vec2u(0xd2511f53u, 0xcd9e8d57u);
  var c = counter;
  var key = given;
  for (var round = 0u; round < ${ROUNDS}u; round++) {
    let high = mulhi(multiplier, c.xz);
    let low = multiplier * c.xz;
    c = vec4u(high.y ^ c.y ^ key.x, low.y, high.x ^ c.w ^ key.y, low.x);
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}`;

/** WGSL of Σ_k terms[k] z^k. */
const horner = (terms: readonly number[], z: string): string =>
  terms.reduceRight((sum, term) => `(${term} + ${z} * ${sum})`, '0.0');
const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
const series = (count: number, term: (k: number) => number): number[] =>
  Array.from({ length: count }, (_, k) => term(k));

/**
 * 2 atanh(q) = −log(1 − t) with q = t/(2 − t) ≤ 1/3 for t ≤ 1/2: what is left out is below q^17/17, 4e-9 of it.
 */
const ATANH = series(8, (k) => 2 / (2 * k + 1));
/** On |a| ≤ π/4: below a^11/11! and a^10/10!, 2e-9 and 2.5e-8. */
const SIN = series(5, (k) => (-1) ** k / factorial(2 * k + 1));
const COS = series(5, (k) => (-1) ** k / factorial(2 * k));

const gaussians = `/** −log u of u = (word + 1/2) 2^-32 = 2^-zeros (1 − t), to a few roundings of itself even where u is next to 1. */
fn minus_log(word: u32) -> f32 {
  let zeros = countLeadingZeros(word);
  let half = bitcast<f32>((126u + zeros) << 23u); // 2^(zeros − 1), by which the 1/2 has grown
  let t = (f32(~(word << (zeros & 31u))) + (1.0 - half)) * ${2 ** -32};
  let q = t / (2.0 - t);
  return f32(zeros) * ${Math.LN2} + q * ${horner(ATANH, '(q * q)')};
}
/**
 * cos, sin of 2π word 2^-32: by whole quarters of the circle, then by what is left of it, at most an eighth to
 * either side.
 */
fn on_circle(word: u32) -> vec2f {
  let quarters = (word + 0x20000000u) >> 30u;
  let a = f32(bitcast<i32>(word - (quarters << 30u))) * ${2 * Math.PI * 2 ** -32};
  let z = a * a;
  let p = vec2f(${horner(COS, 'z')}, a * ${horner(SIN, 'z')});
  let turned = select(p, vec2f(-p.y, p.x), (quarters & 1u) == 1u);
  return select(turned, -turned, (quarters & 2u) == 2u);
}
/** Four standard normal numbers. */
fn gaussians(words: vec4u) -> vec4f {
  return vec4f(${times(2, (k) => `sqrt(2.0 * minus_log(words[${2 * k}])) * on_circle(words[${2 * k + 1}])`, ', ')});
}`;

/**
 * fn philox, fn gaussians, and fn brownian: components 4k … 4k + 3 of particle j in the step that ends at
 * `step`.
 */
export const brownian = `${philox}
${gaussians}
fn brownian(j: u32, k: u32, step: u32, key: vec2u) -> vec4f {
  return gaussians(philox(vec4u(j, k, ${STREAMS.brownian}u, step), key));
}`;
