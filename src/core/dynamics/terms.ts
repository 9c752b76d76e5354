/**
 * What beside b(θ, ρ) moves a particle, as independent terms: learning rates of the layers, weight decay λ and noise
 * of temperature τ, penalties (penalties.ts). Decay and noise make
 *     dθ = s (b(θ, ρ) − λ θ) dt + √(2 τ s) dW,   s = speed · rate of the layer,
 * so that whatever s is, the invariant measure has the density exp(−Ψ_λ(θ; ρ) / τ) with ∇Ψ_λ = λθ − b (Mei,
 * Montanari, Nguyen 2018, section 3.3). A term acts at one of three places: it pulls, which adds to b in every stage of
 * a step, it carries what has been added up on to later steps, or it settles, which moves θ where the step has ended.
 * Adding one is adding an entry here and its twin in shaders/terms.ts.
 */
import { brownian, BROWNIAN_BLOCK, keyOf } from '../random.ts';
import { pullByRidge, pullByVariation, shrink } from '../objective/penalties.ts';
import { layerOf, type Shape } from '../shape.ts';

export interface Terms {
  /** Of the layers (w1, w0), relative to `speed`; 0 freezes one. Default 1, 1. */
  readonly rates?: readonly [number, number];
  /** λ ≥ 0. */
  readonly decay?: number;
  /** λ1, λ0 ≥ 0 of (λ1 |w1|² + λ0 |w0|²)/2, which decay adds to. */
  readonly ridge?: readonly [number, number];
  /** λ ≥ 0 of λ |w1| |w0|. */
  readonly variation?: number;
  readonly noise?: Noise;
  /** λ ≥ 0 of λ |w1|_1. */
  readonly l1?: number;
  readonly momentum?: Momentum;
}

export interface Noise {
  /** τ ≥ 0. */
  readonly temperature: number;
  /** Particle j's noise at a step depends on (seed, j, step) alone. */
  readonly seed: number;
}

/** v ← β v + b, from v = 0; particles move along v, or along b + β v. */
export interface Momentum {
  /** 0 … < 1. */
  readonly beta: number;
  readonly nesterov: boolean;
}

export type TermName = Exclude<keyof Terms, 'rates'>;

/** Rows first … last − 1 of θ, of which row k is particle offset + k. */
export interface Rows {
  readonly theta: Float64Array;
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly shape: Shape;
}

/** The step that ends at `step`: `time` is speed · dt, by which the layers' rates are multiplied to s dt. */
export interface Stride {
  readonly time: number;
  readonly rates: readonly [number, number];
  readonly step: number;
  /** What the temperature is multiplied by at this step. */
  readonly heat: number;
}

interface Term<V> {
  readonly summary: string;
  /** Whether a value of it does anything. */
  readonly acts: (value: V) => boolean;
  /** Needs Euler's method: no stages. */
  readonly eulerOnly?: true;
  /** Has no meaning beside noise. */
  readonly coldOnly?: true;
  /** Adds to b, whose row 0 belongs to the first of the rows. */
  readonly pull?: (value: V, b: Float64Array, rows: Rows) => void;
  /** Makes of b, whose row 0 belongs to the first of the rows, what particles move along; `velocity` is like θ. */
  readonly carry?: (value: V, b: Float64Array, velocity: Float64Array, rows: Rows) => void;
  readonly settle?: (value: V, rows: Rows, stride: Stride) => void;
}

export const TERMS: { readonly [N in TermName]: Term<NonNullable<Terms[N]>> } = {
  decay: {
    summary: 'weight decay λ: −λ θ beside b',
    acts: (decay) => decay !== 0,
    pull: (decay, ...at) => pullByRidge([decay, decay], ...at),
  },
  ridge: {
    summary: 'ridge λ1, λ0: −(λ1 w1, λ0 w0) beside b',
    acts: ([outer, inner]) => outer !== 0 || inner !== 0,
    pull: pullByRidge,
  },
  variation: {
    summary: 'variation λ: minus a subgradient of λ |w1| |w0| beside b',
    acts: (strength) => strength !== 0,
    pull: pullByVariation,
  },
  noise: {
    summary: 'noise of temperature τ: √(2 τ s) dW, Euler–Maruyama',
    acts: ({ temperature }) => temperature > 0,
    eulerOnly: true,
    settle: shake,
  },
  l1: {
    summary: 'ℓ1 on w1: the proximal step of λ |w1|_1, after the noise',
    acts: (strength) => strength !== 0,
    eulerOnly: true,
    settle: shrink,
  },
  momentum: {
    summary: 'momentum β: v ← β v + b, and particles move along v',
    acts: ({ beta }) => beta !== 0,
    eulerOnly: true,
    coldOnly: true,
    carry: carryOn,
  },
};

