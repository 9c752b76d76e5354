import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError, formatCsv, parseCsv } from '../../src/io/csv.ts';
import { csvTable } from '../../src/experiments/table.ts';

const columns = (text: string): Record<string, number[]> => {
  const { names, values } = parseCsv(text);
  return Object.fromEntries(names.map((name, column) => [name, [...values[column]]]));
};

function refusal(text: string): string {
  try {
    parseCsv(text);
    return '';
  } catch (error) {
    if (error instanceof CsvError) return error.message;
    throw error;
  }
}

const WANT = { x: [1, 3], y: [2, -4.5] };

describe('one table, however it is written', () => {
  it.each([
    ['plain', 'x,y\n1,2\n3,-4.5\n'],
    ['without a final newline', 'x,y\n1,2\n3,-4.5'],
    ['with a byte order mark', '\uFEFFx,y\n1,2\n3,-4.5\n'],
    ['with CRLF', 'x,y\r\n1,2\r\n3,-4.5\r\n'],
    ['with CRLF, a mark and no final newline', '\uFEFFx,y\r\n1,2\r\n3,-4.5'],
    ['with CRLF in the header alone', 'x,y\r\n1,2\n3,-4.5\n'],
    ['with CRLF in a row alone', 'x,y\n1,2\r\n3,-4.5\n'],
    ['with the line ends of old Macs', 'x,y\r1,2\r3,-4.5\r'],
    ['with blank lines', '\nx,y\n\n1,2\n   \n3,-4.5\n\n\n'],
    ['with spaces around cells', ' x , y \n 1 ,\t2\n3, -4.5 \n'],
    ['with quoted names and numbers', '"x","y"\n"1",2\n3,"-4.5"\n'],
    ['in other notations', 'x,y\n1.0,+2\n3e0,-45E-1\n'],
  ])('%s', (_, text) => expect(columns(text)).toEqual(WANT));
});

it('names may hold commas, quotes, line breaks and any script', () => {
  expect(columns('"a, b","c ""d""","e\nf",größe,温度\n1,2,3,4,5\n')).toEqual({
    'a, b': [1],
    'c "d"': [2],
    'e\nf': [3],
    größe: [4],
    温度: [5],
  });
});

it('a column without a single number is skipped and named; the others keep their order', () => {
  const { names, skipped } = parseCsv('city,x,note,y,\nAuckland,1,,2,\nQuito,3,nan,4,\n');
  expect(names).toEqual(['x', 'y']);
  expect(skipped).toEqual(['city', 'note', '']);
});

describe('what cannot be used is refused with its line and column', () => {
  it.each([
    ['an empty file', '', 'it is empty'],
    ['white space alone', ' \n\n', 'it is empty'],
    ['a mark alone', '\uFEFF', 'it is empty'],
    ['a header alone', 'x,y\n', 'a header but no rows'],
    ['a file without a header', '1,2\n3,4\n', 'line 1 has only numbers'],
    ['a ragged row', 'x,y\n1,2\n3\n', 'line 3 has 1 columns, the header has 2'],
    ['a ragged row after blank lines and CRLF', 'x,y\r\n\r\n1,2\r\n\r\n3,4,5\r\n', 'line 5 has 3 columns'],
    ['a ragged row after a quoted line break', '"x\n1",y\n1,2\n3\n', 'line 4 has 1 columns'],
    ['NaN', 'x,y\n1,2\nNaN,4\n', 'line 3, column "x": "NaN" is not a number'],
    ['an infinity', 'x,y\n1,2\n1,-inf\n', 'line 3, column "y": "-inf" is not a number'],
    ['a hexadecimal number', 'x,y\n1,2\n1,0x10\n', 'line 3, column "y": "0x10" is not a number'],
    ['an empty cell', 'x,y\n,2\n3,4\n', 'line 2, column "x": the cell is empty'],
    [
      'a number beyond float64',
      'x,y\n1,2\n3,1e999\n',
      'line 3, column "y": 1e999 is beyond the largest number',
    ],
    ['a text among numbers', 'x,y\n1,2\n3,4\n5,six\n', 'line 4, column "y": "six" is not a number'],
    ['two columns of one name', 'x,y,x\n1,2,3\n', 'line 1 has two columns "x"'],
    ['UTF-16 read as bytes', 'x\0,\0y\0\n\0', 'not UTF-8'],
    ['a quotation mark left open', 'x,y\n1,"2\n3,4\n', 'a quotation mark is not closed'],
  ])('%s', (_, text, sentence) => {
    expect(refusal(text)).toContain(sentence);
    expect(refusal(text)).not.toContain('\n');
    expect(refusal(text)).toMatch(/give|put|save|add|close/);
  });

  it('a semicolon file has no column of numbers, which csvTable says', () => {
    expect(() => csvTable(parseCsv('x;y\n1;2\n'), 'a.csv')).toThrow('a.csv: it has 0 column');
  });
});

