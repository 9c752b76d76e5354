import { describe, expect, it } from 'vitest';
import { sampleFormula, type Sampling } from '../../src/experiments/data/formula-samples.ts';
import { parseFormula } from '../../src/io/expression.ts';

describe('samples of a formula', () => {
  const sampling: Sampling = {
    ranges: [
      [-1, 1],
      [0, 3],
    ],
    samples: 96,
    spaced: true,
    noise: 0,
    seed: 1,
  };
  const sine = parseFormula('sin 6x');
  const plane = parseFormula('x1 + 10 x2');

  it('evenly spaced reach both ends, and y is the function at each', () => {
    const { x: rows, y } = sampleFormula(sine, sampling);
    expect([rows.length, rows[0], rows[95]]).toEqual([96, [-1], [1]]);
    expect(y).toEqual(rows.map(([value]) => Math.sin(6 * value)));
  });

  it('of two inputs make a square grid with all four corners', () => {
    const { x: rows } = sampleFormula(plane, { ...sampling, samples: 9 });
    expect(rows).toEqual([
      [-1, 0],
      [0, 0],
      [1, 0],
      [-1, 1.5],
      [0, 1.5],
      [1, 1.5],
      [-1, 3],
      [0, 3],
      [1, 3],
    ]);
  });

  it('drawn are uniform: mean and variance of x, and noise of its standard deviation', () => {
    const { x: rows, y } = sampleFormula(plane, { ...sampling, samples: 20_000, spaced: false, noise: 0.5 });
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const error = y.map((value, i) => value - rows[i][0] - 10 * rows[i][1]);
    // Five standard deviations of each mean over 20 000 draws.
    expect(Math.abs(mean(rows.map((row) => row[0])))).toBeLessThan(5 * Math.sqrt(1 / 3 / 20_000));
    expect(Math.abs(mean(rows.map((row) => row[1])) - 1.5)).toBeLessThan(5 * Math.sqrt(9 / 12 / 20_000));
    expect(Math.abs(Math.sqrt(mean(error.map((value) => value ** 2))) / 0.5 - 1)).toBeLessThan(
      5 / Math.sqrt(2 * 20_000),
    );
  });

  it('are a function of the seed, and of n rows the first do not depend on how many follow', () => {
    const draw = (samples: number, seed: number) =>
      sampleFormula(plane, { ...sampling, samples, seed, spaced: false, noise: 1 });
    expect(draw(10, 4)).toEqual(draw(10, 4));
    expect(draw(10, 5)).not.toEqual(draw(10, 4));
    expect(draw(20, 4).y.slice(0, 10)).toEqual(draw(10, 4).y);
  });

  it.each<[string, Partial<Sampling>, RegExp]>([
    ['1/x', { samples: 3 }, /^y is Infinity at x = 0: /],
    ['log x', {}, /^y is NaN at x = -1: /],
    ['x', { samples: 0 }, /samples are 0: give a whole number from 1 to 100000/],
    ['x', { noise: -1 }, /noise is -1: /],
    ['x', { seed: 0.5 }, /seed is 0.5: /],
    ['x', { ranges: [[1, 1]] }, /range from 1 to 1 is empty/],
  ])('%s with %j is refused', (text, change, reason) =>
    expect(() => sampleFormula(parseFormula(text), { ...sampling, ...change })).toThrow(reason),
  );
});
