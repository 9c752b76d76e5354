/** Numbers as people type them: one parser for every field. What it does not take for certain, it refuses. */

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** A decimal comma that cannot part thousands: three digits after one to three others could. */
const COMMA = /^[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?$/;
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}([eE]|$)/;
/** Blanks of any kind, or apostrophes, between groups of three. */
const GROUPED = /^[+-]?[1-9]\d{0,2}([ \u00A0\u2009\u202F'’]\d{3})+([.,]\d+)?$/;
const FRACTION = /^([+-]?\d+)\s*\/\s*(\d+)$/;
const POWER = /^([+-]?)(\d+)\s*\^\s*([+-]?\d+)$/;

/** The number that a text says, or null where it says none, or more than one in other places. */
export function typedNumber(typed: string): number | null {
  const text = typed.trim().replaceAll('\u2212', '-');
  const value = readingOf(text);
  return value !== null && Number.isFinite(value) ? value : null;
}

function readingOf(text: string): number | null {
  if (PLAIN.test(text)) return Number(text);
  if (COMMA.test(text)) return THOUSANDS.test(text) ? null : Number(text.replace(',', '.'));
  if (GROUPED.test(text)) return Number(text.replace(/[^\d.,+-]/g, '').replace(',', '.'));
  const fraction = FRACTION.exec(text);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  const power = POWER.exec(text);
  return power ? (power[1] === '-' ? -1 : 1) * Number(power[2]) ** Number(power[3]) : null;
}

export const NO_NUMBER = 'type one number, such as 0.5, 0,5, 1e-3, 1/2 or 2^10';

export interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly whole?: boolean;
}

/** What speaks against it as a value of a field: a clause, or ''. */
export function typedFault(typed: string, { min = -Infinity, max = Infinity, whole = false }: Limits): string {
  const value = typedNumber(typed);
  if (value === null) return NO_NUMBER;
  if (value < min) return `${value} is below ${min}, the least there can be`;
  if (value > max) return `${value} is above ${max}, the most there can be`;
  return whole && !Number.isInteger(value) ? `${value} is no whole number` : '';
}
