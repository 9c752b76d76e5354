/** Files that are no text, whatever they are called: what they are, by the bytes with which they begin. */

interface Kind {
  /** The first bytes, as characters. */
  readonly begins: string;
  readonly is: string;
}

const KINDS: readonly Kind[] = [
  { begins: '\xD0\xCF\x11\xE0', is: 'an Excel workbook of the old kind (.xls), save its sheet as CSV' },
  { begins: '\x93NUMPY', is: 'a NumPy array (.npy), give it as "npy": { "x": FILE, "y": FILE }' },
  { begins: '\x1F\x8B', is: 'compressed by gzip, unpack it first' },
  { begins: 'BZh', is: 'compressed by bzip2, unpack it first' },
  { begins: '\xFD7zXZ', is: 'compressed by xz, unpack it first' },
  { begins: '7z\xBC\xAF', is: 'a 7-Zip archive, unpack it first' },
  { begins: '%PDF', is: 'a PDF, save its table as CSV' },
  { begins: '{\\rtf', is: 'a text in Rich Text Format, save its table as plain text' },
  { begins: 'PAR1', is: 'a Parquet file, save it as CSV (in pandas: to_csv)' },
  { begins: 'ARROW1', is: 'an Arrow or Feather file, save it as CSV (in pandas: to_csv)' },
  { begins: '\x89HDF', is: 'an HDF5 file, save its table as CSV' },
  { begins: 'SQLite format 3', is: 'an SQLite database, save its table as CSV' },
  { begins: 'RDX', is: 'a workspace of R, save its table by write.csv' },
  { begins: 'MATLAB 5.0', is: 'a file of MATLAB, save its table by writetable' },
  { begins: '\x89PNG', is: 'a picture (PNG), give a table as CSV' },
  { begins: '\xFF\xD8\xFF', is: 'a picture (JPEG), give a table as CSV' },
  { begins: 'GIF8', is: 'a picture (GIF), give a table as CSV' },
];

/** What is packed in a zip, by the names of the files in it. */
const PACKED: readonly (readonly [pattern: RegExp, is: string])[] = [
  [/xl\/(workbook|worksheets|styles|sharedStrings)/, 'an Excel workbook (.xlsx), save its sheet as CSV'],
  [/Index\/.*\.iwa|Index\.zip|Metadata\/.*\.plist/, 'a file of Numbers, export it as CSV'],
  [/opendocument\.spreadsheet/, 'an OpenDocument spreadsheet (.ods), save its sheet as CSV'],
  [/word\/(styles|settings|fontTable)/, 'a text of Word (.docx), save its table as CSV'],
  [/\.npy/, 'a zip of NumPy arrays (.npz), save each array by numpy.save'],
];

/** Bytes in which names of packed files are looked for, at either end. */
const FAR = 2 ** 16;

/** One clause, or null where it may be text. */
export function disguiseOf(bytes: Uint8Array): string | null {
  const start = latin(bytes.subarray(0, 512));
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) {
    const names = latin(bytes.subarray(0, FAR)) + latin(bytes.subarray(-FAR));
    return PACKED.find(([pattern]) => pattern.test(names))?.[1] ?? 'a zip archive, unpack it first';
  }
  return KINDS.find(({ begins }) => start.startsWith(begins))?.is ?? null;
}

/** Texts of other kinds than tables, by how they begin. */
const TEXTS: readonly (readonly [pattern: RegExp, is: string])[] = [
  [/^<(!doctype|html|head|body)\b/i, 'a web page (HTML), save the table itself as CSV'],
  [/^<\?xml/i, 'XML, save its table as CSV'],
  [/^\s*[[{]\s*(["[{]|-?\d|$)/, 'JSON, save its rows as CSV'],
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS to a file, fetch the file itself (git lfs pull)'],
  [/^(%.*\n|\s*\n)*@relation\b/i, 'ARFF, save its rows as CSV'],
];

export const otherText = (text: string): string | null =>
  TEXTS.find(([pattern]) => pattern.test(text.slice(0, 4096).trimStart()))?.[1] ?? null;

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};
