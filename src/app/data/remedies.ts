/** What a sentence about a table offers, as buttons: each is a field of `data`. */
import { isolatedName } from '../../core/words/cut.ts';
import type { CsvChoice } from '../../core/config/data.ts';
import { TableError, type Remedy } from '../../io/table/error.ts';
import { say } from '../../words/say.ts';

/** Text of a button, by the field that it sets. */
const TEXTS: { readonly [K in keyof Remedy]-?: (value: NonNullable<Remedy[K]>) => string } = {
  header: (on) => (on ? say('Line 1 names the columns') : say('Line 1 is data')),
  missing: () => say('Drop rows with missing cells'),
  labels: () => say('Use the last column as labels'),
  decimal: (mark) => (mark === ',' ? say('Read a decimal comma') : say('Read a decimal point')),
  target: (name) => say('Take {name} as the target', { name: isolatedName(name) }),
  exclude: (names) => say('Leave out column "{names}"', { names: names.map(isolatedName).join('", "') }),
};

export const textOf = (remedy: Remedy): string =>
  (Object.keys(remedy) as (keyof Remedy)[])
    .map((field) => (TEXTS[field] as (value: unknown) => string)(remedy[field]))
    .join(', ');

/** The choice with it: columns that are left out are left out beside others. */
export const meeting = (choice: CsvChoice, remedy: Remedy): CsvChoice => ({
  ...choice,
  ...remedy,
  ...(remedy.exclude && { exclude: [...(choice.exclude ?? []), ...remedy.exclude] }),
});

/** Those of an error of a table, or of one that tells of it. */
export function remediesOf(error: unknown): readonly Remedy[] {
  const { cause } = error as Error;
  const told = error instanceof TableError ? error : cause;
  return told instanceof TableError ? told.remedies : [];
}
