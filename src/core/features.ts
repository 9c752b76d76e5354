/**
 * Feature maps: f = outer · Σ_j w1_j Φ(w0_j, x). A map says how w0 and x meet, coordinate by coordinate, in a
 * number z, and along which direction Φ grows with w0; a profile of one variable makes Φ of z:
 *     z = Σ_k meet(w0_k, x_k),   Φ = φ(z),   ∂Φ/∂w0_k = φ'(z) along(w0_k, x_k)
 * Adding one is adding one entry below: direct sums on every engine serve it, other methods say whether they do.
 */
import { ACTIVATIONS, type Activation, type ActivationName } from './activations/activations.ts';
import { preactivation } from './model.ts';
import type { Shape } from './shape.ts';

type Numbers = ArrayLike<number>;

export interface FeatureMap {
  readonly summary: string;
  /** φ of z, from the activation that the model names. */
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
  /** What a step must restore in the row that begins at theta[row], say a norm; absent where there is nothing. */
  readonly settle?: (theta: Float64Array, row: number, shape: Shape) => void;
  readonly wgsl: {
    /** Expressions of numbers `w`, `x`; and of vec4f, the sum over their four. */
    readonly meet: (w: string, x: string) => string;
    readonly meetAll: (w: string, x: string) => string;
    /** Whether terms are products with x, so that they are 0 where x is. */
    readonly products: boolean;
    /** Of numbers or of vec4f. */
    readonly along: (w: string, x: string) => string;
    /** Body of fn settle(at: u32), of the particle whose first vec4f is theta[at]. */
    readonly settle?: (shape: Shape) => string;
  };
}

export const FEATURES = {
  'inner-product': {
    summary: 'Φ = φ(⟨w0, x⟩): a hidden layer of neurons',
    profile: (activation) => activation,
    separation: preactivation,
    addSlopes: (b, at, factor, _theta, _w0, x, column, d) => {
      for (let k = 0; k < d; k++) b[at + k] += factor * x[column + k];
    },
    wgsl: {
      meet: (w, x) => `${w} * ${x}`,
      meetAll: (w, x) => `dot(${w}, ${x})`,
      products: true,
      along: (_, x) => x,
    },
  },
} as const satisfies Record<string, FeatureMap>;

export type FeatureName = keyof typeof FEATURES;

/** What names a Φ: a problem, or a configuration's model. */
export interface FeatureChoice {
  readonly activation: ActivationName;
  /** Default: inner-product. */
  readonly features?: FeatureName;
}

/** What names the Φ of something that has more to it. */
export const featureChoiceOf = ({
  activation,
  features = 'inner-product',
}: FeatureChoice): Required<FeatureChoice> => ({
  activation,
  features,
});

/** A map and the profile that it has: Φ. */
export interface Feature {
  readonly name: FeatureName;
  readonly activation: ActivationName;
  readonly map: FeatureMap;
  readonly profile: Activation;
}

export function featureOf({ activation, features = 'inner-product' }: FeatureChoice): Feature {
  const map: FeatureMap = FEATURES[features];
  return { name: features, activation, map, profile: map.profile(ACTIVATIONS[activation]) };
}
