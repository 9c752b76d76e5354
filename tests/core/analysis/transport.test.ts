/** Exact optimal transport against every permutation, and against what is known without an assignment. */
import { describe, expect, it } from 'vitest';
import { squareW2 } from '../../../src/core/analysis/transport.ts';
import { generator } from '../../support/problems.ts';

const cloud = (n: number, width: number, seed: number, size = 1): Float64Array => {
  const next = generator(seed);
  return Float64Array.from({ length: n * width }, () => size * (2 * next() - 1));
};

function permutations(n: number): number[][] {
  return n === 0
    ? [[]]
    : permutations(n - 1).flatMap((shorter) =>
        Array.from({ length: n }, (_, at) => [...shorter.slice(0, at), n - 1, ...shorter.slice(at)]),
      );
}

const paired = (p: Float64Array, q: Float64Array, width: number, to = (j: number): number => j): number => {
  let sum = 0;
  for (let j = 0; j < p.length / width; j++)
    for (let c = 0; c < width; c++) sum += (p[j * width + c] - q[to(j) * width + c]) ** 2;
  return sum / (p.length / width);
};

describe('W2² of two clouds', () => {
  it.each([1, 2, 3, 4, 5])('is the least over all permutations of six particles, seed %i', (seed) => {
    const p = cloud(6, 3, seed);
    const q = cloud(6, 3, seed + 100);
    const least = Math.min(...permutations(6).map((order) => paired(p, q, 3, (j) => order[j])));
    expect(squareW2(p, q, 3)).toBeCloseTo(least, 12);
  });
  it('sorts on a line', () => {
    const p = cloud(200, 1, 7);
    const q = cloud(200, 1, 8, 3);
    expect(squareW2(p, q, 1)).toBeCloseTo(paired(p.slice().sort(), q.slice().sort(), 1), 12);
  });
  it('does not know particles by name', () => {
    const p = cloud(100, 3, 9);
    const turned = Float64Array.from({ length: 300 }, (_, i) => p[(i + 90) % 300]);
    expect(squareW2(p, turned, 3)).toBe(0);
  });
  it('is at most the mean square distance of any pairing', () => {
    const p = cloud(150, 3, 10);
    const q = Float64Array.from(p, (value, i) => value + 0.3 * cloud(150, 3, 11)[i]);
    expect(squareW2(p, q, 3)).toBeLessThanOrEqual(paired(p, q, 3));
    expect(squareW2(p, q, 3)).toBeGreaterThan(0);
  });
});
