/**
 * Tables that are made of numbers, words and missing cells and then written in all ways at once: they are read back to
 * the same bits, or refused by a sentence that is true of them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/experiments/data/sheet.ts';
import { DELIMITERS } from '../../../src/io/table/dialect.ts';
import { TableError } from '../../../src/io/table/error.ts';
import { readSheet } from '../../../src/io/table/read.ts';
import { generated } from '../../support/generated.ts';

/** A number as somebody writes it, with a point, and what it is. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: -2000, max: 2000 }).map(String),
  fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(8)).map(([v, k]) => v.toFixed(k)),
  fc.tuple(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.nat(6)).map(([v, k]) => v.toExponential(k)),
  fc.integer({ min: 0, max: 99 }).map((v) => `.${v}`),
  fc.integer({ min: 1000, max: 99_999 }).map((v) => (v / 1000).toFixed(3)),
);
const missing = fc.constantFrom('', 'NA', 'N/A', 'NaN', 'nan', 'null', '?', '.', '-');
const word = fc.constantFrom(
  'red',
  'a b',
  'x;y',
  'no, thanks',
  'he said "no"',
  'Öl',
  'two\nlines',
  'pipe | pipe',
);
const name = fc.oneof(word, fc.stringMatching(/^[a-zA-Zäß_][a-zA-Z0-9_ ,;."|-]{0,12}[a-z]$/));

const ENCODINGS = {
  utf8: (text: string) => new TextEncoder().encode(text),
  mark: (text: string) => new TextEncoder().encode(`\uFEFF${text}`),
  utf16: (text: string) =>
    new Uint8Array(Uint16Array.from(`\uFEFF${text}`, (_, i) => `\uFEFF${text}`.charCodeAt(i)).buffer),
  latin: (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0)),
} as const;

const style = fc.record({
  delimiter: fc.constantFrom(...DELIMITERS),
  decimal: fc.constantFrom('.', ',' as const),
  given: fc.boolean(),
  quotes: fc.constantFrom('needed', 'all', 'words'),
  blank: fc.constantFrom('', ' '),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  last: fc.boolean(),
  trailing: fc.boolean(),
  comments: fc.boolean(),
  hint: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'mark', 'utf16', 'latin' as const),
  header: fc.constantFrom('names', 'names', 'names', 'none', 'unsaid'),
});
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;

const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) => {
    const cell = fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: missing });
    const cells = <T>(arbitrary: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> =>
      fc.array(arbitrary, { minLength: count, maxLength: count });
    return fc.record({
      names: fc.uniqueArray(name, {
        minLength: width + 2,
        maxLength: width + 2,
        selector: (text) => text.trim(),
      }),
      rows: cells(cells(cell, width + 1), height),
      words: fc.option(cells(word, height)),
    });
  });

/** Columns without a number are left out. */
const isEmpty = (rows: string[][], c: number): boolean => rows.every((row) => isMissing(row[c]));
const isMissing = (text: string): boolean => /^(|na|n\/a|nan|null|\?|\.|-)$/i.test(text);

function written(cells: readonly string[], by: Style): string {
  const special = by.delimiter === ' ' ? /[\s",;|]/ : new RegExp(`["\\n${by.delimiter}]`);
  const quoted = cells.map((text) => {
    const decimals = /^[-+\d.]/.test(text) && Number.isFinite(Number(text)) && !isMissing(text);
    const cell = decimals ? text.replace('.', by.decimal) : text;
    const quotes =
      special.test(cell) || by.quotes === 'all' || (by.quotes === 'words' && !decimals && cell !== '');
    return quotes ? `"${cell.replaceAll('"', '""')}"` : cell;
  });
  const tail = by.trailing && by.delimiter !== ' ' ? by.delimiter : '';
  return quoted.join(by.delimiter + (by.delimiter === '\t' ? '' : by.blank)) + tail;
}

interface Case {
  readonly bytes: Uint8Array;
  readonly options: object;
  readonly x: number[];
  readonly y: number[];
  readonly inputs: string[];
  readonly target: string;
}

