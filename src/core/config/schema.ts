/** CONFIG.json as text becomes a configuration: the one schema of its fields and ranges, and its error sentences. */
import * as v from 'valibot';
import { closest } from 'fastest-levenshtein';
import { ACTIVATIONS } from '../activations/activations.ts';
import type { Knots } from '../activations/parametric.ts';
import { DATASETS } from '../datasets.ts';
import { INTEGRATORS } from '../integrators.ts';
import { LAWS, type LawName } from '../laws.ts';
import { LOSSES } from '../losses.ts';
import { PARAMETERIZATIONS, type ParameterizationName } from '../parameterizations.ts';
import { ENGINE_CHOICES, MAX_STEPS, MAX_WIDTH, METHOD_CHOICES, type ConfigInput } from './config.ts';
import { ConfigError } from './error.ts';

type Test = (value: number) => boolean;
const number = (expected: string, test: Test = () => true) =>
  v.custom<number>((value) => typeof value === 'number' && Number.isFinite(value) && test(value), expected);
const integer = (low: number, high: number) =>
  number(
    `an integer from ${low} to ${high}`,
    (value) => Number.isInteger(value) && value >= low && value <= high,
  );
const string = v.string('a string');
const word = v.custom<string>((value) => typeof value === 'string' && value.trim() !== '', 'a name');
const boolean = v.boolean('true or false');
const oneOf = <const N extends string>(names: readonly N[]) =>
  v.custom<N>((value) => (names as readonly unknown[]).includes(value), `one of ${names.join(', ')}`);
const keys = <T extends object>(registry: T) => Object.keys(registry) as (keyof T & string)[];
const numbers = v.array(number('a finite number'), 'a list of numbers');
/** An array counts as an object in valibot, as in JavaScript. */
const object = (entries: v.ObjectEntries): v.GenericSchema => {
  const strict = v.strictObject(entries, 'an object');
  const refused = v.custom(() => false, 'an object');
  return v.lazy((input) => (Array.isArray(input) ? refused : strict));
};

const seed = integer(0, Number.MAX_SAFE_INTEGER);
const positive = number('a number > 0', (value) => value > 0);
const share = number('a share from 0 to below 1', (value) => value >= 0 && value < 1);
/** A number > 0 that is one in float32, too, and whose products are. */
const factor = number('a number from 1e-12 to 1e12', (value) => value >= 1e-12 && value <= 1e12);
const notNegative = number('a number ≥ 0', (value) => value >= 0);

/** A number, a label, or a row of numbers. */
const target = v.lazy((input) =>
  Array.isArray(input) ? numbers : typeof input === 'string' ? word : number('a finite number'),
);
const namesOr = (one: v.GenericSchema<string>): v.GenericSchema =>
  v.lazy((input) =>
    Array.isArray(input) ? v.pipe(v.array(word, 'a list of names'), v.minLength(1, 'at least one name')) : one,
  );

