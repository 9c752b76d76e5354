import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../../src/io/csv.ts';
import { distinct } from '../../src/io/distinct.ts';
import { generated } from '../support/generated.ts';

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
      const back = parseCsv(formatCsv(names, rows));
      expect(back.names).toEqual(names.map((name) => name.replace(/\r\n?/g, '\n').trim()));
      back.values.forEach((values, c) =>
        values.forEach((value, i) => expect(Object.is(value, rows[i][c]) || value === rows[i][c]).toBe(true)),
      );
      expect(back.values[0].length).toBe(rows.length);
    }),
    generated(300),
  );
});

it('names are made distinct by a mark, the first one keeps its own', () =>
  expect(distinct(['f', 'a', 'f', 'f', 'f_'])).toEqual(['f', 'a', 'f_', 'f__', 'f___']));
