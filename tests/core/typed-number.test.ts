import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedNumber } from '../../src/core/words/typed-number.ts';
import { generated } from '../support/generated.ts';

describe('what is typed is that number', () => {
  it.each([
    ['1,5', 1.5],
    ['0,01', 0.01],
    ['0,001', 0.001],
    ['1 000', 1000],
    ['1 234,5', 1234.5],
    ["12'345'678", 12_345_678],
    ['1/2', 0.5],
    ['-3 / 4', -0.75],
    ['2^10', 1024],
    ['2^-1', 0.5],
    ['\u22120.5', -0.5],
    [' +1e-3 ', 0.001],
    ['.5', 0.5],
    ['5.', 5],
    ['1,5e3', 1500],
  ])('%s', (text, value) => expect(typedNumber(text)).toBe(value));
});

describe('what may be another number, or is none, is refused', () => {
  it.each([
    '', ' ', '2e', '1,234', '1,2,3', '1.2.3', '1 2', '1 00', '1/0', '1/', '0x10', 'Infinity', '1e999', '1 5/2',
    '-', 'e5', '1e5.5', '10%', '5 kg', '1,234,567', '1.234,5', '1,234.5', '--1', '1-2', '²', '٣', '1,234e2',
  ])('%s', (text) => expect(typedNumber(text)).toBeNull()); // prettier-ignore
});

/** A number as a locale or a person writes it. */
const groups = fc.constantFrom('', ' ', '\u00A0', '\u202F', "'", '’', ',', '.');
const written = fc
  .record({
    sign: fc.constantFrom('', '+', '-', '\u2212'),
    whole: fc.nat(9_999_999),
    decimals: fc.option(fc.stringMatching(/^\d{1,6}$/)),
    point: fc.constantFrom('.', ','),
    group: groups,
    exponent: fc.option(fc.integer({ min: -20, max: 20 })),
    mark: fc.constantFrom('e', 'E'),
    blanks: fc.tuple(fc.constantFrom('', ' ', '\t'), fc.constantFrom('', ' ', '\u00A0')),
  })
  .map(({ sign, whole, decimals, point, group, exponent, mark, blanks: [before, after] }) => {
    const plain = `${whole}${decimals === null ? '' : `.${decimals}`}${exponent === null ? '' : `e${exponent}`}`;
    const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, group);
    const text = `${grouped}${decimals === null ? '' : point + decimals}${exponent === null ? '' : mark + exponent}`;
    const isMinus = sign === '-' || sign === '\u2212';
    return { text: before + sign + text + after, value: (isMinus ? -1 : 1) * Number(plain) };
  });

it('of numbers written in all ways none is taken for another; without groups, each is taken but one like thousands', () => {
  fc.assert(
    fc.property(written, ({ text, value }) => {
      const taken = typedNumber(text);
      // a point between groups of three is a decimal point: 1.234 is what was typed
      const isPoint = /^\s*[+\-\u2212]?\d{1,3}\.\d{3}(e-?\d+)?\s*$/i.test(text);
      if (taken !== null && !isPoint) expect(taken).toBe(value);
      if (/^[\d.eE+-]+$/.test(text) && !/\..*\./.test(text)) expect(taken).not.toBeNull();
    }),
    generated(2000),
  );
});
