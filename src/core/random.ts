/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3"). A draw is a function of (seed, counter) and of nothing else, so particle j has the same
 * draw in a system of any width, on any engine, in any order. Key = the seed as two 32-bit words; counter =
 * (index's low word, block, stream, index's high word).
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Streams keep independent uses of one seed apart. */
export const STREAMS = {
  w1: 1,
  w0: 2,
  split: 3,
  data: 4,
  noise: 5,
  sample: 6,
  teacher: 7,
  brownian: 8,
  bootstrap: 9,
  tail: 10,
  inputs: 11,
  labels: 12,
  batch: 13,
  labelNoise: 14,
  joint: 15,
  bias: 16,
  replica: 17,
  reference: 18,
  power: 19,
} as const;
export type Stream = (typeof STREAMS)[keyof typeof STREAMS];

/** High 32 bits of the product of two unsigned 32-bit words, from 16-bit halves (exact in float64). */
function mulhi(p: number, q: number): number {
  const p0 = p & 0xffff;
  const p1 = p >>> 16;
  const q0 = q & 0xffff;
  const q1 = q >>> 16;
  const middle = p1 * q0 + ((p0 * q0) >>> 16);
  const cross = p0 * q1 + (middle & 0xffff);
  return (p1 * q1 + (middle >>> 16) + (cross >>> 16)) >>> 0;
}

/** Four random 32-bit words for one counter and key. `out` [4] is overwritten. */
export function philox(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = mulhi(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = mulhi(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = (high1 ^ c1 ^ key0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ key1) >>> 0;
    c3 = low0 >>> 0;
    key0 = (key0 + WEYL_0) >>> 0;
    key1 = (key1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Seeds of systems leave room above them: noise of replica k has a seed k higher. */
const SYSTEM_BITS = 52;

/**
 * The seed, 52 random bits, of system k ≥ 0 of all those that `seed` draws: no two seeds have a system in common,
 * but by a chance of 2^−52 for each pair of systems.
 */
export function systemSeed(seed: number, k: number, stream: Stream = STREAMS.replica): number {
  const words = new Uint32Array(4);
  philox(words, k >>> 0, 0, stream, Math.floor(k / 2 ** 32), ...keyOf(seed));
  return words[0] * 2 ** (SYSTEM_BITS - 32) + (words[1] >>> (64 - SYSTEM_BITS));
}

/** A seed 0 … 2^53 − 1 as the two key words. */
export function keyOf(seed: number): [number, number] {
  return [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
}

/**
 * The random numbers of one (seed, stream): `seek(j)` goes to index j, then `uniform()` and `normal()` read on.
 * Every pair of numbers costs one Philox block; a uniform and a normal both take one place of a pair.
 */
export class Draws {
  private readonly words = new Uint32Array(4);
  private readonly pair = new Float64Array(2);
  private readonly key: [number, number];
  private index = 0;
  private place = 0;
  private pairIsNormal = false;

  constructor(
    seed: number,
    private readonly stream: Stream,
  ) {
    this.key = keyOf(seed);
  }

  /** Goes to index j (an integer 0 … 2^53 − 1), place 0. */
  seek(j: number): void {
    this.index = j;
    this.place = 0;
  }

  /** Uniform on (0, 1): 53 bits, centred in their cell, so 0 and 1 never occur. */
  uniform(): number {
    return this.next(false);
  }

  /** Standard normal (Box–Muller in float64). */
  normal(): number {
    return this.next(true);
  }

  private next(normal: boolean): number {
    const half = this.place & 1;
    if (half === 0 || this.pairIsNormal !== normal) this.fill(this.place >>> 1, normal);
    this.place++;
    return this.pair[half];
  }

  private fill(block: number, normal: boolean): void {
    const high = Math.floor(this.index / 2 ** 32);
    philox(this.words, this.index >>> 0, block, this.stream, high, this.key[0], this.key[1]);
    const u = unit(this.words[0], this.words[1]);
    const v = unit(this.words[2], this.words[3]);
    const radius = Math.sqrt(-2 * Math.log(u));
    this.pair[0] = normal ? radius * Math.cos(2 * Math.PI * v) : u;
    this.pair[1] = normal ? radius * Math.sin(2 * Math.PI * v) : v;
    this.pairIsNormal = normal;
  }
}

/** Components of Brownian motion that one Philox block gives. */
export const BROWNIAN_BLOCK = 4;

/**
 * Standard normal numbers for components 4 block … 4 block + 3 of particle j in the step that ends at `step`:
 * counter (j, block, STREAMS.brownian, step). Words 2k and 2k + 1 give numbers 2k and 2k + 1 by Box–Muller;
 * shaders/brownian.ts does the same in float32.
 */
export function brownian(
  out: Float64Array,
  words: Uint32Array,
  j: number,
  block: number,
  step: number,
  key: readonly [number, number],
): void {
  philox(words, j, block, STREAMS.brownian, step >>> 0, key[0], key[1]);
  for (let k = 0; k < BROWNIAN_BLOCK; k += 2) {
    const radius = Math.sqrt(-2 * Math.log((words[k] + 0.5) * 2 ** -32));
    const angle = 2 * Math.PI * (words[k + 1] * 2 ** -32);
    out[k] = radius * Math.cos(angle);
    out[k + 1] = radius * Math.sin(angle);
  }
}

/** 53 random bits as (k + 1/2) / 2^53; the top value is kept below 1. */
function unit(high: number, low: number): number {
  return Math.min(((high >>> 5) * 2 ** 26 + (low >>> 6) + 0.5) * 2 ** -53, 1 - 2 ** -53);
}
