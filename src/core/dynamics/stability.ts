/**
 * How long a step of gradient descent may be: f' = −(speed/outer) K r / m with r of slope ℓ'' in f, so Euler's method
 * is stable below dt = 2m / (n^κ λ_max(K) max ℓ''), n^κ = speed/outer; a ridge λ adds s λ to the rate 2/dt.
 */
import { lengthOf } from '../length.ts';
import type { Feature } from '../features/features.ts';
import type { Samples } from '../model.ts';
import { Draws, STREAMS } from '../random.ts';
import { outerWeight, shapeOf } from '../shape.ts';
import { finished, type Work } from '../work.ts';

export interface Tangent {
  /** θ [n, c + d], or a sample of its rows. */
  readonly theta: ArrayLike<number>;
  /** Particles of the whole system: a sample stands for all of them. */
  readonly n: number;
  readonly samples: Samples;
  readonly feature: Feature;
  readonly outer: number;
  readonly speed: number;
  /** Relative learning rates of (w1, w0). */
  readonly rates: readonly [number, number];
  /** The largest eigenvalue of ∂²ℓ/∂f² over the samples. */
  readonly curvature: number;
  /** The greatest rate at which terms pull a coordinate towards 0. Default 0. */
  readonly pull?: number;
}

/** Power iterations, at most, and the share by which the last of them may still change the eigenvalue. */
const ITERATIONS = 24;
const SETTLED = 1e-5;

/** 2m / (n^κ λ_max(K) max ℓ'' + m pull) at θ; Infinity where nothing moves. */
export const largestStableStep = (tangent: Tangent): number => finished(findingStableStep(tangent));

/** The same, some hundredths of a second at a time. */
export function* findingStableStep(tangent: Tangent): Work<number> {
  const {
    samples: { m },
    outer,
    speed,
    curvature,
    pull = 0,
  } = tangent;
  return (2 * m * outer) / (speed * (yield* findingEigenvalue(tangent)) * curvature + m * outer * pull);
}

/**
 * λ_max of K [m c, m c], each layer's part times its rate, without forming K. With Φ_j and G_j of a particle's
 * features, K takes v to outer² Σ_j of Φ_j ⟨Φ_j, v_k⟩ (where there is w1) + w1_k G_jᵀ G_j Σ_l w1_l v_l, output by output.
 */
export const largestEigenvalue = (tangent: Omit<Tangent, 'curvature'>): number =>
  finished(findingEigenvalue(tangent));

function* findingEigenvalue(tangent: Omit<Tangent, 'curvature'>): Work<number> {
  const {
    samples: { m },
    outer,
    n,
  } = tangent;
  const { c } = shapeOf(tangent.samples);
  const features = yield* findingFeatures(tangent);
  const weight = (outer * outer * n) / features.rows;
  let v = genericVector(m * c);
  let value = 0;
  for (let i = 0; i < ITERATIONS; i++) {
    const image = yield* findingImage(v, tangent, features);
    const before = value;
    value = (weight * lengthOf(image)) / lengthOf(v);
    if (Math.abs(value - before) <= SETTLED * value) break;
    v = image.map((entry) => (weight * entry) / value);
  }
  return value;
}

/**
 * Where power iteration starts: drawn, since a vector with a symmetry is orthogonal to what has the opposite one; no
 * entry is small, since one sample may be all that an eigenvector sees.
 */
function genericVector(length: number): Float64Array {
  const draws = new Draws(1, STREAMS.power);
  return Float64Array.from({ length }, () => {
    const sign = draws.uniform() < 0.5 ? -1 : 1;
    return sign * (0.5 + draws.uniform());
  });
}

/** Of particles at all samples, times roots of the rates: rows of m, Φ and then ∂Φ/∂w0 for each coordinate. */
interface Features {
  readonly rows: number;
  readonly values: Float32Array;
  /** The same with what w0 moves along in place of ∂Φ/∂w0. */
  readonly raised: Float32Array;
}

/** What K takes v to, outputs one after the other, but for a factor. */
function* findingImage(
  v: Float64Array,
  { theta, samples }: Pick<Tangent, 'theta' | 'samples'>,
  { rows, values, raised }: Features,
): Work<Float64Array> {
  const { m } = samples;
  const shape = shapeOf(samples);
  const { c, d, weights, width } = shape;
  const image = new Float64Array(m * c);
  const sum = new Float64Array(m);
  const back = new Float64Array(m);
  for (let j = 0, at = 0; j < rows; j++, at += (1 + d) * m) {
    if (isPiece(j, (1 + d) * m)) yield j / rows;
    const weight = (k: number): number => outerWeight(theta, j * width, k, shape);
    sum.fill(0);
    back.fill(0);
    for (let k = 0; k < c; k++) addScaled(sum, 0, v, k * m, weight(k), m);
    for (let k = 1; k <= d; k++)
      addScaled(back, 0, raised, at + k * m, inner(values, at + k * m, sum, 0, m), m);
    for (let k = 0; k < c; k++) {
      if (weights > 0) addScaled(image, k * m, values, at, inner(values, at, v, k * m, m), m);
      addScaled(image, k * m, back, 0, weight(k), m);
    }
  }
  return image;
}

type Numbers = Float32Array | Float64Array;

function inner(p: Numbers, i: number, q: Numbers, k: number, m: number): number {
  let sum = 0;
  for (let a = 0; a < m; a++) sum += p[i + a] * q[k + a];
  return sum;
}

function addScaled(sum: Numbers, i: number, v: Numbers, k: number, factor: number, m: number): void {
  for (let a = 0; a < m; a++) sum[i + a] += factor * v[k + a];
}

/** Numbers of features between two turns of others: a hundredth of a second or so. */
const PIECE = 2 ** 20;

/** Whether as many numbers as make a piece are done before row j, of `each`. */
const isPiece = (j: number, each: number): boolean => j % Math.ceil(PIECE / each) === 0;

function* findingFeatures({ theta, samples, feature, rates }: Omit<Tangent, 'curvature'>): Work<Features> {
  const { m, d, x } = samples;
  const {
    map: { separation, addSlopes, raise },
    profile: { both },
  } = feature;
  const { w0, width } = shapeOf(samples);
  const rows = theta.length / width;
  const values = new Float32Array(rows * (1 + d) * m);
  const raised = raise ? new Float32Array(values.length) : values;
  const pair = new Float64Array(2);
  const along = new Float64Array(d);
  const [root1, root0] = rates.map(Math.sqrt);
  for (let j = 0, at = 0; j < rows; j++, at += (1 + d) * m) {
    if (isPiece(j, (1 + d) * m)) yield j / rows;
    for (let a = 0; a < m; a++) {
      both(pair, separation(theta, j * width + w0, x, a * d, d));
      values[at + a] = root1 * pair[0];
      along.fill(0);
      addSlopes(along, 0, root0 * pair[1], theta, j * width + w0, x, a * d, d);
      for (let k = 0; k < d; k++) values[at + (1 + k) * m + a] = along[k];
      if (!raise) continue;
      raise(along, 0, theta, j * width + w0, d);
      for (let k = 0; k < d; k++) raised[at + (1 + k) * m + a] = along[k];
    }
  }
  return { rows, values, raised };
}
