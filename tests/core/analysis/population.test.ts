/** The population's flow of erf neurons in closed form. */
import { describe, expect, it } from 'vitest';
import {
  populationLoss,
  populationSlope,
  reducedOf,
  type Population,
  type Units,
} from '../../../src/core/analysis/population.ts';
import { Draws, STREAMS } from '../../../src/core/random.ts';

const [N, D] = [3, 4];
const draws = new Draws(5, STREAMS.sample);
const drawn = (count: number): Float64Array => Float64Array.from({ length: count }, () => draws.normal());
const units: Units = { outer: drawn(N), inner: drawn(N * D) };
const full: Population = { d: D, teacher: { outer: drawn(2), inner: drawn(2 * D) } };

/** Teachers along the first coordinate: the rest is apart. */
const reduced: Population = {
  d: D,
  apart: 1,
  teacher: { outer: Float64Array.of(1), inner: Float64Array.of(2, 0, 0, 0) },
};

it.each([
  ['the full flow', full],
  ['the reduced dynamics', reduced],
])('%s has the slope of its loss, by difference quotients', (_, problem) => {
  const slope = populationSlope(units, problem);
  for (const part of ['outer', 'inner'] as const)
    slope[part].forEach((value, i) => {
      const at = (by: number): number => {
        const moved = { ...units, [part]: units[part].with(i, units[part][i] + by) };
        return populationLoss(moved, problem);
      };
      // central: right to the square of the step
      expect((-N * (at(1e-5) - at(-1e-5))) / 2e-5).toBeCloseTo(value, 8);
    });
});

it('has the loss that fresh samples have', () => {
  const phi = (z: number): number => {
    // erf(z/√2) by the trapezoidal rule
    const h = z / 200;
    let sum = 0;
    for (let k = 0; k <= 200; k++) sum += (k % 200 === 0 ? 0.5 : 1) * Math.exp(-((k * h) ** 2) / 2);
    return Math.sqrt(2 / Math.PI) * h * sum;
  };
  const all = Array.from({ length: 4000 }, () => {
    const x = drawn(D);
    const f = ({ outer, inner }: Units): number =>
      outer.reduce(
        (sum, a, i) => sum + a * phi(x.reduce((dot, value, k) => dot + value * inner[i * D + k], 0)),
        0,
      );
    return (f(units) / N - f(full.teacher)) ** 2 / 2;
  });
  const mean = all.reduce((sum, value) => sum + value) / all.length;
  const error = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / all.length;
  expect(Math.abs(mean - populationLoss(units, full))).toBeLessThan(4 * error);
});

describe('reduced to the span of the teachers and the length beside it', () => {
  const length = (v: ArrayLike<number>): number => Math.hypot(...Array.from(v));

  it('neurons that lie in it keep their loss and their slope', () => {
    const inner = new Float64Array(N * D);
    const shares = drawn(2 * N);
    for (let i = 0; i < N; i++)
      for (let k = 0; k < D; k++)
        for (const j of [0, 1]) inner[i * D + k] += shares[2 * i + j] * full.teacher.inner[j * D + k];
    const within: Units = { outer: units.outer, inner };
    const [seen, problem] = reducedOf(within, full);
    expect(problem).toMatchObject({ d: 3, apart: 2 });
    expect(populationLoss(seen, problem)).toBeCloseTo(populationLoss(within, full), 12);
    const [few, all] = [populationSlope(seen, problem), populationSlope(within, full)];
    for (let i = 0; i < N; i++) {
      expect(few.outer[i]).toBeCloseTo(all.outer[i], 12);
      expect(length(few.inner.subarray(3 * i, 3 * i + 3))).toBeCloseTo(
        length(all.inner.subarray(D * i, D * i + D)),
        12,
      );
    }
  });

  it('any neurons keep their lengths, and have no more in common than what they have there', () => {
    const [{ inner }, problem] = reducedOf(units, full);
    for (let i = 0; i < N; i++)
      expect(length(inner.subarray(3 * i, 3 * i + 3))).toBeCloseTo(
        length(units.inner.subarray(D * i, D * i + D)),
        12,
      );
    expect(
      Math.abs(populationLoss(units, full) - populationLoss({ ...units, inner }, problem)),
    ).toBeGreaterThan(1e-3);
  });
});
