/**
 * How long a step of gradient descent may be: f' = −(speed/outer) K r / m, so Euler's method is stable below dt
 * = 2m / (n^κ λ_max(K)), n^κ = speed/outer.
 */
import type { Activation } from './activations.ts';
import { preactivation, type Samples } from './model.ts';

export interface Tangent {
  /** θ [n, 1 + d], or a sample of its rows. */
  readonly theta: ArrayLike<number>;
  /** Particles of the whole system: a sample stands for all of them. */
  readonly n: number;
  readonly samples: Samples;
  readonly activation: Activation;
  readonly outer: number;
  readonly speed: number;
  /** Relative learning rates of (w1, w0). */
  readonly rates: readonly [number, number];
}

/** Power iterations, at most, and the share by which the last of them may still change the eigenvalue. */
const ITERATIONS = 24;
const SETTLED = 1e-5;

/** 2m / (n^κ λ_max(K)) at θ; Infinity where K = 0. */
export function largestStableStep(tangent: Tangent): number {
  const {
    samples: { m },
    outer,
    speed,
  } = tangent;
  return (2 * m * outer) / (speed * largestEigenvalue(tangent));
}

/**
 * λ_max of K [m, m], each layer's part times its rate, without forming K: K v = outer² Σ_j features_j
 * ⟨features_j, v⟩.
 */
export function largestEigenvalue(tangent: Tangent): number {
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

/** ∂f^α / ∂θ_j over `outer`, times the root of the layer's rate: 1 + d rows of m for each particle. */
function featuresOf({ theta, samples: { m, d, x }, activation: { both }, rates }: Tangent): {
  rows: number;
  features: Float32Array;
} {
  const rows = theta.length / (1 + d);
  const features = new Float32Array(rows * (1 + d) * m);
  const pair = new Float64Array(2);
  const [root1, root0] = rates.map(Math.sqrt);
  for (let j = 0; j < rows; j++) {
    const row = j * (1 + d);
    const at = row * m;
    for (let a = 0; a < m; a++) {
      both(pair, preactivation(theta, row, x, a * d, d));
      features[at + a] = root1 * pair[0];
      for (let c = 0; c < d; c++) features[at + (1 + c) * m + a] = root0 * theta[row] * pair[1] * x[a * d + c];
    }
  }
  return { rows, features };
}
