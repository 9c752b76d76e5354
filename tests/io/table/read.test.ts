/** Tables as people have them: each is read as it is meant, or refused by the cause. */
import { describe, expect, it } from 'vitest';
import { TableError } from '../../../src/io/table/error.ts';
import { readSheet, type ReadOptions, type Sheet } from '../../../src/io/table/read.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean): Uint8Array =>
  Uint8Array.from(
    [...`\uFEFF${text}`].flatMap((unit) => {
      const [low, high] = [unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8];
      return little ? [low, high] : [high, low];
    }),
  );
const latin = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0));

const numbersOf = ({ columns }: Sheet): Record<string, number[]> =>
  Object.fromEntries(
    columns.filter(({ numbers }) => numbers > 0).map(({ name, values }) => [name, [...values]]),
  );
const read = (source: string | Uint8Array, options?: ReadOptions): Record<string, number[]> =>
  numbersOf(readSheet(typeof source === 'string' ? utf8(source) : source, options));

function refusal(source: string | Uint8Array, options?: ReadOptions): string {
  try {
    read(source, options);
    return '';
  } catch (error) {
    if (error instanceof TableError) return error.message;
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
    ['with CRLF in a row alone', 'x,y\n1,2\r\n3,-4.5\n'],
    ['with the line ends of old Macs', 'x,y\r1,2\r3,-4.5\r'],
    ['with blank lines', '\nx,y\n\n1,2\n   \n3,-4.5\n\n\n'],
    ['with empty rows of a spreadsheet', 'x,y\n1,2\n,\n3,-4.5\n,\n,\n'],
    ['with spaces around cells', ' x , y \n 1 ,\t2\n3, -4.5 \n'],
    ['with quoted names and numbers', '"x","y"\n"1",2\n3,"-4.5"\n'],
    ['with blanks before quotes', '"x", "y"\n  "1", "2"\n"3",   "-4.5"\n'],
    ['in other notations', 'x,y\n1.0,+2\n3e0,-45E-1\n'],
    ['with the minus of typesetters', 'x,y\n1,2\n3,\u22124.5\n'],
    ['with semicolons', 'x;y\n1;2\n3;-4.5\n'],
    ['with semicolons and decimal commas', 'x;y\n1,0;2,00\n3;-4,5\n'],
    ['with quoted decimal commas', 'x,y\n"1","2,0"\n"3","-4,5"\n'],
    ['with tabs', 'x\ty\n1\t2\n3\t-4.5\n'],
    ['with tabs and decimal commas', 'x\ty\n1,0\t2,0\n3,0\t-4,5\n'],
    ['with bars', 'x|y\n1|2\n3|-4.5\n'],
    ['with runs of blanks', 'x    y\n1    2\n3 -4.5\n'],
    ['with blanks at the ends and tabs between', '  x \t y  \n  1 \t 2\n3\t\t-4.5  \n'],
    ['with blanks and quoted names', '"x" "y"\n1 2\n3 -4.5\n'],
    ["with Excel's hint", 'sep=;\nx;y\n1;2\n3;-4.5\n'],
    ["with Excel's hint at a tab", '"sep=\t"\nx\ty\n1\t2\n3\t-4.5\n'],
    ['with comments', '# from the web, "as it is\n#\nx,y\n1,2\n# more, of, them\n3,-4.5\n# end'],
    ['with an empty last column', 'x,y,\n1,2,\n3,-4.5,\n,,\n'],
    ['with a comma after each row', 'x,y\n1,2,\n3,-4.5,\n'],
    ['with zeros at the end', 'x,y\n1,2\n3,-4.5\n\0\0'],
    ['with Ctrl+Z at the end', 'x,y\n1,2\n3,-4.5\n\x1A'],
    ['in UTF-16, least byte first', utf16('x,y\r\n1,2\r\n3,-4.5\r\n', true)],
    ['in UTF-16, greatest byte first', utf16('x\ty\n1\t2\n3\t-4.5', false)],
  ])('%s', (_, source) => expect(read(source)).toEqual(WANT));

  it.each([
    ['the index of pandas', ',x,y\n0,1,2\n1,3,-4.5\n', 'column 1 only numbers the rows and is left out'],
    ['an index with gaps', ',x,y\n7,1,2\n3,3,-4.5\n', 'column 1 only numbers'],
    ['an index that was written twice', 'Unnamed: 0,x,y\n0,1,2\n1,3,-4.5\n', 'Unnamed: 0 only numbers'],
    ["R's numbers of rows", '"x","y"\n"1",1,2\n"2",3,-4.5\n', 'the first column has the names of the rows'],
    ["R's names of rows", '"x" "y"\n"Mazda RX4" 1 2\n"Fiat 128" 3 -4.5\n', 'the first column has the names'],
    ['names of rows of R data sets', 'rownames,x,y\n1,1,2\n2,3,-4.5\n', 'rownames only numbers'],
  ])('%s is left out and named', (_, text, why) => {
    const sheet = readSheet(utf8(text));
    expect(numbersOf(sheet)).toEqual(WANT);
    expect(sheet.left.map(({ name, why: clause }) => `${name} ${clause}`)).toEqual([
      expect.stringContaining(why),
    ]);
  });

  it('but a column of numbers that count nothing, or that has a name, stays', () => {
    expect(read(',x,y\n0.5,1,2\n1,3,-4.5\n')).toEqual({ 'column 1': [0.5, 1], ...WANT });
    expect(read('n,x,y\n0,1,2\n1,3,-4.5\n')).toEqual({ n: [0, 1], ...WANT });
    expect(read('x,,y\n1,7,2\n3,7,-4.5\n')).toEqual({ x: [1, 3], 'column 2': [7, 7], y: [2, -4.5] });
  });

  it('a header is not needed where it is said that there is none', () => {
    expect(read('1,2\n3,-4.5\n', { header: false })).toEqual({ x1: [1, 3], y: [2, -4.5] });
    expect(read('1 2 5\n3 -4.5 6\n', { header: false })).toEqual({ x1: [1, 3], x2: [2, -4.5], y: [5, 6] });
    expect(read('1;2;\n3;-4,5;\n', { header: false })).toEqual({ x1: [1, 3], y: [2, -4.5] });
  });

  it('what is given counts more than what is found', () => {
    expect(read('x;y\n1,234;2\n3;-4,5\n', { decimal: ',' })).toEqual({ x: [1.234, 3], y: [2, -4.5] });
    expect(read('x y;z w\n1 2;3\n', { delimiter: ';' })).toEqual({ 'z w': [3] });
  });
});