describe('the target may stand anywhere', () => {
  const parsed = parseCsv('a,b,word,c\n1,2,no,3\n4,5,no,6\n');
  it.each([
    ['a', ['b', 'c'], [1, 4], [2, 3, 5, 6]],
    ['b', ['a', 'c'], [2, 5], [1, 3, 4, 6]],
    ['c', ['a', 'b'], [3, 6], [1, 2, 4, 5]],
    [undefined, ['a', 'b'], [3, 6], [1, 2, 4, 5]],
  ] as const)('%s', (target, inputs, y, x) =>
    expect(csvTable(parsed, 'p.csv', target)).toEqual({
      inputs,
      target: target ?? 'c',
      y: Float64Array.from(y),
      x: Float64Array.from(x),
    }),
  );

  it('but must be a column of numbers, or of labels that tell rows apart', () => {
    expect(() => csvTable(parsed, 'p.csv', 'd')).toThrow(
      'p.csv: data.target = "d" is not a column of it: did you mean "a"?',
    );
    expect(() => csvTable(parsed, 'p.csv', 'word')).toThrow('every row has the label "no"');
    expect(() => csvTable(parseCsv('a\n1\n'), 'p.csv')).toThrow('at least one input and the target');
  });
});

const cell = fc.double({ noNaN: true, noDefaultInfinity: true });
const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }))
  .chain(([width, height]) =>
    fc.record({
      names: fc.uniqueArray(
        fc.string().map((text) => `n${text}`),
        { minLength: width, maxLength: width, selector: (text) => text.replace(/\r\n?/g, '\n').trim() },
      ),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    }),
  );

it('what is written reads back to the same bits', () => {
  fc.assert(
    fc.property(table, ({ names, rows }) => {
      fc.pre(!names.some((name) => name.includes('\0')));
      const back = parseCsv(formatCsv(names, rows));
      expect(back.names).toEqual(names.map((name) => name.replace(/\r\n?/g, '\n').trim()));
      back.values.forEach((values, c) =>
        values.forEach((value, i) => expect(Object.is(value, rows[i][c]) || value === rows[i][c]).toBe(true)),
      );
      expect(back.values[0].length).toBe(rows.length);
    }),
    { numRuns: 300 },
  );
});

it('a cell that is no number is found in the line where it stands', () => {
  const bad = fc.constantFrom('', 'NaN', 'inf', '1e999', '--1', '1,5', '1 2', '0x1', 'e5', '.', '1.2.3', '½');
  fc.assert(
    fc.property(table, fc.nat(), fc.nat(), bad, fc.constantFrom('\n', '\r\n'), ({ rows }, i, c, text, end) => {
      const names = rows[0].map((_, k) => `c${k}`);
      const cells = rows.map((row) => row.map(String));
      const row = i % rows.length;
      const column = c % names.length;
      fc.pre(rows.length > 1); // alone it would make a column without numbers
      cells[row][column] = text;
      const sentence = refusal([names.join(','), ...cells.map((line) => line.join(','))].join(end));
      if (text === '' && names.length === 1) return; // a blank line
      expect(sentence).toContain(`line ${row + 2}`);
      if (text !== '1,5') expect(sentence).toContain(`column "c${column}"`);
    }),
    { numRuns: 300 },
  );
});
