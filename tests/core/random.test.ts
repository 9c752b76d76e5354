import { describe, expect, it } from 'vitest';
import { Draws, keyOf, philox, STREAMS, systemSeed } from '../../src/core/random.ts';

const words = (counter: [number, number, number, number], key: [number, number]): string[] => {
  const out = new Uint32Array(4);
  philox(out, ...counter, ...key);
  return Array.from(out, (word) => word.toString(16).padStart(8, '0'));
};

describe('Philox4x32-10', () => {
  // Known answers of the authors' Random123 distribution.
  it.each([
    ['zeros', [0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      'ones',
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      'digits of π',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as const)('gives the known answer for %s', (_, counter, key, answer) => {
    expect(words([...counter], [...key]).join(' ')).toBe(answer);
  });

  it('changes about half of its bits when one bit of counter or key changes', () => {
    const bits = (list: string[]): string =>
      list.map((word) => parseInt(word, 16).toString(2).padStart(32, '0')).join('');
    const base = bits(words([1, 2, 3, 4], [5, 6]));
    for (let bit = 0; bit < 6 * 32; bit++) {
      const input = [1, 2, 3, 4, 5, 6].map((word, i) =>
        i === bit >> 5 ? (word ^ (1 << (bit & 31))) >>> 0 : word,
      );
      const other = bits(
        words(input.slice(0, 4) as [number, number, number, number], input.slice(4) as [number, number]),
      );
      const changed = [...base].filter((digit, i) => digit !== other[i]).length;
      expect(Math.abs(changed - 64), `bit ${bit}`).toBeLessThan(5 * Math.sqrt(32)); // binomial(128, 1/2): 5 σ
    }
  });
});

it('a seed is two key words, so seeds 2³² apart differ', () => {
  expect(keyOf(7)).toEqual([7, 0]);
  expect(keyOf(2 ** 53 - 1)).toEqual([0xffffffff, 0x1fffff]);
  expect(first(7)).not.toEqual(first(7 + 2 ** 32));
});

const first = (seed: number, stream: (typeof STREAMS)[keyof typeof STREAMS] = STREAMS.w0): number[] => {
  const draws = new Draws(seed, stream);
  return [draws.uniform(), draws.uniform(), draws.uniform()];
};

it('streams of one seed differ from each other', () => {
  const all = Object.values(STREAMS).map((stream) => first(1, stream).join());
  expect(new Set(all).size).toBe(Object.keys(STREAMS).length);
});

it('what index j draws does not depend on what was drawn before', () => {
  const direct = new Draws(3, STREAMS.w0);
  const wandering = new Draws(3, STREAMS.w0);
  direct.seek(17);
  const want = [direct.normal(), direct.normal(), direct.normal()];
  wandering.seek(4);
  wandering.uniform();
  wandering.normal();
  wandering.seek(17);
  expect([wandering.normal(), wandering.normal(), wandering.normal()]).toEqual(want);
});

/** `count` numbers, spread over indices and places as the program does. */
function sample(count: number, kind: 'uniform' | 'normal', seed = 11): Float64Array {
  const draws = new Draws(seed, STREAMS.w0);
  return Float64Array.from({ length: count }, (_, i) => {
    if (i % 5 === 0) draws.seek(i / 5);
    return draws[kind]();
  });
}

const mean = (values: Float64Array, f: (value: number, i: number) => number = (value) => value): number =>
  values.reduce((sum, value, i) => sum + f(value, i), 0) / values.length;

// Fixed seeds: each bound is 4 standard errors, so a sound generator misses one bound in 16 000.
const N = 200_000;
const SE = 4 / Math.sqrt(N);

describe('uniform numbers', () => {
  const u = sample(N, 'uniform');

  it('lie strictly between 0 and 1', () => {
    expect(u.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('fill 100 cells evenly', () => {
    const cells = new Float64Array(100);
    for (const value of u) cells[Math.floor(100 * value)]++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - N / 100) ** 2 / (N / 100), 0);
    expect(Math.abs(chiSquare - 99)).toBeLessThan(4 * Math.sqrt(2 * 99));
  });

  it('have mean 1/2 and variance 1/12, and no memory of the one before', () => {
    expect(Math.abs(mean(u) - 1 / 2)).toBeLessThan(SE * Math.sqrt(1 / 12));
    expect(Math.abs(mean(u, (value) => (value - 1 / 2) ** 2) - 1 / 12)).toBeLessThan(SE * Math.sqrt(1 / 180));
    for (const lag of [1, 2, 5])
      expect(Math.abs(mean(u, (value, i) => (value - 1 / 2) * (u[(i + lag) % N] - 1 / 2)))).toBeLessThan(
        SE / 12,
      );
  });
});

describe('normal numbers', () => {
  const z = sample(N, 'normal');

  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('have moment %d equal to %d', (p, moment, variance) => {
    expect(Math.abs(mean(z, (value) => value ** p) - moment)).toBeLessThan(SE * Math.sqrt(variance));
  });

  it('have tails: 0.27 % lie beyond 3', () => {
    const share = mean(z, (value) => (Math.abs(value) > 3 ? 1 : 0));
    expect(Math.abs(share - 0.0026998)).toBeLessThan(SE * Math.sqrt(0.0027));
  });

  it('are uncorrelated with the one before and with the other of their pair', () => {
    for (const lag of [1, 2, 5])
      expect(Math.abs(mean(z, (value, i) => value * z[(i + lag) % N]))).toBeLessThan(SE);
    expect(Math.abs(mean(z, (value, i) => (value ** 2 - 1) * (z[(i + 1) % N] ** 2 - 1)))).toBeLessThan(2 * SE);
  });
});

it('a hundred seeds of sixty-four systems each are all different, and whole numbers below 2⁵²', () => {
  const all = Array.from({ length: 6400 }, (_, i) => systemSeed(i % 100, Math.floor(i / 100)));
  expect(new Set(all).size).toBe(6400);
  for (const seed of all) expect(seed).toBe(Math.floor(seed) % 2 ** 52);
  // uniform over the 52 bits: the mean is half of them, to 5 standard errors
  const mean = all.reduce((sum, seed) => sum + seed / 2 ** 52 / 6400, 0);
  expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * 6400));
  expect(systemSeed(1, 0, STREAMS.reference)).not.toBe(systemSeed(1, 0));
});
