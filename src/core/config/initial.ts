/** What θ is at step 0, as a configuration says it: its part `initial`, completed and checked. */
import { takesActivation, takesWeights } from '../features/features.ts';
import { completeLaw, type CompleteLaw, type InitialLaws, type Law } from '../laws.ts';
import type { Config, ConfigInput } from './config.ts';
import { ConfigError } from './error.ts';

export interface Initial {
  readonly seed: number;
  /** Of (w1, w0), which then have no laws of their own. */
  readonly joint?: CompleteLaw;
  /** Absent where the features have no output weights. */
  readonly w1?: CompleteLaw;
  readonly w0?: CompleteLaw;
  /** Of the bias's weight, where it is not drawn as the rest of w0. */
  readonly bias?: CompleteLaw;
  readonly antithetic: boolean;
  readonly npy?: string;
}

/** What people write; null takes away what a preset, or the configuration below, has there. */
export type InitialInput = Partial<Omit<Initial, keyof InitialLaws | 'npy'>> & {
  readonly joint?: Law | null;
  readonly w1?: Law;
  readonly w0?: Law;
  readonly bias?: Law | null;
  readonly npy?: string | null;
};

export const DEFAULT_INITIAL = {
  seed: 1,
  w1: { law: 'normal', mean: 0, std: 1 },
  w0: { law: 'normal', mean: 0, std: 1 },
  antithetic: false,
} as const satisfies Initial;

type Given = (over: ConfigInput) => boolean;

/** Fields that give way to what is laid over them: only what stands beside that can contradict it. */
const GIVE_WAY: readonly (readonly [keyof Initial, Given])[] = [
  [
    'joint',
    ({ model, initial }) =>
      (model?.features !== undefined && model.features !== 'inner-product') ||
      Boolean(initial?.w1 ?? initial?.w0 ?? initial?.bias) ||
      typeof initial?.npy === 'string',
  ],
  ['w1', ({ model, initial }) => weightless(model) || Boolean(initial?.joint)],
  ['w0', ({ initial }) => Boolean(initial?.joint)],
  [
    'bias',
    ({ model, initial }) =>
      model?.bias === false ||
      (model?.features !== undefined && !takesActivation(model.features)) ||
      Boolean(initial?.joint) ||
      typeof initial?.npy === 'string',
  ],
  ['antithetic', ({ model }) => weightless(model)],
];

const weightless = (model: ConfigInput['model']): boolean =>
  model?.features !== undefined && !takesWeights(model.features);

export const givingWay = (initial: InitialInput, over: ConfigInput): InitialInput =>
  Object.fromEntries(
    Object.entries(initial).filter(
      ([field]) => !GIVE_WAY.some(([name, gives]) => name === field && gives(over)),
    ),
  );

/** The laws that there are, by what they draw. */
export const lawsIn = ({ joint, w1, w0, bias }: Initial): readonly (readonly [string, CompleteLaw])[] =>
  Object.entries({ joint, w1, w0, bias }).flatMap(([name, law]) => (law ? [[name, law] as const] : []));

/** Fills in what is missing. */
export function completeInitial({
  seed = DEFAULT_INITIAL.seed,
  antithetic = false,
  joint,
  w1,
  w0,
  bias,
  npy,
}: InitialInput): Initial {
  const laws = Object.entries({ joint, w1, w0, bias }).flatMap(([name, law]) =>
    law ? [[name, completeLaw(law)] as const] : [],
  );
  return {
    seed,
    ...(Object.fromEntries(laws) as Pick<Initial, keyof InitialLaws>),
    antithetic,
    ...(typeof npy === 'string' && { npy }),
  };
}

/** Throws a ConfigError where fields contradict each other. */
export function checkInitial(initial: Initial, model: Config['model']): void {
  const { joint, w1, w0, bias, antithetic, npy } = initial;
  for (const [name, law] of Object.entries({ w1, w0, bias }))
    if (law && 'high' in law && law.low > law.high)
      throw new ConfigError(`initial.${name}: low = ${law.low} is above high = ${law.high}, exchange them`);
  for (const [name, law] of Object.entries({ joint, bias }))
    if (law && npy !== undefined)
      throw new ConfigError(
        `initial.${name} beside initial.npy = ${JSON.stringify(npy)}: the file has all of θ, leave one of them out`,
      );
  if (joint) checkJoint(initial, model);
  if (bias && !model.bias)
    throw new ConfigError(
      'initial.bias beside model.bias = false: there is no bias whose weight it could draw, leave it out',
    );
  if (antithetic && npy === undefined && model.width % 2 === 1)
    throw new ConfigError(
      `model.width = ${model.width} is odd: "antithetic" pairs neurons, give an even width`,
    );
}

function checkJoint(initial: Initial, { features }: Config['model']): void {
  const beside = (['w1', 'w0', 'bias'] as const).find((name) => initial[name]);
  if (beside)
    throw new ConfigError(
      `initial.${beside} beside initial.joint: that draws w1 and w0 together, leave one of them out`,
    );
  if (takesActivation(features)) return;
  throw new ConfigError(
    `initial.joint beside model.features = ${JSON.stringify(features)}: these have a place of their own for w0, give initial.w1 and initial.w0`,
  );
}
