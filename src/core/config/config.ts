/**
 * CONFIG.json: the one schema of its fields, ranges, defaults and error sentences. The command line, the page
 * and links all read configurations through `readConfig` and complete them through `complete`.
 */
import * as v from 'valibot';
import { closest } from 'fastest-levenshtein';
import { ACTIVATIONS, type ActivationName } from '../activations.ts';
import { DATASETS, type DatasetName } from '../datasets.ts';
import { inlineFault, type InlineData } from './inline.ts';
import { INTEGRATORS, type IntegratorName } from '../integrators.ts';
import { completeLaw, LAWS, type CompleteLaw, type Law, type LawName } from '../laws.ts';
import { LOSSES, type LossName } from '../losses.ts';
import { PARAMETERIZATIONS, type Parameterization, type ParameterizationName } from '../parameterizations.ts';

export const ENGINE_CHOICES = ['auto', 'webgpu', 'cpu'] as const;
export const METHOD_CHOICES = ['auto', 'direct', 'mesh', 'sector'] as const;
export const MAX_WIDTH = 2 ** 30;
/** Stands for the width until the .npy that decides it has been read. */
export const WIDTH_OF_FILE = 0;
export const MAX_STEPS = 2 ** 53 - 1;

interface DataOptions {
  /** Share of the rows held out, 0 … < 1, chosen by the seed. */
  readonly test?: number;
  /** Shift and scale every coordinate and the target to mean 0 and variance 1 over the training rows. */
  readonly standardize?: boolean;
}
export type Data = DataOptions &
  (
    | { readonly csv: string; readonly target?: string }
    | { readonly inline: InlineData }
    | {
        readonly dataset: DatasetName;
        readonly samples?: number;
        readonly noise?: number;
        readonly seed?: number;
      }
  );

/** A complete configuration: every field present. */
export interface Config {
  readonly preset?: string;
  readonly data: Data;
  readonly model: {
    readonly activation: ActivationName;
    readonly width: number;
    readonly bias: boolean;
    readonly loss: LossName;
  };
  readonly parameterization: Parameterization;
  readonly initial: {
    readonly seed: number;
    readonly w1: CompleteLaw;
    readonly w0: CompleteLaw;
    readonly antithetic: boolean;
    readonly npy?: string;
  };
  readonly dynamics: {
    readonly integrator: IntegratorName;
    readonly dt: number;
    readonly steps: number;
    /** τ ≥ 0 of the noise, λ ≥ 0 of the weight decay (core/terms.ts). */
    readonly temperature: number;
    readonly decay: number;
    /** Learning rates of the layers beside the parameterization's; 0 freezes a layer. */
    readonly rates: { readonly w1: number; readonly w0: number };
  };
  readonly record: { readonly every: number; readonly theta: readonly number[] };
  readonly engine: (typeof ENGINE_CHOICES)[number];
  readonly method: (typeof METHOD_CHOICES)[number];
}

/** What people write: any subset of the fields. */
export type ConfigInput = Omit<
  {
    readonly [K in keyof Config]?: K extends ReplacedWhole | 'preset' | 'engine' | 'method'
      ? Config[K]
      : Partial<Config[K]>;
  },
  'initial'
> & {
  readonly initial?: Partial<Omit<Config['initial'], 'w1' | 'w0'>> & { readonly w1?: Law; readonly w0?: Law };
};

/** Fields that a later configuration replaces as a whole; all other objects merge field by field. */
const REPLACED_WHOLE = ['data', 'parameterization'] as const;
type ReplacedWhole = (typeof REPLACED_WHOLE)[number];

export const DEFAULTS: Omit<Config, 'data'> = {
  model: { activation: 'tanh', width: 65536, bias: true, loss: 'squared' },
  parameterization: 'mean-field',
  initial: {
    seed: 1,
    w1: { law: 'normal', mean: 0, std: 1 },
    w0: { law: 'normal', mean: 0, std: 1 },
    antithetic: false,
  },
  dynamics: { integrator: 'euler', dt: 0.1, steps: 1000, temperature: 0, decay: 0, rates: { w1: 1, w0: 1 } },
  record: { every: 10, theta: [] },
  engine: 'auto',
  method: 'auto',
};

