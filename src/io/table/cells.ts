/** What a cell is: a number, nothing, or something else with a reason. */

export type Decimal = '.' | ',';

const POINT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(\d+|\d*,\d+)([eE][+-]?\d+)?$/; // 1, would be a cell and its delimiter
const MISSING = /^(|NA|N\/A|NaN|null|\?|\.|-|\u2212)$/i;

/** A cell that stands for none. */
export const isMissing = (cell: string): boolean => MISSING.test(cell);

/** NaN where a trimmed cell is no number, an infinity where it is one beyond the largest. */
export function numberIn(cell: string, decimal: Decimal): number {
  const text = cell.charCodeAt(0) === 0x2212 || cell.includes('\u2212') ? cell.replaceAll('\u2212', '-') : cell;
  if (decimal === ',') return COMMA.test(text) ? Number(text.replace(',', '.')) : NaN;
  const value = Number(text); // reads more than numbers as people write them: '', 0x10, Infinity
  return Number.isNaN(value) || !POINT.test(text) ? NaN : value;
}

export const isNumber = (cell: string, decimal: Decimal): boolean => !Number.isNaN(numberIn(cell, decimal));

const MONTHS = 'jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez';
const DATE = new RegExp(
  String.raw`^\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ]\d.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}( \d.*)?$|^\d{1,2}[- ](${MONTHS})[a-z]*\.?[- ,]+\d{2,4}$|^(${MONTHS})[a-z]*\.?[- ]\d{1,2}([- ,]+\d{2,4})?$`,
  'i',
);
const CURRENCY = String.raw`[$€£¥₹₽₩]|USD|EUR|GBP|CHF|NZD|AUD|JPY`;

/** Numbers that are not written as such, by what keeps them from being read; the first that fits counts. */
const DISGUISES: readonly (readonly [pattern: RegExp, has: string, remedy: string])[] = [
  [/^[+-]?[\d.,\s]*\d[\d.,]*\s*[%‰]$/, 'a percent sign', 'write the number alone'],
  [
    new RegExp(String.raw`^[+-]?\s*(${CURRENCY})\s*[+-]?[\d.,'\s]*\d$|^[+-]?\d[\d.,'\s]*\s*(${CURRENCY})$`),
    'a currency sign',
    'write the number alone',
  ],
  [/^[+-]?(\d+\.?\d*|\.\d+)[dDqQ][+-]?\d+$/, 'a Fortran exponent', 'write it with E'],
  [/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/, 'thousands separators', 'write the number without them'],
  [/^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/, 'thousands separators', 'write the number without them'],
  [
    /^[+-]?\d{1,3}([\s'’\u00A0\u202F_]\d{3})+([.,]\d*)?$/,
    'thousands separators',
    'write the number without them',
  ],
  [/^\([\d.,]*\d[\d.,]*\)$/, 'brackets for a negative number', 'write it with a minus sign'],
  [/^[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?$/, 'a decimal comma', 'set "decimal": ","'],
  [/^[+-]?(\d+\.\d*|\.\d+)([eE][+-]?\d+)?$/, 'a decimal point where others have a comma', 'set "decimal": "."'],
  [/^[<>≤≥~±≈]=?\s*[+-]?[\d.,]*\d[\d.,]*$/, 'a sign of comparison', 'write the number alone'],
  [/^[+-]?(inf|infinity|∞)$/i, 'an infinity', 'give finite numbers'],
  [/^[+-]?0[xX][\da-fA-F]+$/, 'a hexadecimal number', 'write it in decimals'],
  [/^[+-]?\d+\/\d+$/, 'a fraction', 'write it as a decimal number'],
];

const AMBIGUOUS = /^[+-]?[1-9]\d{0,2}[,.]\d{3}$/;

export interface Disguise {
  /** What a sentence says of it: "10%" has a percent sign. */
  readonly has: string;
  readonly remedy: string;
}

/** Why a cell that means a number cannot be read as one; null for other text. */
export function disguiseIn(cell: string, decimal: Decimal): Disguise | null {
  const plain = cell.replaceAll('\u2212', '-');
  if (decimal === '.' && AMBIGUOUS.test(plain) && plain.includes(','))
    return {
      has: 'a comma that may be decimal or part thousands',
      remedy: 'set "decimal": "," or write the number without it',
    };
  const found = DISGUISES.find(([pattern]) => pattern.test(plain));
  return found ? { has: found[1], remedy: found[2] } : null;
}

export const isDate = (cell: string): boolean => DATE.test(cell);
export const isTime = (cell: string): boolean => /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]m)?$/i.test(cell);
const UNIT = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*[^\d\s.,;:%+-][^\d]*$/;

/** One clause about a cell that is neither number nor missing. */
export function reasonOf(cell: string, decimal: Decimal): string {
  if (isNumber(cell, decimal)) return 'is beyond the largest number (1.8e308), give a smaller one';
  const disguise = disguiseIn(cell, decimal);
  if (disguise) return `has ${disguise.has}, ${disguise.remedy}`;
  if (isDate(cell)) return 'is a date, give a number such as the year or the day';
  if (isTime(cell)) return 'is a time, give a number such as hours';
  if (/^#(VALUE|REF|DIV\/0|NAME|NUM|N\/A|NULL)[!?]?/i.test(cell))
    return 'is an error of a spreadsheet, mend it there';
  return UNIT.test(cell)
    ? 'is not a number (there is more behind it), write the number alone'
    : 'is not a number, give a number in every row';
}
