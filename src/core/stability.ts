/**
 * How long a step of gradient descent may be: f' = −(speed/outer) K r / m with r of slope ℓ'' in f, so Euler's method
 * is stable below dt = 2m / (n^κ λ_max(K) max ℓ''), n^κ = speed/outer.
 */
import type { Feature } from './features.ts';
import type { Samples } from './model.ts';
import { shapeOf } from './shape.ts';

export interface Tangent {
  /** θ [n, 1 + d] of one output, or a sample of its rows. */
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
}

/** Power iterations, at most, and the share by which the last of them may still change the eigenvalue. */
const ITERATIONS = 24;
const SETTLED = 1e-5;

/** 2m / (n^κ λ_max(K) max ℓ'') at θ; Infinity where K = 0. */
export function largestStableStep(tangent: Tangent): number {
  const {
    samples: { m },
    outer,
    speed,
    curvature,
  } = tangent;
  return (2 * m * outer) / (speed * largestEigenvalue(tangent) * curvature);
}

/**
 * λ_max of K [m, m], each layer's part times its rate, without forming K: K v = outer² Σ_j features_j
 * ⟨features_j, v⟩.
 */
export function largestEigenvalue(tangent: Omit<Tangent, 'curvature'>): number {
  const {
    samples: { m },
    outer,
    n,
  } = tangent;
  const { rows, features } = featuresOf(tangent);
  const weight = (outer * outer * n) / rows;
  let v = new Float64Array(m).fill(1 / Math.sqrt(m));
  let value = 0;
  for (let k = 0; k < ITERATIONS; k++) {
    const image = new Float64Array(m);
    for (let at = 0; at < features.length; at += m) {
      let inner = 0;
      for (let a = 0; a < m; a++) inner += features[at + a] * v[a];
      for (let a = 0; a < m; a++) image[a] += weight * inner * features[at + a];
    }
    const before = value;
    value = Math.hypot(...image);
    if (Math.abs(value - before) <= SETTLED * value) break;
    v = image.map((entry) => entry / value);
  }
  return value;
}

/** ∂f^α / ∂θ_j over `outer`, times the root of the layer's rate: a row of m for each coordinate of each particle. */
function featuresOf({ theta, samples, feature, rates }: Omit<Tangent, 'curvature'>): {
  rows: number;
  features: Float32Array;
} {
  const { m, d, x } = samples;
  const {
    map: { separation, addSlopes },
    profile: { both },
  } = feature;
  const { w1, w0, width } = shapeOf(samples);
  const features = new Float32Array(theta.length * m);
  const pair = new Float64Array(2);
  const slopes = new Float64Array(d);
  const [root1, root0] = rates.map(Math.sqrt);
  for (let row = 0; row < theta.length; row += width) {
    const at = row * m;
    for (let a = 0; a < m; a++) {
      both(pair, separation(theta, row + w0, x, a * d, d));
      features[at + w1 * m + a] = root1 * pair[0];
      slopes.fill(0);
      addSlopes(slopes, 0, root0 * theta[row + w1] * pair[1], theta, row + w0, x, a * d, d);
      for (let k = 0; k < d; k++) features[at + (w0 + k) * m + a] = slopes[k];
    }
  }
  return { rows: theta.length / width, features };
}
