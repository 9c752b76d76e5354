/** CONFIG.json: its fields, their defaults, how one is laid over another, and what contradicts itself. */
import type { ActivationChoice } from '../activations/parametric.ts';
import {
  checkDynamics,
  completeDynamics,
  DEFAULT_DYNAMICS,
  type Dynamics,
  type DynamicsInput,
} from './dynamics.ts';
import { takesActivation, type Features } from '../features.ts';
import { ConfigError } from './error.ts';
import { completeData, dataFault, type Data } from './data.ts';
import { completeLaw, type CompleteLaw, type Law } from '../laws.ts';
import type { LossName } from '../losses.ts';
import { METHOD_NAMES } from '../methods.ts';
import type { Parameterization } from '../parameterizations.ts';

export type { Data } from './data.ts';
export { ConfigError } from './error.ts';

export const ENGINE_CHOICES = ['auto', 'webgpu', 'cpu', 'cpu32'] as const;
export const METHOD_CHOICES = ['auto', ...METHOD_NAMES] as const;
export const MAX_WIDTH = 2 ** 30;
/** Stands for the width until the .npy that decides it has been read. */
export const WIDTH_OF_FILE = 0;
export const MAX_STEPS = 2 ** 53 - 1;

/** A complete configuration: every field present. */
export interface Config {
  readonly preset?: string;
  readonly data: Data;
  readonly model: {
    /** Absent where the features have a profile of their own. */
    readonly activation?: ActivationChoice;
    readonly features: Features;
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
  readonly dynamics: Dynamics;
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
  'initial' | 'dynamics'
> & {
  readonly initial?: Partial<Omit<Config['initial'], 'w1' | 'w0'>> & { readonly w1?: Law; readonly w0?: Law };
  readonly dynamics?: DynamicsInput;
};

/** Fields that a later configuration replaces as a whole; all other objects merge field by field. */
const REPLACED_WHOLE = ['data', 'parameterization'] as const;
type ReplacedWhole = (typeof REPLACED_WHOLE)[number];

export const DEFAULTS: Omit<Config, 'data'> = {
  model: { activation: 'tanh', features: 'inner-product', width: 65536, bias: true, loss: 'squared' },
  parameterization: 'mean-field',
  initial: {
    seed: 1,
    w1: { law: 'normal', mean: 0, std: 1 },
    w0: { law: 'normal', mean: 0, std: 1 },
    antithetic: false,
  },
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
  if (over.initial?.npy !== undefined && over.model?.width === undefined)
    merged.model = { ...(merged.model as object), width: WIDTH_OF_FILE };
  const { features } = over.model ?? {};
  if (features && !takesActivation(features))
    merged.model = { ...withoutActivation(merged.model as object), ...over.model };
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
    model: { ...model, bias: model.bias ?? false },
    parameterization,
    initial: { ...initial, ...laws },
    dynamics: completeDynamics(dynamics),
    ...rest,
  };
  check(config);
  return config;
}

function check({ data, model, parameterization, initial, dynamics }: Config): void {
  checkDynamics(dynamics);
  const fault = dataFault(data);
  if (fault) throw new ConfigError(fault);
  checkFeatures(model, parameterization);
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
