/** CONFIG.json: its fields, their defaults, how one is laid over another, and what contradicts itself. */
import type { ActivationChoice } from '../activations/parametric.ts';
import {
  checkDynamics,
  completeDynamics,
  DEFAULT_DYNAMICS,
  type Dynamics,
  type DynamicsInput,
} from './dynamics.ts';
import { takesActivation, takesWeights, type Features } from '../features/features.ts';
import { ConfigError } from './error.ts';
import { completeData, dataFault, type Data } from './data.ts';
import {
  checkInitial,
  completeInitial,
  DEFAULT_INITIAL,
  givingWay,
  type Initial,
  type InitialInput,
} from './initial.ts';
import type { LossName } from '../objective/losses.ts';
import { METHOD_NAMES } from '../methods/methods.ts';
import type { Parameterization } from '../parameterizations.ts';

export type { Data } from './data.ts';
export { ConfigError } from './error.ts';

export const ENGINE_CHOICES = ['auto', 'webgpu', 'cpu', 'cpu32'] as const;
export const METHOD_CHOICES = ['auto', ...METHOD_NAMES] as const;
export const MAX_WIDTH = 2 ** 30;
/** Stands for the width until the .npy that decides it has been read. */
export const WIDTH_OF_FILE = 0;
export const MAX_STEPS = 2 ** 53 - 1;

/** A complete configuration: every field present. What each means, and its range: `core/config/meanings.ts`. */
export interface Config {
  /** Whose fields these are where others are not given. */
  readonly preset?: string;
  /** What is learned: m rows of x and y. */
  readonly data: Data;
  /** f(x) = n^(−a) Σ w1 Φ(w0, x) (docs/model.md, Feature maps). */
  readonly model: {
    /** Absent where the features have a profile of their own. */
    readonly activation?: ActivationChoice;
    /** Φ: how a neuron and an input meet. */
    readonly features: Features;
    /** n, 1 … 2^30 neurons. */
    readonly width: number;
    /** Whether x has a coordinate 1. */
    readonly bias: boolean;
    /** ℓ(f, y). */
    readonly loss: LossName;
  };
  /** Exponents of prefactor, draws and rate in n (docs/model.md, Dynamics). */
  readonly parameterization: Parameterization;
  /** The law of θ at step 0. */
  readonly initial: Initial;
  /** How θ moves, and what is added to the flow. */
  readonly dynamics: Dynamics;
  /** Steps between two rows of history.csv, and steps whose θ is kept. */
  readonly record: {
    /** In steps, from 1. */
    readonly every: number;
    /** Steps, at most `dynamics.steps`. */
    readonly theta: readonly number[];
  };
  /** What computes. */
  readonly engine: (typeof ENGINE_CHOICES)[number];
  /** How sums over pairs are made. */
  readonly method: (typeof METHOD_CHOICES)[number];
}

/** What people write: any subset of the fields. */
export type ConfigInput = Omit<
  {
    readonly [K in keyof Config]?: K extends ReplacedWhole | 'preset' | 'engine' | 'method'
      ? Config[K]
      : Partial<Config[K]>;
  },
  'initial' | 'dynamics'
> & {
  readonly initial?: InitialInput;
  readonly dynamics?: DynamicsInput;
};

/** Fields that a later configuration replaces as a whole; all other objects merge field by field. */
export const REPLACED_WHOLE = ['data', 'parameterization'] as const;
type ReplacedWhole = (typeof REPLACED_WHOLE)[number];

export const DEFAULTS: Omit<Config, 'data'> = {
  model: { activation: 'tanh', features: 'inner-product', width: 65536, bias: true, loss: 'squared' },
  parameterization: 'mean-field',
  initial: DEFAULT_INITIAL,
  dynamics: DEFAULT_DYNAMICS,
  record: { every: 10, theta: [] },
  engine: 'auto',
  method: 'auto',
};

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
  if (typeof over.initial?.npy === 'string' && over.model?.width === undefined)
    merged.model = { ...(merged.model as object), width: WIDTH_OF_FILE };
  const { features } = over.model ?? {};
  if (features && !takesActivation(features))
    merged.model = { ...withoutActivation(merged.model as object), ...over.model };
  if (merged.initial) merged.initial = { ...givingWay(merged.initial as InitialInput, over), ...over.initial };
  return merged as ConfigInput;
}

