/**
 * Feature maps: f = outer · Σ_j w1_j Φ(w0_j, x), or outer · Σ_j Φ(w0_j, x) where there is no w1. A map says how w0 and x
 * meet, coordinate by coordinate, in a number z, and along which direction Φ grows with w0; a profile of one variable
 * makes Φ of z:
 *     z = Σ_k meet(w0_k, x_k),   Φ = φ(z),   ∂Φ/∂w0_k = φ'(z) along(w0_k, x_k)
 * Adding one is adding one entry below: direct sums on every engine serve it, other methods say whether they do.
 */
import type { Activation } from '../activations/activations.ts';
import { formOf, type ActivationChoice } from '../activations/parametric.ts';
import { preactivation } from '../model.ts';
import { rbf, type Rbf } from './rbf.ts';
import type { Shape, Sized } from '../shape.ts';
import { translate, type Translate } from './translate.ts';

export type Numbers = ArrayLike<number>;

export interface FeatureMap {
  readonly summary: string;
  /** Whether z is ⟨w0, x⟩, so that x is what w0 moves along, wherever it is. */
  readonly product?: boolean;
  /** Whether there is no w1: rows of θ hold w0 alone, and f is one number. */
  readonly weightless?: true;
  /** φ of z, from the activation that the model names, or the map's own. */
  readonly profile: (activation: Activation) => Activation;
  /** z of the w0 [d] at theta[w0 …] and the sample at x[column …]. */
  readonly separation: (theta: Numbers, w0: number, x: Float64Array, column: number, d: number) => number;
  /** Adds factor · along(w0_k, x_k) to b[at + k], for the same. */
  readonly addSlopes: (
    b: Float64Array,
    at: number,
    factor: number,
    theta: Numbers,
    w0: number,
    x: Float64Array,
    column: number,
    d: number,
  ) => void;
  /**
   * Makes what w0 moves along of Σ … ∂Φ/∂w0 in b[at … at + d), for the w0 at theta[w0 …], where that is something
   * else: a symmetric linear map.
   */
  readonly raise?: (b: Float64Array, at: number, theta: Numbers, w0: number, d: number) => void;
  /** What a step must restore in the row that begins at theta[row], say a norm; absent where there is nothing. */
  readonly settle?: (theta: Float64Array, row: number, shape: Shape) => void;
  /** Where that puts w0, for people. */
  readonly place?: string;
  readonly wgsl: {
    /** Expressions of numbers `w`, `x`; and of vec4f, the sum over their four. */
    readonly meet: (w: string, x: string) => string;
    readonly meetAll: (w: string, x: string) => string;
    /** Of numbers or of vec4f. */
    readonly along: (w: string, x: string) => string;
    /** Whether `raise` takes out what points along w0. */
    readonly tangent?: true;
    /** Body of fn settle(at: u32), of the particle whose first vec4f is theta[at]. */
    readonly settle?: (shape: Shape) => string;
  };
}

const innerProduct: FeatureMap = {
  summary: 'Φ = φ(⟨w0, x⟩): a hidden layer of neurons',
  product: true,
  profile: (activation) => activation,
  separation: preactivation,
  addSlopes: (b, at, factor, _theta, _w0, x, column, d) => {
    for (let k = 0; k < d; k++) b[at + k] += factor * x[column + k];
  },
  wgsl: {
    meet: (w, x) => `${w} * ${x}`,
    meetAll: (w, x) => `dot(${w}, ${x})`,
    along: (_, x) => x,
  },
};

const unit: FeatureMap = {
  ...innerProduct,
  summary: 'Φ = φ(⟨w0, x⟩) without output weights: f is the sum of the neurons',
  weightless: true,
};

/** Of their parameters, where they have any. */
export const FEATURES = { 'inner-product': () => innerProduct, unit: () => unit, rbf, translate };

export type FeatureName = keyof typeof FEATURES;

/** Those without parameters. */
export const PLAIN_FEATURES = ['inner-product', 'unit'] as const satisfies readonly FeatureName[];

/** A map with its parameters, as plain data. */
export type Features =
  (typeof PLAIN_FEATURES)[number] | { readonly rbf: Rbf } | { readonly translate: Translate };

function mapOf(features: Features): FeatureMap {
  if (typeof features === 'string') return FEATURES[features]();
  return 'rbf' in features ? rbf(features.rbf) : translate(features.translate);
}

export const nameOf = (features: Features): FeatureName =>
  typeof features === 'string' ? features : (Object.keys(features)[0] as FeatureName);

/** Whether a value found in a file names a map. */
export const isFeatures = (value: unknown): value is Features =>
  typeof value === 'string' || (typeof value === 'object' && value !== null)
    ? Object.hasOwn(FEATURES, nameOf(value as Features))
    : false;

/** For people, and as a key: a name, or JSON. */
export const spelled = (named: Features | ActivationChoice): string =>
  typeof named === 'string' ? named : JSON.stringify(named);

/** Whether Φ takes an activation, and its inputs a bias; the other maps have a profile of their own. */
export const takesActivation = (features: Features): boolean => mapOf(features).product === true;

/** Whether neurons have output weights. */
export const takesWeights = (features: Features): boolean => mapOf(features).weightless !== true;

/** What decides the shape of rows, for c outputs and d inner coordinates. */
export const sizedFor = (features: Features, { c, d }: { readonly c: number; readonly d: number }): Sized => ({
  ...(c > 1 && { c }),
  d,
  ...(takesWeights(features) ? {} : { weights: 0 }),
});

/** What names a Φ: a problem, or a configuration's model. */
export interface FeatureChoice {
  /** Of no account for maps that take none. */
  readonly activation?: ActivationChoice | undefined;
  /** Default: inner-product. */
  readonly features?: Features;
}

/** The same with nothing left to a default. */
export interface NamedFeatures {
  readonly activation: ActivationChoice;
  readonly features: Features;
}

/** What names the Φ of something that has more to it. */
export const featureChoiceOf = ({
  activation = NONE,
  features = 'inner-product',
}: FeatureChoice): NamedFeatures => ({
  activation,
  features,
});

/** What stands where a map takes no activation. */
const NONE: ActivationChoice = 'linear';

export const activationOf = (choice: FeatureChoice): ActivationChoice => featureChoiceOf(choice).activation;

/** Φ in few words, for people and shaders' names: the activation where nothing else is to be said. */
export function featuresText(choice: FeatureChoice): string {
  const { activation, features } = featureChoiceOf(choice);
  if (!takesActivation(features)) return spelled(features);
  return features === 'inner-product' ? spelled(activation) : `${features} ${spelled(activation)}`;
}

/** A map and the profile that it has: Φ. */
export interface Feature {
  readonly name: FeatureName;
  /** For people. */
  readonly activation: string;
  readonly map: FeatureMap;
  readonly profile: Activation;
}

export function featureOf(choice: FeatureChoice): Feature {
  const { activation, features } = featureChoiceOf(choice);
  const map = mapOf(features);
  return {
    name: nameOf(features),
    activation: spelled(activation),
    map,
    profile: map.profile(formOf(activation)),
  };
}
