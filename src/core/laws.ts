/**
 * Initial laws ρ_0: one per layer, drawn coordinate by coordinate from a particle's own place in the stream, so
 * that θ_j(0) depends on (seed, j) alone and systems of different width share their first particles.
 */
import { Draws, STREAMS } from './random.ts';
import { shapeOf, type Sized } from './shape.ts';
import { normalCdf } from './activations/special.ts';

export type Law =
  | { readonly law: 'normal'; readonly mean?: number; readonly std?: number }
  | { readonly law: 'uniform'; readonly low?: number; readonly high?: number }
  | { readonly law: 'sphere'; readonly radius?: number }
  | { readonly law: 'dirac'; readonly at?: number | readonly number[] };
export type LawName = Law['law'];
type Parameters<N extends LawName> = Extract<Law, { law: N }>;

/** A law with its defaults and its sampler, which writes one draw into out[offset … offset + dimension). */
interface LawEntry<N extends LawName> {
  readonly summary: string;
  readonly defaults: Omit<Required<Parameters<N>>, 'law'>;
  readonly sample: (
    law: Required<Parameters<N>>,
    draws: Draws,
    out: Float64Array,
    offset: number,
    dimension: number,
  ) => void;
  /** P(coordinate ≤ z) where coordinates are independent and have a density; else null. */
  readonly cdf: ((law: Required<Parameters<N>>, z: number) => number) | null;
  /** Mean and variance of coordinate c; different coordinates are uncorrelated. */
  readonly moments: (
    law: Required<Parameters<N>>,
    c: number,
    dimension: number,
  ) => readonly [mean: number, variance: number];
}

export const LAWS: { readonly [N in LawName]: LawEntry<N> } = {
  normal: {
    summary: 'independent normal coordinates with the given mean and standard deviation (0 and 1)',
    defaults: { mean: 0, std: 1 },
    sample: ({ mean, std }, draws, out, offset, dimension) => {
      for (let c = 0; c < dimension; c++) out[offset + c] = mean + std * draws.normal();
    },
    cdf: ({ mean, std }, z) => normalCdf((z - mean) / std),
    moments: ({ mean, std }) => [mean, std * std],
  },
  uniform: {
    summary: 'independent coordinates, uniform between low and high (−1 and 1)',
    defaults: { low: -1, high: 1 },
    sample: ({ low, high }, draws, out, offset, dimension) => {
      for (let c = 0; c < dimension; c++) out[offset + c] = low + (high - low) * draws.uniform();
    },
    cdf: ({ low, high }, z) => Math.min(1, Math.max(0, (z - low) / (high - low))),
    moments: ({ low, high }) => [(low + high) / 2, (high - low) ** 2 / 12],
  },
  sphere: {
    summary: 'uniform on the sphere of the given radius (1); in one dimension ±radius',
    defaults: { radius: 1 },
    sample: ({ radius }, draws, out, offset, dimension) => {
      let square = 0;
      for (let c = 0; c < dimension; c++) square += (out[offset + c] = draws.normal()) ** 2;
      const length = Math.sqrt(square);
      // in one dimension exactly ±radius
      for (let c = 0; c < dimension; c++) out[offset + c] = radius * (out[offset + c] / length);
    },
    cdf: null,
    moments: ({ radius }, _c, dimension) => [0, radius ** 2 / dimension],
  },
  dirac: {
    summary: 'every particle at the same point (0, one number for all coordinates, or a list)',
    defaults: { at: 0 },
    sample: ({ at }, _draws, out, offset, dimension) => {
      for (let c = 0; c < dimension; c++) out[offset + c] = typeof at === 'number' ? at : at[c];
    },
    cdf: null,
    moments: ({ at }, c) => [typeof at === 'number' ? at : at[c], 0],
  },
};

/** A law with every parameter present. */
export type CompleteLaw = { [N in LawName]: Required<Parameters<N>> }[LawName];

export function completeLaw(law: Law): CompleteLaw {
  const { law: name, ...given } = law;
  // parameters in one order, so that equal laws are equal as text
  return { law: name, ...LAWS[name].defaults, ...given } as CompleteLaw;
}

/** P(coordinate ≤ z) under a law; null where it has no density. */
export function cdfOf(law: Law): ((z: number) => number) | null {
  const complete = completeLaw(law);
  const cdf = LAWS[law.law].cdf as LawEntry<LawName>['cdf'];
  const spread =
    complete.law === 'normal' ? complete.std : complete.law === 'uniform' ? complete.high - complete.low : 0;
  return cdf && spread > 0 ? (z) => cdf(complete, z) : null;
}

/** Mean and variance of coordinate c of a law in `dimension` dimensions. */
export function momentsOf(law: Law, c: number, dimension: number): readonly [mean: number, variance: number] {
  return (LAWS[law.law].moments as LawEntry<LawName>['moments'])(completeLaw(law), c, dimension);
}

type Sampler = (draws: Draws, out: Float64Array, offset: number, dimension: number) => void;

function sampler(law: Law): Sampler {
  const complete = completeLaw(law);
  const sample = LAWS[law.law].sample as LawEntry<LawName>['sample'];
  return (...place) => sample(complete, ...place);
}

export interface InitialLaw {
  readonly seed: number;
  readonly w1: Law;
  readonly w0: Law;
  /** Pairs (w1, w0), (−w1, w0) in neighbouring particles, so that f_0 = 0 exactly when n is even. */
  readonly antithetic: boolean;
}

/**
 * Draws θ [n, c + d], particles first … first + n − 1 of the infinite sequence of the seed. `spread` = [n^(−b0),
 * n^(−b1)] multiplies the draws of w0 and w1 (abc-parameterization).
 */
export function drawTheta(
  initial: InitialLaw,
  n: number,
  sized: Sized,
  spread: readonly [number, number] = [1, 1],
  first = 0,
): Float64Array {
  const { c, d, w1, w0, width } = shapeOf(sized);
  const theta = new Float64Array(n * width);
  const outer = new Draws(initial.seed, STREAMS.w1);
  const inner = new Draws(initial.seed, STREAMS.w0);
  const sampleW1 = sampler(initial.w1);
  const sampleW0 = sampler(initial.w0);
  for (let j = first, row = 0; j < first + n; j++, row += width) {
    const source = initial.antithetic ? j >>> 1 : j;
    outer.seek(source);
    inner.seek(source);
    sampleW1(outer, theta, row + w1, c);
    sampleW0(inner, theta, row + w0, d);
    const sign = initial.antithetic && j % 2 === 1 ? -1 : 1;
    for (let k = row + w1; k < row + w1 + c; k++) theta[k] *= sign * spread[1];
    for (let k = row + w0; k < row + w0 + d; k++) theta[k] *= spread[0];
  }
  return theta;
}