export const TERM_NAMES = Object.keys(TERMS) as TermName[];

export const ratesOf = ({ rates = [1, 1] }: Terms = {}): readonly [number, number] => rates;

/** Those that do anything, in the registry's order. */
export function activeTerms(terms: Terms = {}): TermName[] {
  return TERM_NAMES.filter((name) => {
    const value = terms[name];
    return value !== undefined && (TERMS[name] as Term<unknown>).acts(value);
  });
}

export type Pull = (b: Float64Array, rows: Rows) => void;
export type Carry = (b: Float64Array, velocity: Float64Array, rows: Rows) => void;
export type Settle = (rows: Rows, stride: Stride) => void;

/** What the terms do at their places. */
export function actionsOf(terms: Terms = {}): {
  readonly pulls: readonly Pull[];
  readonly carries: readonly Carry[];
  readonly settles: readonly Settle[];
} {
  const active = activeTerms(terms).map((name) => ({ value: terms[name], ...(TERMS[name] as Term<unknown>) }));
  return {
    pulls: active.flatMap(({ value, pull }) => (pull ? [(b, rows) => pull(value, b, rows)] : [])),
    carries: active.flatMap(({ value, carry }) => (carry ? [(...at) => carry(value, ...at)] : [])),
    settles: active.flatMap(({ value, settle }) => (settle ? [(...at) => settle(value, ...at)] : [])),
  };
}

/** Whether terms carry something from step to step: a velocity beside θ. */
export const hasVelocity = (terms: Terms = {}): boolean =>
  activeTerms(terms).some((name) => TERMS[name].carry !== undefined);

/** [λ1, λ0] of all that is (λ1 |w1|² + λ0 |w0|²)/2 of the penalties. */
export const ridgeOf = ({ decay = 0, ridge: [outer, inner] = [0, 0] }: Terms = {}): readonly [
  number,
  number,
] => [decay + outer, decay + inner];

/** The same terms with other noise; without noise the same. */
export const withSeed = (terms: Terms, seed: number): Terms =>
  terms.noise ? { ...terms, noise: { ...terms.noise, seed } } : terms;

/** The same terms at another temperature. */
export const heated = (terms: Terms, heat: number): Terms =>
  terms.noise && heat !== 1
    ? { ...terms, noise: { ...terms.noise, temperature: heat * terms.noise.temperature } }
    : terms;

function carryOn(
  { beta, nesterov }: Momentum,
  b: Float64Array,
  velocity: Float64Array,
  { first, last, shape: { width } }: Rows,
): void {
  for (let k = first * width, at = 0; k < last * width; k++, at++) {
    const v = beta * velocity[k] + b[at];
    velocity[k] = v;
    b[at] = nesterov ? b[at] + beta * v : v;
  }
}

/** Adds the Brownian increments of the step. */
function shake(
  { temperature, seed }: Noise,
  { theta, first, last, offset, shape }: Rows,
  { time, rates, step, heat }: Stride,
): void {
  const { width } = shape;
  const xi = new Float64Array(BROWNIAN_BLOCK);
  const words = new Uint32Array(BROWNIAN_BLOCK);
  const key = keyOf(seed);
  const deviations = rates.map((rate) => Math.sqrt(2 * (heat * temperature) * rate * time));
  for (let row = first; row < last; row++) {
    for (let k = 0; k < width; k++) {
      if (k % BROWNIAN_BLOCK === 0) brownian(xi, words, offset + row, k / BROWNIAN_BLOCK, step, key);
      theta[row * width + k] += deviations[layerOf(k, shape)] * xi[k % BROWNIAN_BLOCK];
    }
  }
}