describe('texts', () => {
  const GERMAN = 'Größe,Preis €\n1,2\n';
  const names = (source: Uint8Array): string[] => Object.keys(read(source));
  it('that are not UTF-8 are Windows-1252, and that is said', () => {
    const bytes = latin('Gr\xF6\xDFe,Preis \x80\n1,2\n');
    expect(names(bytes)).toEqual(['Größe', 'Preis €']);
    expect(readSheet(bytes).note).toMatch(/Windows-1252/);
  });
  it('that are UTF-8 or UTF-16 need no word', () => {
    for (const bytes of [utf8(GERMAN), utf16(GERMAN, true), utf16(GERMAN, false)]) {
      expect(names(bytes)).toEqual(['Größe', 'Preis €']);
      expect(readSheet(bytes).note).toBeNull();
    }
  });
  it('names may hold commas, quotes, line breaks, blanks and any script', () =>
    expect(read('"a, b","c ""d""","e\n# f",größe,温度,مرحبا\n1,2,3,4,5,6\n')).toEqual({
      'a, b': [1],
      'c "d"': [2],
      'e\n# f': [3],
      größe: [4],
      温度: [5],
      مرحبا: [6],
    }));
});

describe('cells that stand for none are missing, others are kept as they stand', () => {
  it('in a column of numbers', () => {
    const [x] = readSheet(utf8('x,y\n1,1\nNA,1\nn/a,1\nnan,1\nNULL,1\n?,1\n.,1\n-,1\n,1\n2,1\n')).columns;
    expect([x.numbers, x.missing, x.firstOther]).toEqual([2, 8, null]);
    expect(x.firstMissing).toEqual({ row: 1, text: 'NA' });
  });
  it('in a column of text, whose cells are there', () => {
    const [x, y] = readSheet(utf8('x,y\n1,\n2,a\n3,NA\n4,b\n')).columns;
    expect(x.texts).toBeNull();
    expect([y.numbers, y.missing, y.texts]).toEqual([0, 2, ['', 'a', 'NA', 'b']]);
  });
  it('in a column that is asked for as text, whatever it holds', () => {
    const [, y] = readSheet(utf8('x,y\n1,01\n2,1\n3,a\n'), { verbatim: () => ['y'] }).columns;
    expect(y.texts).toEqual(['01', '1', 'a']);
  });
});

