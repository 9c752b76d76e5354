/** What a value of CONFIG.json may be, with the words that say so. */
import * as v from 'valibot';

type Test = (value: number) => boolean;
export const number = (expected: string, test: Test = () => true) =>
  v.custom<number>((value) => typeof value === 'number' && Number.isFinite(value) && test(value), expected);
export const integer = (low: number, high: number) =>
  number(
    `an integer from ${low} to ${high}`,
    (value) => Number.isInteger(value) && value >= low && value <= high,
  );
export const string = v.string('a string');
export const word = v.custom<string>((value) => typeof value === 'string' && value.trim() !== '', 'a name');
export const boolean = v.boolean('true or false');
export const oneOf = <const N extends string>(names: readonly N[]) =>
  v.custom<N>(
    (value) => (names as readonly unknown[]).includes(value),
    names.length === 1 ? names[0] : `one of ${names.join(', ')}`,
  );
export const keys = <T extends object>(registry: T) => Object.keys(registry) as (keyof T & string)[];
export const numbers = v.array(number('a finite number'), 'a list of numbers');
/** An array counts as an object in valibot, as in JavaScript. */
export const object = (entries: v.ObjectEntries): v.GenericSchema => {
  const strict = v.strictObject(entries, 'an object');
  const refused = v.custom(() => false, 'an object');
  return v.lazy((input) => (Array.isArray(input) ? refused : strict));
};

export const seed = integer(0, Number.MAX_SAFE_INTEGER);
export const positive = number('a number > 0', (value) => value > 0);
export const share = number('a share from 0 to below 1', (value) => value >= 0 && value < 1);
export const notNegative = number('a number ≥ 0', (value) => value >= 0);

/** The form whose distinguishing key the input has. */
export function byKey(forms: Record<string, v.GenericSchema>, expected: string): v.GenericSchema {
  return v.lazy((input) => {
    const form =
      typeof input === 'object' &&
      input !== null &&
      Object.keys(forms).find((key) => Object.hasOwn(input, key));
    return form ? forms[form] : v.custom(() => false, expected);
  });
}
