import { expect, it } from 'vitest';
import { principalDirections } from '../../../src/core/analysis/principal.ts';
import { Draws, STREAMS } from '../../../src/core/random.ts';

it('principal directions are those along which rows were made to spread, whatever their mean', () => {
  const draws = new Draws(3, STREAMS.sample);
  const [d, n] = [50, 40];
  const along = (spread: readonly number[]): number[] =>
    Array.from({ length: d }, (_, k) => 7 + (spread[k] ?? 0) * draws.normal());
  const data = Float64Array.from(
    Array.from({ length: n }, (_, j) => j).flatMap((j) => {
      draws.seek(j);
      return along([9, 3]);
    }),
  );
  const [first, second, none] = principalDirections(data, d, 3);
  // the two draws are correlated by 1/√n or so, and so turned by 1/3 of that
  expect(first[0]).toBeGreaterThan(0.99);
  expect(second[1]).toBeGreaterThan(0.99);
  expect([first, second].map((v) => Math.hypot(...v))).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
  expect(Math.abs(first.reduce((sum, value, k) => sum + value * second[k], 0))).toBeLessThan(1e-12);
  expect(none).toBeUndefined();
});