describe('what cannot be used is refused by its cause', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /^it is empty/],
    ['white space alone', ' \n\n', /^it is empty/],
    ['comments alone', '# one\n# two\n', /comments alone/],
    ['a header alone', 'x,y\n', /a header but no rows/],
    ['numbers alone', '1,2\n3,4\n', /^line 1 has only numbers \(1, 2\).*"header": false/],
    ['data that begin with comments', '# u v\n\n1 2\n3 4\n', /^line 3 has only numbers/],
    [
      'data with a class',
      '5.1,3.5,setosa\n4.9,3.0,setosa\n',
      /^line 1 looks like a row of data \(5\.1.*"header": false/,
    ],
    ['a ragged row', 'x,y\n1,2\n3\n', /^line 3 has 1 column, the header has 2/],
    ['a ragged row after blank lines', 'x,y\r\n\r\n1,2\r\n\r\n3,4,5\r\n', /^line 5 has 3 columns/],
    ['a ragged row after comments', '#\nx,y\n#\n1,2\n#\n3,4,5\n', /^line 6 has 3 columns/],
    ['a ragged row after a quoted line break', '"x\n1",y\n1,2\n3\n', /^line 4 has 1 column/],
    ["a ragged row after Excel's hint", 'sep=,\nx,y\n1,2\n3\n', /^line 4 has 1 column/],
    ['decimal commas between commas', 'x,y\n1,5,2,5\n3,5,4,5\n', /line 2 has 4 columns.*decimal commas/],
    ['a line of units', 'time,temp\ns,K\n0,273\n1,274\n', /^line 2 holds words \("s", "K"\).*units/],
    ['a quotation mark left open', 'x,y\n1,"2\n3,4\n', /^line 2: a quotation mark is not closed/],
    ['a quotation mark in a quoted cell', 'x,y\n1,2\n3,"a"b"\n', /^line 3: a quotation mark stands inside/],
    ['UTF-16 without a mark', utf16('x,y\n1,2\n', true).subarray(2), /UTF-16 without its byte order mark/],
    ['bytes', Uint8Array.of(120, 0, 0, 0, 1, 2, 3), /it is not text/],
    ['a workbook', latin('PK\x03\x04 xl/workbook.xml'), /Excel workbook \(\.xlsx\)/],
    ['an old workbook', latin('\xD0\xCF\x11\xE0\xA1\xB1'), /Excel workbook of the old kind/],
    ['a file of Numbers', latin('PK\x03\x04 Index/Document.iwa'), /file of Numbers/],
    ['an OpenDocument', latin('PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), /\.ods/],
    ['a zip', latin('PK\x03\x04 data.csv'), /a zip archive/],
    ['gzip', latin('\x1F\x8B\x08'), /gzip/],
    ['a NumPy array', latin('\x93NUMPY\x01\x00'), /NumPy array \(\.npy\)/],
    ['a web page', '<!DOCTYPE html>\n<html>', /web page/],
    ['JSON', '[{"x": 1, "y": 2}]', /JSON/],
    ['a line without end', '1,'.repeat(2 ** 22), /^its first line has more than 4194304 characters: give/],
    ['the same in bytes', latin('1,'.repeat(2 ** 22)), /^its first line has more than 4194304 characters/],
  ])('%s', (_, source, sentence) => {
    expect(refusal(source)).toMatch(sentence);
    expect(refusal(source)).not.toContain('\n');
  });

  it('but numbers may be names where that is said', () =>
    expect(read('country,1990,2000\nNZ,1.5,2\nAU,3,4\n', { header: true })).toEqual({
      '1990': [1.5, 3],
      '2000': [2, 4],
    }));
});