/** Features that take no activation and no bias: only those that stand beside them can contradict them. */
function withoutActivation({
  activation: _activation,
  bias: _bias,
  ...rest
}: Partial<Config['model']>): object {
  return rest;
}

/** Fields that null takes away; the others of these parts are never missing, or give way to what is laid over them. */
const TAKEN_BY_NULL: readonly string[] = [
  ...['joint', 'bias', 'npy'],
  ...['batch', 'stream', 'penalty', 'momentum', 'schedule'],
];

/** The parts of `to` that laid on `from` leave nothing of it. */
export function inPlaceOf(
  from: ConfigInput,
  to: Config,
): { readonly initial: InitialInput; readonly dynamics: DynamicsInput } {
  const taken = (below: object = {}, above: object): object =>
    Object.fromEntries(
      Object.keys(below)
        .filter((field) => TAKEN_BY_NULL.includes(field) && !Object.hasOwn(above, field))
        .map((field) => [field, null]),
    );
  return {
    initial: { ...taken(from.initial, to.initial), ...to.initial },
    dynamics: { ...taken(from.dynamics, to.dynamics), ...to.dynamics },
  };
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
  const moved = completeDynamics(dynamics);
  const config = {
    ...(preset === undefined ? {} : { preset }),
    data: completeData(data, moved.stream !== undefined),
    model: { ...model, bias: model.bias ?? false },
    parameterization,
    initial: completeInitial(initial),
    dynamics: moved,
    ...rest,
  };
  check(config);
  return config;
}

function check(config: Config): void {
  const { data, model, parameterization, initial, dynamics, record } = config;
  checkDynamics(dynamics);
  const late = record.theta.find((step) => step > dynamics.steps);
  if (late !== undefined)
    throw new ConfigError(
      `record.theta has ${late}, and the run ends after dynamics.steps = ${dynamics.steps}: leave it out or give more steps`,
    );
  const fault = dataFault(data, dynamics.stream);
  if (fault) throw new ConfigError(fault);
  checkFeatures(model, parameterization);
  if (!takesWeights(model.features)) checkWeightless(config);
  checkInitial(initial, model);
}

function checkFeatures(
  { activation, features, bias }: Config['model'],
  parameterization: Parameterization,
): void {
  const beside = `beside model.features = ${JSON.stringify(features)}`;
  if (features !== 'inner-product' && typeof parameterization === 'object' && 'abc' in parameterization)
    throw new ConfigError(
      `parameterization.abc ${beside}: it is for "inner-product", give a name or { "a", "kappa" }`,
    );
  if (takesActivation(features)) return;
  if (activation !== undefined)
    throw new ConfigError(
      `model.activation = ${JSON.stringify(activation)} ${beside}: these have a profile of their own, leave the activation out`,
    );
  if (bias)
    throw new ConfigError(`model.bias = true ${beside}: these have no bias, leave it out or give false`);
}

/** Features without output weights leave nothing that could be said of them. */
function checkWeightless({ model: { features }, initial, dynamics: { rates, penalty } }: Config): void {
  const given: readonly (readonly [string, unknown, boolean])[] = [
    ['initial.w1', initial.w1, initial.w1 !== undefined],
    ['initial.joint', initial.joint, initial.joint !== undefined],
    ['initial.antithetic', true, initial.antithetic],
    ['dynamics.rates.w1', rates.w1, rates.w1 !== 1],
    ['dynamics.penalty.ridge', penalty?.ridge, (penalty?.ridge[0] ?? 0) !== 0],
    ['dynamics.penalty.l1', penalty?.l1, (penalty?.l1 ?? 0) !== 0],
    ['dynamics.penalty.variation', penalty?.variation, (penalty?.variation ?? 0) !== 0],
  ];
  for (const [name, value, isGiven] of given) {
    if (!isGiven) continue;
    const remedy = name.endsWith('ridge') ? 'give 0 for w1' : 'leave it out';
    throw new ConfigError(
      `${name} = ${JSON.stringify(value)} beside model.features = ${JSON.stringify(features)}: these have no output weights w1, ${remedy}`,
    );
  }
}