/** A configuration that cannot be used: one sentence that names the field, the value and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

// --- schema
// ---------------------------------------------------------------------------------------------------------

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
const notNegative = number('a number ≥ 0', (value) => value >= 0);

const dataOptions = {
  test: v.optional(number('a share from 0 to below 1', (value) => value >= 0 && value < 1)),
  standardize: v.optional(boolean),
};
const DATA_FORMS = {
  csv: object({ csv: string, target: v.optional(string), ...dataOptions }),
  inline: object({
    inline: object({
      x: v.array(numbers, 'a list of rows'),
      y: numbers,
      names: v.optional(v.array(word, 'a list of names')),
      target: v.optional(word),
      title: v.optional(string),
    }),
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

// --- reading
// --------------------------------------------------------------------------------------------------------

/** Validates a parsed JSON value; throws a ConfigError that names the first bad field. */
export function readConfig(value: unknown): ConfigInput {
  const result = v.safeParse(SCHEMA, value, { abortEarly: true });
  if (result.success) return result.output as ConfigInput;
  throw new ConfigError(sentence(result.issues[0], value));
}

/**
 * Lays `over` on `base` by the contract's rule: data, parameterization and laws whole, other objects field by
 * field.
 */
export function mergeConfig(base: ConfigInput, over: ConfigInput): ConfigInput {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const plain = typeof value === 'object' && !(REPLACED_WHOLE as readonly string[]).includes(key);
    merged[key] = plain ? { ...(merged[key] as object | undefined), ...value } : value;
  }
  // A θ from a file brings its own width: only a width that stands beside it can contradict it.
  if (over.initial?.npy !== undefined && over.model?.width === undefined)
    merged.model = { ...(merged.model as object), width: WIDTH_OF_FILE };
  return merged as ConfigInput;
}

/** Fills in every default; throws a ConfigError where fields contradict each other. */
export function complete(input: ConfigInput): Config {
  if (!input.data)
    throw new ConfigError(
      'data is missing: give { "csv": FILE }, { "inline": … } or { "dataset": NAME }, or a preset',
    );
  const { preset, data, model, parameterization, initial, dynamics, ...rest } = mergeConfig(
    DEFAULTS,
    input,
  ) as Config;
  const laws = { w1: completeLaw(initial.w1), w0: completeLaw(initial.w0) };
  const config = {
    ...(preset === undefined ? {} : { preset }),
    data: completeData(data),
    model,
    parameterization,
    initial: { ...initial, ...laws },
    dynamics: { ...dynamics, rates: { ...DEFAULTS.dynamics.rates, ...dynamics.rates } },
    ...rest,
  };
  check(config);
  return config;
}

function completeData(data: Data): Data {
  const drawn = 'dataset' in data ? { samples: DATASETS[data.dataset].samples, noise: 0, seed: 1 } : {};
  return { ...data, ...drawn, test: 0, standardize: false, ...data };
}

function check({ data, model, initial, dynamics }: Config): void {
  if (dynamics.temperature > 0 && dynamics.integrator !== 'euler') {
    throw new ConfigError(
      `dynamics.temperature = ${dynamics.temperature} needs the integrator "euler", not "${dynamics.integrator}": noise has no higher order here`,
    );
  }
  const fault = 'inline' in data ? inlineFault(data.inline) : null;
  if (fault) throw new ConfigError(fault);
  if ('dataset' in data && data.samples !== undefined) {
    const { source, samples } = DATASETS[data.dataset] as { source?: string; samples: number };
    if (source && data.samples > samples) {
      throw new ConfigError(
        `data.samples = ${data.samples}: ${data.dataset} has ${samples} rows, give at most that many`,
      );
    }
  }
  for (const [layer, law] of [
    ['w1', initial.w1],
    ['w0', initial.w0],
  ] as const) {
    if (law.law === 'uniform' && law.low > law.high) {
      throw new ConfigError(`initial.${layer}: low = ${law.low} is above high = ${law.high}, exchange them`);
    }
  }
  if (initial.antithetic && initial.npy === undefined && model.width % 2 === 1) {
    throw new ConfigError(
      `model.width = ${model.width} is odd: "antithetic" pairs neurons, give an even width`,
    );
  }
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
