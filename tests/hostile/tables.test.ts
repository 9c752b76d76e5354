/** Tables that no program wrote: MCKEAN_CASES=10000 for many. No number is read that is not in the text, at its line. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableOf } from '../../src/experiments/data/sheet.ts';
import { TableError } from '../../src/io/table/error.ts';
import { readSheet } from '../../src/io/table/read.ts';
import { generated } from '../support/generated.ts';
import { edited, edits, latin, taken } from '../support/hostile/input.ts';

const WHOLE = [
  'x,z,y\n1,2,3\n4,5.5,6\n-7,8e2,9\n',
  'a;b;y\r\n1,5;2;3\r\n4,25;5;6\r\n',
  'x\ty\n1\t2\n3\t4\n5\t6',
  '"x 1","the, y"\n"1","2"\n"3","4"\n',
  '# a remark\nsep=,\nx,y\n1,2\n3,NA\n5,6\n',
  'x y\n1 2\n3 4\n',
  '\uFEFFx,y\n1,2\n3,4\n',
];
const MARKS = fc.oneof(
  fc.constantFrom(
    ...[
      '1e999',
      '-1e999',
      '=cmd()',
      '@SUM(A1)',
      '+1',
      '--1',
      '0x10',
      '1_000',
      '1,000',
      '1.000,5',
      'Infinity',
      'NaN',
    ],
    ...[
      '"',
      '""',
      '"\n',
      ',',
      ',,',
      ';',
      '\t',
      '|',
      '\r',
      '\n',
      '\r\n',
      '\n\n',
      '\0',
      '\uFEFF',
      '\u2212',
      '\u202e',
    ],
    ...[
      '__proto__',
      'constructor',
      'x,x',
      'PK\x03\x04',
      '%PDF-',
      '{"a":1}',
      '<table>',
      ',\n'.repeat(40),
      '1e-400',
    ],
    ...[
      '9'.repeat(400),
      '0.1'.repeat(50),
      '#',
      'sep=;',
      'NA',
      '?',
      '.',
      '-',
      '1e',
      '.5',
      '5.',
      '1 2',
      '٣',
      '１',
    ],
  ),
  fc.string({ minLength: 1, maxLength: 3 }),
);
const ENCODED: readonly ((text: string) => Uint8Array)[] = [
  (text) => new TextEncoder().encode(text),
  latin,
  (text) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')),
];

/** What a run of digits may mean: as it stands, with a decimal comma, without marks between thousands. */
function meanings(line: string): Set<number> {
  const found = new Set<number>();
  const plain = line.replaceAll('\u2212', '-');
  for (const [text] of plain.matchAll(/[-+]?[\d.,]+(?:[eE][-+]?\d+)?/g)) {
    for (const cells of [[text], text.split(',')])
      for (const cell of cells)
        for (const number of [
          cell,
          cell.replace(',', '.'),
          cell.replaceAll(',', ''),
          cell.replaceAll('.', '').replace(',', '.'),
        ])
          found.add(Number(number));
  }
  return found;
}

it('of a table each number stands at its line, or the table is refused in one sentence (37)', () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...WHOLE), edits(MARKS), fc.constantFrom(...ENCODED), (whole, list, encode) => {
      const text = edited(whole, list);
      const read = taken(() => {
        const sheet = readSheet(encode(text), {});
        return { sheet, table: tableOf(sheet, { missing: 'error' }) };
      }, TableError);
      if (!read) return void counts.refused++;
      counts.taken++;
      const { sheet, table } = read;
      const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
      const [x, y] = [[...table.x], [...table.y]];
      expect(x.length).toBe(y.length * table.inputs.length);
      for (let row = 0; row < y.length; row++) {
        const from = sheet.lineOf(row) - 1;
        const to = row + 1 < sheet.rows ? sheet.lineOf(row + 1) - 1 : lines.length;
        const known = meanings(lines.slice(from, to).join('\n'));
        for (const number of [...x.slice(row * table.inputs.length, (row + 1) * table.inputs.length), y[row]]) {
          expect(Number.isFinite(number)).toBe(true);
          if (!known.has(number))
            throw new Error(`${number} is not in line ${from + 1} of ${JSON.stringify(text)}`);
        }
      }
    }),
    generated(400),
  );
  expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(60);
});
