/** CONFIG.json as text becomes a configuration: the one schema of its fields and ranges. */
import * as v from 'valibot';
import { ACTIVATIONS } from '../activations/activations.ts';
import { MOST_KNOTS, type Knots } from '../activations/parametric.ts';
import { PLAIN_FEATURES } from '../features/features.ts';
import { INTEGRATORS } from '../dynamics/integrators.ts';
import { JOINT_LAWS, LAWS, type LawName } from '../laws.ts';
import { LOSSES } from '../objective/losses.ts';
import { PARAMETERIZATIONS } from '../parameterizations.ts';
import { ENGINE_CHOICES, MAX_STEPS, MAX_WIDTH, METHOD_CHOICES, type ConfigInput } from './config.ts';
import { data } from './data-schema.ts';
import { ConfigError } from './error.ts';
import {
  boolean,
  byLaw,
  finite,
  integer,
  keys,
  nameOr,
  notNegative,
  number,
  numbers,
  object,
  oneOf,
  positive,
  range,
  seed,
  share,
  string,
  told,
} from './forms.ts';
import { sentence } from './sentence.ts';

/** A number > 0 that is one in float32, too, and whose products are. */
const factor = range(1e-12, 1e12);

const ENDS = { low: v.optional(finite), high: v.optional(finite) };
const LAW_PARAMETERS = {
  normal: { mean: v.optional(finite), std: v.optional(notNegative) },
  uniform: ENDS,
  sphere: { radius: v.optional(notNegative) },
  dirac: { at: v.optional(v.union([finite, numbers], 'a number or a list of numbers')) },
  grid: ENDS,
} as const satisfies Record<LawName, v.ObjectEntries>;
const lawAmong = (names: readonly LawName[]): v.GenericSchema =>
  byLaw(Object.fromEntries(names.map((name) => [name, LAW_PARAMETERS[name]])));
const law = lawAmong(keys(LAWS));

const SCHEDULE_PARAMETERS = {
  constant: {},
  power: { k0: positive, exponent: notNegative },
  cosine: { horizon: integer(1, MAX_STEPS) },
  steps: { every: integer(1, MAX_STEPS), factor: positive },
} as const;
const STEP_SCHEDULE_PARAMETERS = { ...SCHEDULE_PARAMETERS, 'over-loss': {} } as const;

const pair = v.strictTuple([finite, finite], 'two numbers, layers W0, W1');
const parameterization = nameOr(
  keys(PARAMETERIZATIONS),
  {
    a: object({ a: finite, kappa: finite }),
    abc: object({ abc: object({ a: pair, b: pair, c: finite }) }),
  },
  'a name, { a, kappa } or { abc }',
);

const size = number('', { minimum: -1e12, maximum: 1e12 });
const knot = v.strictTuple([size, size]);
const knots = told(
  v.custom<Knots['knots']>(
    (value) => Array.isArray(value) && value.length <= MOST_KNOTS && areKnots(value),
    `2 to ${MOST_KNOTS} pairs [z, φ] of numbers up to 1e12 whose z grow by 1e-6 or more`,
  ),
  { among: () => [v.pipe(v.array(knot), v.minLength(2), v.maxLength(MOST_KNOTS))] },
);
const areKnots = (list: readonly unknown[]): boolean =>
  list.length > 1 &&
  list.every((one) => v.is(knot, one)) &&
  (list as Knots['knots']).every(([z], i, all) => i === 0 || z - all[i - 1][0] >= 1e-6);
const activation = nameOr(
  keys(ACTIVATIONS),
  { knots: object({ knots }), hermite: object({ hermite: integer(0, 32) }) },
  'a name, { "knots": [[z, φ], …] } or { "hermite": k }',
);

const features = nameOr(
  PLAIN_FEATURES,
  {
    rbf: object({ rbf: object({ alpha: factor }) }),
    translate: object({ translate: object({ order: integer(1, 1024), metric: factor }) }),
  },
  '{ "rbf": { "alpha" } } or { "translate": { "order", "metric" } }',
);

export const SCHEMA = object({
  /** Of editors: where the schema lies by which they complete and check. */
  $schema: v.optional(string),
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
      joint: v.nullish(lawAmong(JOINT_LAWS)),
      w1: v.optional(law),
      w0: v.optional(law),
      bias: v.nullish(law),
      antithetic: v.optional(boolean),
      npy: v.nullish(string),
    }),
  ),
  dynamics: v.optional(
    object({
      integrator: v.optional(oneOf(keys(INTEGRATORS))),
      dt: v.optional(positive),
      steps: v.optional(integer(0, MAX_STEPS)),
      temperature: v.optional(notNegative),
      decay: v.optional(notNegative),
      batch: v.nullish(
        object({
          size: integer(1, 2 ** 24),
          replacement: v.optional(boolean),
          seed: v.optional(seed),
        }),
      ),
      stream: v.nullish(
        object({
          size: integer(1, 2 ** 24),
          reuse: v.optional(integer(1, MAX_STEPS)),
          labelNoise: v.optional(notNegative),
        }),
      ),
      rates: v.optional(object({ w1: v.optional(notNegative), w0: v.optional(notNegative) })),
      penalty: v.nullish(
        object({
          ridge: v.optional(v.strictTuple([notNegative, notNegative], 'two numbers ≥ 0, of w1 and w0')),
          l1: v.optional(notNegative),
          variation: v.optional(notNegative),
        }),
      ),
      schedule: v.nullish(
        object({
          dt: v.optional(byLaw(STEP_SCHEDULE_PARAMETERS)),
          temperature: v.optional(byLaw(SCHEDULE_PARAMETERS)),
        }),
      ),
      momentum: v.nullish(object({ beta: v.optional(share), nesterov: v.optional(boolean) })),
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
  if (!result.success) throw new ConfigError(sentence(result.issues[0], SCHEMA, value));
  const { $schema: _, ...config } = result.output as ConfigInput & { $schema?: string };
  return config;
}
