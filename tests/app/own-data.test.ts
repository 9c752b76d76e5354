import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormulaError, parseFormula } from '../../src/app/data/expression.ts';
import { Points } from '../../src/app/data/points.ts';
import { sampleFormula, type Sampling } from '../../src/app/data/samples.ts';

const at = (text: string, x1 = 0.7, x2 = -1.3): number => parseFormula(text).value(x1, x2);
const x = 0.7;
const x2 = -1.3;

describe('a formula', () => {
  it.each<[string, number]>([
    ['y = sin x', Math.sin(x)],
    ['sin 6x + x/2', Math.sin(6 * x) + x / 2],
    ['-x^2', -(x ** 2)],
    ['(-x)^2', x ** 2],
    ['--x', x],
    ['2^3^2', 512],
    ['2^-x', 2 ** -x],
    ['2 sin x cos x', 2 * Math.sin(x) * Math.cos(x)],
    ['sin(x)^2 + cos(x)^2', 1],
    ['exp(−x^2)', Math.exp(-x * x)],
    ['max(x, x2, 0.5) - min(x1, x2)', x - x2],
    ['3 − 2 − 1', 0],
    ['12/3/2', 2],
    ['1/2x', x / 2],
    ['x(x+1)', x * (x + 1)],
    ['2pi x · x2', 2 * Math.PI * x * x2],
    ['1.5e1 + .5', 15.5],
    ['relu(-x) + step x + abs(x2) + sign x2', 1 + 1.3 - 1],
    ['tanh(-x) + e', Math.tanh(-x) + Math.E],
    ['x**2', x * x],
    ['erf 0.5', 0.5204998778130465],
  ])('%s has the value that mathematics gives it', (text, value) => expect(at(text)).toBeCloseTo(value, 14));

  it('of one input is told from one of two', () =>
    expect(['x', 'x1', '3', 'x1 + x2'].map((text) => parseFormula(text).inputs)).toEqual([1, 1, 1, 2]));

  it.each<[string, number, RegExp]>([
    ['sin(x', 3, /not closed/],
    ['x + * 2', 4, /before "\*"/],
    ['x +', 3, /ends too early/],
    ['', 0, /ends too early/],
    ['sine(x)', 0, /"sine" is not known.*"sin/],
    ['x)', 1, /never opened/],
    ['x 2', 2, /"2" cannot stand here/],
    ['x ; 2', 2, /";" has no meaning/],
    ['sin(x, 2)', 0, /sin takes one number and is given 2/],
    ['max x', 4, /max\(a, b\)/],
    ['sin^2 x', 3, /sin\(x\)\^2/],
    ['y = x + constructor', 8, /"constructor" is not known/],
    ['x'.repeat(400), 300, /at most 300/],
  ])('%.40s is refused at its character %i', (text, place, reason) => {
    let error: unknown;
    try {
      parseFormula(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FormulaError);
    expect((error as FormulaError).at).toBe(place);
    expect((error as FormulaError).message).toMatch(reason);
  });

  it('of any sums, products and brackets has the value of the same written for JavaScript', () => {
    const { formula } = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.integer({ min: 1, max: 9 }).map(String), fc.constantFrom('x', 'x2')),
      pair: fc
        .tuple(tie('formula'), fc.constantFrom('+', '-', '*', '/'), tie('formula'))
        .map((parts) => parts.join(' ')),
      bracket: tie('formula').map((inner) => `(${String(inner)})`),
      negative: tie('leaf').map((inner) => `-${String(inner)}`),
      formula: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('pair'), tie('bracket'), tie('negative')),
    }));
    fc.assert(
      fc.property(formula as fc.Arbitrary<string>, (text) => {
        fc.pre(text.length <= 300);
        const oracle = new Function(
          'x',
          'x2',
          `return ${text.replaceAll('- -', '- (-1) *').replaceAll('+ -', '+ (-1) *')}`,
        ) as (x: number, x2: number) => number;
        return (
          Object.is(at(text) + 0, oracle(x, x2) + 0) ||
          Math.abs(at(text) - oracle(x, x2)) < 1e-9 * Math.abs(at(text))
        );
      }),
      { numRuns: 300 },
    );
  });
});

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

describe('drawn points', () => {
  it('go back one change at a time, a drag being one, to none', () => {
    const points = new Points();
    const p = { x: 1, y: 2, value: 1 };
    points.add(p);
    points.add({ ...p, x: 3 });
    points.set(0, { ...p, x: 5 });
    points.set(0, { ...p, x: 6 }, true);
    points.remove(1);
    expect(points.all.map((point) => point.x)).toEqual([6]);
    const back = Array.from({ length: 5 }, () => (points.undo(), points.all.map((point) => point.x)));
    expect(back).toEqual([[6, 3], [1, 3], [1], [], []]);
    expect(points.canUndo).toBe(false);
  });

  it('cannot be more than the page keeps', () => {
    const points = new Points();
    for (let i = 0; i < 500; i++) points.add({ x: i, y: 0, value: 0 });
    expect(() => points.add({ x: 0, y: 0, value: 0 })).toThrow(/500 points/);
  });
});
