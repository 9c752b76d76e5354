/**
 * Initial laws ρ_0: one for each piece of a row, drawn coordinate by coordinate from a particle's own place in the
 * stream, so that θ_j(0) depends on (seed, j) alone and systems of different width share their first particles. The law
 * `grid` draws nothing: it divides an interval among the particles that there are.
 */
import { Draws, STREAMS, type Stream } from './random.ts';
import { shapeOf, type Sized } from './shape.ts';
import { normalCdf } from './activations/special.ts';

export type Law =
  | { readonly law: 'normal'; readonly mean?: number; readonly std?: number }
  | { readonly law: 'uniform'; readonly low?: number; readonly high?: number }
  | { readonly law: 'sphere'; readonly radius?: number }
  | { readonly law: 'dirac'; readonly at?: number | readonly number[] }
  | { readonly law: 'grid'; readonly low?: number; readonly high?: number };
export type LawName = Law['law'];
type Parameters<N extends LawName> = Extract<Law, { law: N }>;

/** Which particle of how many. */
interface Place {
  readonly j: number;
  readonly n: number;
}

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
    place: Place,
  ) => void;
  /** P(coordinate ≤ z) where coordinates are independent and have a density; else null. */
  readonly cdf: ((law: Required<Parameters<N>>, z: number) => number) | null;
  /** Mean and variance of coordinate c; different coordinates are uncorrelated, but for a grid's, which are equal. */
  readonly moments: (law: Required<Parameters<N>>, c: number, dimension: number) => Moments;
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
  grid: {
    summary:
      'neuron j of n at low + (j + ½)(high − low)/n (−1 and 1), the same in all coordinates: nothing is drawn',
    defaults: { low: -1, high: 1 },
    sample: ({ low, high }, _draws, out, offset, dimension, { j, n }) => {
      out.fill(low + ((j + 0.5) * (high - low)) / n, offset, offset + dimension);
    },
    // of the limit of many particles, which is uniform
    cdf: (law, z) => LAWS.uniform.cdf!({ ...law, law: 'uniform' }, z),
    moments: (law, ...of) => LAWS.uniform.moments({ ...law, law: 'uniform' }, ...of),
  },
};

/** Laws of w1 and w0 together that are not those of each alone. */
export const JOINT_LAWS: readonly LawName[] = ['sphere'];

/** A law with every parameter present. */
export type CompleteLaw = { [N in LawName]: Required<Parameters<N>> }[LawName];

export function completeLaw(law: Law): CompleteLaw {
  const { law: name, ...given } = law;
  // parameters in one order, so that equal laws are equal as text
  return { law: name, ...LAWS[name].defaults, ...given } as CompleteLaw;
}

/** P(coordinate ≤ z) under a law, in the limit of many particles; null where it has no density. */
export function cdfOf(law: Law): ((z: number) => number) | null {
  const complete = completeLaw(law);
  const cdf = LAWS[law.law].cdf as LawEntry<LawName>['cdf'];
  const spread =
    complete.law === 'normal' ? complete.std : 'high' in complete ? complete.high - complete.low : 0;
  return cdf && spread > 0 ? (z) => cdf(complete, z) : null;
}

type Moments = readonly [mean: number, variance: number];

/** Mean and variance of each coordinate of a row. */
export const momentsOf = (initial: InitialLaws, sized: Sized): readonly Moments[] =>
  piecesOf(initial, sized).flatMap(({ law, size }) => {
    const moments = LAWS[law.law].moments as LawEntry<LawName>['moments'];
    return Array.from({ length: size }, (_, c) => moments(completeLaw(law), c, size));
  });

/** What a row is drawn from; which of the laws there are says `piecesOf`. */
export interface InitialLaws {
  /** Of w1 and w0 together, in place of theirs. */
  readonly joint?: Law | undefined;
  /** Of no account where rows have no w1. */
  readonly w1?: Law | undefined;
  readonly w0?: Law | undefined;
  /** Of the last coordinate of w0, the bias's weight, where it differs from the others'. */
  readonly bias?: Law | undefined;
}

export interface InitialLaw extends InitialLaws {
  readonly seed: number;
  /** Pairs (w1, w0), (−w1, w0) in neighbouring particles, so that f_0 = 0 exactly when n is even. */
  readonly antithetic: boolean;
}

/** Coordinates of a row that one law draws, from a stream of its own. */
export interface Piece {
  readonly name: keyof InitialLaws;
  readonly law: Law;
  readonly stream: Stream;
  /** The first of them in a row, and how many there are. */
  readonly from: number;
  readonly size: number;
}

/** Which law draws which coordinates, in their order. */
export function piecesOf({ joint, w1, w0, bias }: InitialLaws, sized: Sized): readonly Piece[] {
  const shape = shapeOf(sized);
  const piece = (name: Piece['name'], law: Law, from: number, to: number): Piece[] =>
    to > from ? [{ name, law, stream: STREAMS[name], from, size: to - from }] : [];
  if (joint) return piece('joint', joint, 0, shape.width);
  const end = bias ? shape.width - 1 : shape.width;
  return [
    ...(w1 ? piece('w1', w1, shape.w1, shape.w0) : []),
    ...(w0 ? piece('w0', w0, shape.w0, end) : []),
    ...(bias ? piece('bias', bias, end, shape.width) : []),
  ];
}

/**
 * Draws θ [n, c + d], particles first … first + n − 1 of the infinite sequence of the seed, of a system of `all`.
 * `spread` = [n^(−b0), n^(−b1)] multiplies the draws of w0 and w1 (abc-parameterization).
 */
export function drawTheta(
  initial: InitialLaw,
  n: number,
  sized: Sized,
  spread: readonly [number, number] = [1, 1],
  first = 0,
  all = first + n,
): Float64Array {
  const shape = shapeOf(sized);
  const { w1, w0, width } = shape;
  const theta = new Float64Array(n * width);
  const together = initial.antithetic ? 2 : 1;
  for (const { law, stream, from, size } of piecesOf(initial, shape)) {
    const draws = new Draws(initial.seed, stream);
    const complete = completeLaw(law);
    const sample = LAWS[law.law].sample as LawEntry<LawName>['sample'];
    const place = { j: 0, n: Math.ceil(all / together) };
    for (let i = 0; i < n; i++) {
      place.j = Math.floor((first + i) / together);
      draws.seek(place.j);
      sample(complete, draws, theta, i * width + from, size, place);
    }
  }
  for (let j = first, row = 0; j < first + n; j++, row += width) {
    const sign = initial.antithetic && j % 2 === 1 ? -1 : 1;
    for (let k = row + w1; k < row + w0; k++) theta[k] *= sign * spread[1];
    for (let k = row + w0; k < row + width; k++) theta[k] *= spread[0];
  }
  return theta;
}
