/** CONFIG.json as text becomes a configuration: the one schema of its fields and ranges, and its error sentences. */
import * as v from 'valibot';
import { closest } from 'fastest-levenshtein';
import { ACTIVATIONS } from '../activations/activations.ts';
import { FEATURES } from '../features.ts';
import { INTEGRATORS } from '../integrators.ts';
import { LAWS, type LawName } from '../laws.ts';
import { LOSSES } from '../losses.ts';
import { PARAMETERIZATIONS, type ParameterizationName } from '../parameterizations.ts';
import { ENGINE_CHOICES, MAX_STEPS, MAX_WIDTH, METHOD_CHOICES, type ConfigInput } from './config.ts';
import { data } from './data-schema.ts';
import { ConfigError } from './error.ts';
import {
  boolean,
  byKey,
  integer,
  keys,
  notNegative,
  number,
  numbers,
  object,
  oneOf,
  positive,
  seed,
  string,
} from './forms.ts';

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

const SCHEMA = object({
  preset: v.optional(string),
  data: v.optional(data),
  model: v.optional(
    object({
      activation: v.optional(oneOf(keys(ACTIVATIONS))),
      features: v.optional(oneOf(keys(FEATURES))),
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
      batch: v.optional(
        object({
          size: integer(1, 2 ** 24),
          replacement: v.optional(boolean),
          seed: v.optional(seed),
        }),
      ),
      rates: v.optional(object({ w1: v.optional(notNegative), w0: v.optional(notNegative) })),
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
