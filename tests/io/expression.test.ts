import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormulaError, parseFormula } from '../../src/io/expression.ts';
import { generated } from '../support/generated.ts';

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
    ['ln(x) + log x', 2 * Math.log(x)],
    ['2πx', 2 * Math.PI * x],
    ['πx₂ + xπ', Math.PI * (x2 + x)],
    ['x²', x ** 2],
    ['2x²x₂³ − x⁻¹', 2 * x ** 2 * x2 ** 3 - 1 / x],
    ['|x2|', 1.3],
    ['2|x2||x| − |x − |x2||²', 2 * 1.3 * 0.7 - 0.6 ** 2],
    ['(|x2| + 1)|x| ÷ 2', (2.3 * 0.7) / 2],
    ['sin |x2|', Math.sin(1.3)],
    ['max(|x2|, |x|)', 1.3],
    ['3√x + √(x²) − √2', 3 * Math.sqrt(x) + x - Math.SQRT2],
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
    ['sin² x', 3, /sin\(x\)\^2/],
    ['√x²', 2, /√\(x\^2\) or \(√x\)\^2/],
    ['|x − 1', 0, /bar is not closed/],
    ['|x(2|)', 5, /before "\)"/],
    ['x²⁻', 1, /no exponent/],
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
      generated(300),
    );
  });
});