const dataOptions = {
  test: v.optional(share),
  standardize: v.optional(boolean),
};
const DATA_FORMS = {
  csv: object({
    csv: string,
    target: v.optional(namesOr(string)),
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
  dataset: object({
    dataset: oneOf(keys(DATASETS)),
    samples: v.optional(integer(1, 2 ** 24)),
    noise: v.optional(notNegative),
    seed: v.optional(seed),
    ...dataOptions,
  }),
};
const data = byKey(DATA_FORMS, 'an object with csv, inline or dataset');

const LAW_PARAMETERS = {
  normal: { mean: v.optional(number('a finite number')), std: v.optional(notNegative) },
  uniform: { low: v.optional(number('a finite number')), high: v.optional(number('a finite number')) },
  sphere: { radius: v.optional(notNegative) },
  dirac: { at: v.optional(v.union([number('a finite number'), numbers], 'a number or a list of numbers')) },
} as const satisfies Record<LawName, v.ObjectEntries>;
const law = v.lazy((input) => {
  const name = oneOf(keys(LAWS));
  const given = (input as { law?: LawName } | null)?.law;
  return object({
    law: name,
    ...(given !== undefined && Object.hasOwn(LAW_PARAMETERS, given) ? LAW_PARAMETERS[given] : {}),
  });
});

const SCHEDULE_PARAMETERS = {
  constant: {},
  power: { k0: positive, exponent: notNegative },
  cosine: { horizon: integer(1, MAX_STEPS) },
  steps: { every: integer(1, MAX_STEPS), factor: positive },
} as const;
const STEP_SCHEDULE_PARAMETERS = { ...SCHEDULE_PARAMETERS, 'over-loss': {} } as const;
const scheduleOf = (laws: Record<string, v.ObjectEntries>): v.GenericSchema =>
  v.lazy((input) => {
    const given = (input as { law?: unknown } | null)?.law;
    const parameters = typeof given === 'string' && Object.hasOwn(laws, given) ? laws[given] : {};
    return object({ law: oneOf(keys(laws)), ...parameters });
  });

const pair = v.strictTuple(
  [number('a finite number'), number('a finite number')],
  'two numbers, layers W0, W1',
);
const parameterization = v.lazy((input) =>
  typeof input === 'object' && input !== null
    ? byKey(
        {
          a: object({ a: number('a finite number'), kappa: number('a finite number') }),
          abc: object({ abc: object({ a: pair, b: pair, c: number('a finite number') }) }),
        },
        'a name, { a, kappa } or { abc }',
      )
    : oneOf(keys(PARAMETERIZATIONS) as ParameterizationName[]),
);

const knots = v.custom<Knots['knots']>(
  (value) => Array.isArray(value) && value.length <= 256 && areKnots(value),
  '2 to 256 pairs [z, φ] of numbers up to 1e12 whose z grow by 1e-6 or more',
);
const size = number('', (value) => Math.abs(value) <= 1e12);
const areKnots = (list: readonly unknown[]): boolean =>
  list.length > 1 &&
  list.every((knot) => v.is(v.strictTuple([size, size]), knot)) &&
  (list as Knots['knots']).every(([z], i, all) => i === 0 || z - all[i - 1][0] >= 1e-6);
const activation = v.lazy((input) =>
  typeof input === 'object' && input !== null
    ? byKey(
        { knots: object({ knots }), hermite: object({ hermite: integer(0, 32) }) },
        'a name, { "knots": [[z, φ], …] } or { "hermite": k }',
      )
    : oneOf(keys(ACTIVATIONS)),
);

const FEATURE_FORMS = {
  rbf: object({ rbf: object({ alpha: factor }) }),
  translate: object({ translate: object({ order: integer(1, 1024), metric: factor }) }),
};
const features = v.lazy((input) =>
  typeof input === 'object' && input !== null
    ? byKey(FEATURE_FORMS, '{ "rbf": { "alpha" } } or { "translate": { "order", "metric" } }')
    : oneOf(['inner-product']),
);

const SCHEMA = object({
  preset: v.optional(string),
  data: v.optional(data),
  model: v.optional(
    object({
      activation: v.optional(activation),
      features: v.optional(features),
      width: v.optional(integer(1, MAX_WIDTH)),
      bias: v.optional(boolean),
      loss: v.optional(oneOf(keys(LOSSES))),
    }),
  ),
  parameterization: v.optional(parameterization),
  initial: v.optional(
    object({
      seed: v.optional(seed),
      w1: v.optional(law),
      w0: v.optional(law),
      antithetic: v.optional(boolean),
      npy: v.optional(string),
    }),
  ),
  dynamics: v.optional(
    object({
      integrator: v.optional(oneOf(keys(INTEGRATORS))),
      dt: v.optional(positive),
      steps: v.optional(integer(0, MAX_STEPS)),
      temperature: v.optional(notNegative),
      decay: v.optional(notNegative),
      rates: v.optional(object({ w1: v.optional(notNegative), w0: v.optional(notNegative) })),
      penalty: v.optional(
        object({
          ridge: v.optional(v.strictTuple([notNegative, notNegative], 'two numbers ≥ 0, of w1 and w0')),
          l1: v.optional(notNegative),
          variation: v.optional(notNegative),
        }),
      ),
      schedule: v.optional(
        object({
          dt: v.optional(scheduleOf(STEP_SCHEDULE_PARAMETERS)),
          temperature: v.optional(scheduleOf(SCHEDULE_PARAMETERS)),
        }),
      ),
      momentum: v.optional(object({ beta: v.optional(share), nesterov: v.optional(boolean) })),
    }),
  ),
  record: v.optional(
    object({
      every: v.optional(integer(1, MAX_STEPS)),
      theta: v.optional(v.array(integer(0, MAX_STEPS), 'a list of steps')),
    }),
  ),
  engine: v.optional(oneOf(ENGINE_CHOICES)),
  method: v.optional(oneOf(METHOD_CHOICES)),
});

/** The form whose distinguishing key the input has. */
function byKey(forms: Record<string, v.GenericSchema>, expected: string): v.GenericSchema {
  return v.lazy((input) => {
    const form =
      typeof input === 'object' &&
      input !== null &&
      Object.keys(forms).find((key) => Object.hasOwn(input, key));
    return form ? forms[form] : v.custom(() => false, expected);
  });
}

/** Validates a parsed JSON value; throws a ConfigError that names the first bad field. */
export function readConfig(value: unknown): ConfigInput {
  const result = v.safeParse(SCHEMA, value, { abortEarly: true });
  if (result.success) return result.output as ConfigInput;
  throw new ConfigError(sentence(result.issues[0], value));
}

function sentence(issue: v.BaseIssue<unknown>, root: unknown): string {
  const path = issue.path ?? [];
  const last = path.at(-1);
  const name = fieldName(path.map((item) => item.key as string | number));
  if (issue.expected === 'never' && last) {
    const known = knownKeys(
      path.slice(0, -1).map((item) => item.key as string),
      root,
    );
    const near = known.length ? `did you mean "${closest(String(last.key), known)}"?` : 'remove it';
    return `${name} is not a field of a configuration: ${near}`;
  }
  if (issue.received === 'undefined') return `${name} is missing: give ${issue.message}`;
  return `${name || 'the configuration'} = ${show(issue.input)} is not valid: give ${issue.message}`;
}

function fieldName(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${key}` : key),
    '',
  );
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The fields that the schema knows at a path, for the hint at the nearest one. */
function knownKeys(path: readonly string[], root: unknown): string[] {
  let schema = unwrap(SCHEMA, root);
  let value = root;
  for (const key of path) {
    value = (value as Record<string, unknown>)[key];
    schema = unwrap((schema as unknown as { entries: Record<string, v.GenericSchema> }).entries[key], value);
  }
  return Object.keys((schema as { entries?: object }).entries ?? {});
}

function unwrap(schema: v.GenericSchema, input: unknown): v.GenericSchema {
  if (schema.type === 'optional')
    return unwrap((schema as unknown as { wrapped: v.GenericSchema }).wrapped, input);
  if (schema.type === 'lazy')
    return unwrap((schema as unknown as { getter: (input: unknown) => v.GenericSchema }).getter(input), input);
  return schema;
}