/** What is written, and what must be read. Blanks cannot part empty cells, and a lone ? is a class as well. */
function caseOf(
  { names, rows, words }: { names: string[]; rows: string[][]; words: string[] | null },
  by: Style,
): Case {
  const filled = rows.map((row) => row.map((cell) => (by.delimiter === ' ' && cell === '' ? 'NA' : cell)));
  const whole = filled.map((row, i) => (words ? [words[i], ...row] : row));
  const header = words ? names.slice(0, rows[0].length + 1) : names.slice(0, rows[0].length);
  const own = header.map((text) => text.trim());
  const said = by.header === 'names' ? [header, ...whole] : whole;
  const lines = said.flatMap((cells) => [
    ...(by.comments ? ['# a "remark, of; 1,5 words'] : []),
    written(cells, by),
  ]);
  const hint = by.hint && by.delimiter !== ' ' ? [`sep=${by.delimiter}`] : [];
  const text = [...hint, ...lines].join(by.end) + (by.last ? by.end : '');
  const used = rows[0].map((_, c) => c).filter((c) => c === rows[0].length - 1 || !isEmpty(rows, c));
  const picked = filled.map((row) => used.map((c) => row[c]));
  const kept = picked.filter((row) => !row.some(isMissing)).map((row) => row.map(Number));
  const width = whole[0].length;
  const columns =
    by.header === 'names' ? own : whole[0].map((_, c) => (c === width - 1 && c > 0 ? 'y' : `x${c + 1}`));
  return {
    bytes: ENCODINGS[by.encoding](text),
    options: {
      ...(by.given && { delimiter: by.delimiter, decimal: by.decimal }),
      ...(by.header === 'none' && { header: false }),
    },
    x: kept.flatMap((row) => row.slice(0, -1)),
    y: kept.map((row) => row.at(-1)!),
    inputs: used.slice(0, -1).map((c) => columns[c + (words ? 1 : 0)]),
    target: columns.at(-1)!,
  };
}

/** A sentence that refuses → whether it is true of the table. */
const REFUSALS: readonly (readonly [sentence: RegExp, isTrue: (made: Made) => boolean])[] = [
  [/^line \d+ (has only numbers|looks like a row of data)/, ({ by }) => by.header === 'unsaid'],
  [/a header but no rows/, ({ by, rows }) => by.header === 'unsaid' && rows.length === 1],
  [/missing cell|has no numbers|columns? of numbers|column is empty/, ({ rows }) => lacks(rows)],
  [/comma that may be decimal or part thousands/, ({ by }) => by.decimal === ',' && !by.given],
  [/has (a decimal comma|thousands separators)/, ({ by }) => by.decimal === ',' && !by.given],
];
interface Made {
  readonly rows: string[][];
  readonly by: Style;
}
/** A column without a number, or no row without a missing cell. */
const lacks = (rows: string[][]): boolean =>
  rows[0].some((_, c) => isEmpty(rows, c)) || rows.every((row) => row.some(isMissing));

describe('generated tables', () => {
  it('are read back to the numbers that they were made from, or refused by what is true (37)', () => {
    const counts = { read: 0, refused: 0 };
    fc.assert(
      fc.property(table, style, ({ names, rows, words }, by) => {
        fc.pre(by.header !== 'unsaid' || rows[0].some((cell) => !isMissing(cell)));
        // without names an empty last column is a delimiter at the end
        fc.pre(by.header !== 'none' || rows.some((row) => row.at(-1) !== ''));
        const { bytes, options, ...want } = caseOf({ names, rows, words }, by);
        try {
          const { inputs, target, x, y } = tableOf(readSheet(bytes, options), { ...options, missing: 'drop' });
          expect({ inputs, target, x: [...x], y: [...y] }).toEqual(want);
          counts.read++;
        } catch (error) {
          if (!(error instanceof TableError)) throw error;
          const known = REFUSALS.find(([sentence]) => sentence.test(error.message));
          if (!known?.[1]({ rows, by })) throw new Error(`not true: ${error.message}`, { cause: error });
          counts.refused++;
        }
      }),
      generated(600),
    );
    expect(counts.read).toBeGreaterThan(3 * counts.refused);
  });
});
