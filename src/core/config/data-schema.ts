/** The forms of `data` and their ranges. */
import * as v from 'valibot';
import { DATASETS, type Dataset } from '../datasets.ts';
import type { Parameter } from '../generators/dataset.ts';
import {
  boolean,
  byKey,
  finite,
  integer,
  keys,
  notNegative,
  numbers,
  object,
  oneOf,
  range,
  seed,
  share,
  string,
  told,
  word,
} from './forms.ts';

/** A number, a label, or a row of numbers. */
const target = told(
  v.lazy((input) => (Array.isArray(input) ? numbers : typeof input === 'string' ? word : finite)),
  { among: () => [finite, word, numbers] },
);
const names = v.pipe(v.array(word, 'a list of names'), v.minLength(1, 'at least one name'));
const namesOr = (one: v.GenericSchema<string>): v.GenericSchema =>
  told(
    v.lazy((input) => (Array.isArray(input) ? names : one)),
    { among: () => [one, names] },
  );

const dataOptions = {
  test: v.optional(share),
  testSeed: v.optional(seed),
  standardize: v.optional(boolean),
};
const DATA_FORMS = {
  csv: object({
    csv: string,
    target: v.optional(namesOr(string)),
    labels: v.optional(boolean),
    delimiter: v.optional(oneOf([',', ';', '\t', '|', ' '])),
    decimal: v.optional(oneOf(['.', ','])),
    header: v.optional(boolean),
    inputs: v.optional(names),
    exclude: v.optional(names),
    missing: v.optional(oneOf(['error', 'drop'])),
    ...dataOptions,
  }),
  npy: object({
    npy: object({ x: string, y: string }),
    labels: v.optional(boolean),
    ...dataOptions,
  }),
  inline: object({
    inline: object({
      x: v.array(numbers, 'a list of rows'),
      y: v.array(target, 'a list of numbers, of labels, or of rows of numbers'),
      names: v.optional(v.array(word, 'a list of names')),
      target: v.optional(namesOr(word)),
      title: v.optional(string),
    }),
    labels: v.optional(boolean),
    ...dataOptions,
  }),
  dataset: told(
    v.lazy((input) => generated(keys(DATASETS), (input as { dataset: unknown }).dataset)),
    { among: () => keys(DATASETS).map((name) => generated([name], name)) },
  ),
};

/** A data set of the names, as `name` is where that is one. */
function generated(names: readonly string[], name: unknown): v.GenericSchema {
  return object({
    dataset: oneOf(names),
    samples: v.optional(integer(1, 2 ** 24)),
    noise: v.optional(notNegative),
    seed: v.optional(seed),
    testSamples: v.optional(integer(1, 2 ** 24)),
    ...memberEntries(name),
    ...dataOptions,
  });
}

/** What a data set's family lets choose. */
function memberEntries(name: unknown): v.ObjectEntries {
  const known = keys(DATASETS).find((one) => one === name);
  if (known === undefined) return { dimension: v.optional(v.unknown()), parameters: v.optional(v.unknown()) }; // the name is what is wrong
  const { inputs = [], dimension, parameters }: Dataset = DATASETS[known];
  const none = (why: string) =>
    told(
      v.custom(() => false, `none: ${known} ${why}`),
      { among: () => [] },
    );
  return {
    dimension: v.optional(
      dimension
        ? told(integer(dimension.low, dimension.high), { usual: dimension.usual })
        : none(`has the inputs ${inputs.join(', ')}`),
    ),
    parameters: v.optional(
      parameters
        ? object(
            Object.fromEntries(
              Object.entries(parameters).map(([key, one]) => [key, v.optional(parameterSchema(one))]),
            ),
          )
        : none('has no parameters'),
    ),
  };
}

const formOf = (one: Parameter) =>
  'of' in one ? oneOf(one.of) : (one.whole ? integer : range)(one.low, one.high);
const parameterSchema = (one: Parameter): v.GenericSchema =>
  told(formOf(one), { about: one.summary, usual: one.usual });

export const data = byKey(DATA_FORMS, 'an object with csv, npy, inline or dataset');
