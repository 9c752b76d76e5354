import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, parseJson } from '../../src/io/json.ts';
import { generated } from '../support/generated.ts';

const refusal = (text: string): string => {
  try {
    parseJson(text);
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError);
    return (error as Error).message;
  }
  return 'taken';
};

describe('a slip is named at its own line and column', () => {
  it.each([
    ['{\n  "dt": NaN\n}', 2, 9, 'NaN is no number'],
    ['{"a": [1, -Infinity]}', 1, 11, '-Infinity is no number'],
    ['{\r\n"antithetic":True}', 2, 14, 'written true'],
    ['{"npy": None}', 1, 9, 'leave the field out'],
    ['{"dt": .25}', 1, 8, '.25 is written 0.25'],
    ['{"at": -.5}', 1, 8, '-.5 is written -0.5'],
    ['[+3]', 1, 2, '+3 is written 3'],
    ['[2.]', 1, 2, '2. is written 2.0'],
    ['[007]', 1, 2, 'begins with a zero'],
    ['[1, 0x1F]', 1, 5, 'write it in decimals'],
    ['[65_536]', 1, 2, '65_536 is written 65536'],
    ['[1e]', 1, 2, 'lacks its exponent'],
    ["{\n\t'engine': 'cpu'}", 2, 2, "' is no quotation mark"],
    ['{“engine”: 1}', 1, 2, '“ is no quotation mark'],
    ['{"a": 1 // steps\n}', 1, 9, '// begins a comment'],
    ['# runs\n{}', 1, 1, '# begins a comment'],
    ['{ /* none */ }', 1, 3, '/* begins a comment'],
    ['{"a": 1,\n}', 1, 8, 'nothing follows this comma'],
    ['[1, 2 , ]', 1, 7, 'nothing follows this comma'],
    ['{engine: "cpu"}', 1, 2, 'write "engine"'],
    ['{"a": 1\n "b": 2}', 2, 2, 'a comma is missing before it'],
    ['{"a" 1}', 1, 6, 'a colon is missing before it'],
    ['{"dt": 0,5}', 1, 10, 'a decimal has a point'],
    ['{"csv": "C:\\data.csv"}', 1, 9, '\\d is no escape'],
    ['{"a": "x\n"}', 1, 7, 'not closed on its line'],
    ['{"a": "x\ty"}', 1, 7, 'a tab'],
    ['{"a": [1, 2}', 1, 12, 'does not close the [ of line 1'],
    ['{\n"a": [1, 2]', 2, 12, 'the { of line 1 is not closed'],
    ['{} {}', 1, 4, 'should have ended before it'],
    ['{"a":\u00a01}', 1, 6, 'U+00A0'],
    ['{"a": }', 1, 7, 'a value is missing'],
    ['[,1]', 1, 2, 'not expected'],
    ['{"a": ...}', 1, 7, 'write it out'],
    ['}', 1, 1, 'not expected'],
  ])('%j', (text, line, column, words) => {
    expect(refusal(text)).toMatch(new RegExp(`^, line ${line}, column ${column}: it is not valid JSON \\(`));
    expect(refusal(text)).toContain(words);
  });
});

it('a key that is there twice is refused with both lines, in its own object alone', () => {
  expect(refusal('{\n"seed": 1,\n"w1": {"seed": 2},\n "seed": 3}')).toMatch(
    /^, line 4, column 2: .*the key "seed" is there twice, first in line 2: keep one/,
  );
  expect(parseJson('[{"a": 1}, {"a": 2}]')).toEqual([{ a: 1 }, { a: 2 }]);
});

it.each(['[', '{"a":', '[{"b":'])('text nested without end is refused: %s …', (piece) => {
  expect(refusal(piece.repeat(300_000))).toMatch(/line 1, column \d+: .*nested more than 100 deep/);
});

it('nothing, blanks and a byte order mark', () => {
  for (const text of ['', ' \n\t ', '\uFEFF']) expect(refusal(text)).toBe(': it is empty, give a JSON object');
  expect(parseJson('\uFEFF {"a": 1}\r\n')).toEqual({ a: 1 });
});

it('all JSON is read as it is, and nothing else is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
    generated(300),
  );
  const spoilt = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:0.-+eNt\\ \n/#\'\u0001\u2028', ''));
  fc.assert(
    fc.property(spoilt, ([text, place, mark]) => {
      const at = place % (text.length + 1);
      const other = text.slice(0, at) + mark + text.slice(at + 1);
      let valid: unknown;
      try {
        valid = JSON.parse(other);
      } catch {
        expect(refusal(other)).toMatch(/: it is (not valid JSON|empty)/);
        return;
      }
      const said = refusal(other);
      if (said === 'taken') expect(parseJson(other)).toEqual(valid);
      else expect(said).toContain('is there twice');
    }),
    generated(3000),
  );
});
