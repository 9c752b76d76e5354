/** What a value of CONFIG.json may be, with the words that say so. */
import * as v from 'valibot';

/** What JSON Schema says of a form that is code: in its own words, or forms of which a value has one. */
export interface Told {
  readonly json?: object;
  readonly among?: () => readonly v.GenericSchema[];
  /** One sentence, and what stands for it where it is not given: of a form that knows them. */
  readonly about?: string;
  readonly usual?: unknown;
}
export const told = <S extends object>(form: S, as: Told): S =>
  Object.assign(form, { told: { ...(form as { told?: Told }).told, ...as } });

/** In JSON Schema's words. */
interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}
const isWithin = (value: number, bounds: Bounds): boolean =>
  value >= (bounds.minimum ?? -Infinity) &&
  value <= (bounds.maximum ?? Infinity) &&
  value > (bounds.exclusiveMinimum ?? -Infinity) &&
  value < (bounds.exclusiveMaximum ?? Infinity);
export const number = (expected: string, bounds: Bounds = {}, type: 'number' | 'integer' = 'number') =>
  told(
    v.custom<number>(
      (value) =>
        (type === 'integer' ? Number.isInteger : Number.isFinite)(value) && isWithin(value as number, bounds),
      expected,
    ),
    { json: { type, ...bounds } },
  );
export const integer = (minimum: number, maximum: number) =>
  number(`an integer from ${minimum} to ${maximum}`, { minimum, maximum }, 'integer');
export const range = (minimum: number, maximum: number) =>
  number(`a number from ${minimum} to ${maximum}`, { minimum, maximum });
export const string = v.string('a string');
export const word = told(
  v.custom<string>((value) => typeof value === 'string' && value.trim() !== '', 'a name'),
  { json: { type: 'string', pattern: '\\S' } },
);
export const boolean = v.boolean('true or false');
export const oneOf = <const N extends string>(names: readonly N[]) =>
  told(
    v.custom<N>(
      (value) => (names as readonly unknown[]).includes(value),
      names.length === 1 ? names[0] : `one of ${names.join(', ')}`,
    ),
    { json: { enum: names } },
  );
export const keys = <T extends object>(registry: T) => Object.keys(registry) as (keyof T & string)[];
export const finite = number('a finite number');
export const numbers = v.array(finite, 'a list of numbers');
/** An array counts as an object in valibot, as in JavaScript. */
export const object = (entries: v.ObjectEntries): v.GenericSchema => {
  const strict = v.strictObject(entries, 'an object');
  const refused = v.custom(() => false, 'an object');
  return told(
    v.lazy((input) => (Array.isArray(input) ? refused : strict)),
    { among: () => [strict] },
  );
};

export const seed = integer(0, Number.MAX_SAFE_INTEGER);
export const positive = number('a number > 0', { exclusiveMinimum: 0 });
export const share = number('a share from 0 to below 1', { minimum: 0, exclusiveMaximum: 1 });
export const notNegative = number('a number ≥ 0', { minimum: 0 });

/** The form whose distinguishing key the input has. */
export const byKey = (forms: Record<string, v.GenericSchema>, expected: string): v.GenericSchema =>
  told(
    v.lazy((input) => {
      const form =
        typeof input === 'object' &&
        input !== null &&
        Object.keys(forms).find((key) => Object.hasOwn(input, key));
      return form ? forms[form] : v.custom(() => false, expected);
    }),
    { among: () => Object.values(forms) },
  );

/** A name, or a form by its key. */
export function nameOr(
  names: readonly string[],
  forms: Record<string, v.GenericSchema>,
  expected: string,
): v.GenericSchema {
  const [name, form] = [oneOf(names), byKey(forms, expected)];
  return told(
    v.lazy((input) => (typeof input === 'object' && input !== null ? form : name)),
    { among: () => [name, form] },
  );
}

/** { "law": name, … } with what that law is given. */
export function byLaw(laws: Record<string, v.ObjectEntries>): v.GenericSchema {
  const form = (names: readonly string[], parameters: v.ObjectEntries) =>
    object({ law: oneOf(names), ...parameters });
  return told(
    v.lazy((input) => {
      const law = (input as { law?: unknown } | null)?.law;
      return form(keys(laws), typeof law === 'string' && Object.hasOwn(laws, law) ? laws[law] : {});
    }),
    { among: () => keys(laws).map((law) => form([law], laws[law])) },
  );
}
