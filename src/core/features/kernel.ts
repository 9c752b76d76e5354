/** The tangent kernel K^{αβ} = ⟨∇_θ f^α, ∇_θ f^β⟩ (NTK); of several outputs ⟨∇_θ f_k^α, ∇_θ f_l^β⟩. */
import type { Feature } from './features.ts';
import type { Samples } from '../model.ts';
import { outerWeight, shapeOf } from '../shape.ts';

/** K [m c, m c] at θ, with its factor outer²: row α c + k is f_k^α. */
export function tangentKernel(
  theta: ArrayLike<number>,
  samples: Samples,
  outer: number,
  feature: Feature,
): Float64Array {
  const { m } = samples;
  const shape = shapeOf(samples);
  const { c, weights, width } = shape;
  const size = m * c;
  const K = new Float64Array(size * size);
  const g = new Float64Array(size);
  const gradients = gradientsOf(samples, feature);
  for (let row = 0; row < theta.length; row += width) {
    const { value, slope, products } = gradients(theta, row);
    for (let a = 0; a < m; a++)
      for (let k = 0; k < c; k++) g[a * c + k] = outerWeight(theta, row, k, shape) * slope[a];
    for (let p = 0, at = 0; p < size; p++) {
      const a = Math.floor(p / c);
      for (let b = 0, q = 0; b < m; b++) {
        for (let k = a * c; k < (a + 1) * c; k++, q++, at++)
          K[at] += (k === p && weights > 0 ? value[a] * value[b] : 0) + g[p] * g[q] * products[a * m + b];
      }
    }
  }
  return K.map((entry) => outer * outer * entry);
}

/** ‖K − K_0‖ / ‖K_0‖ in Frobenius norms: how far a kernel is from another of the same size. */
export function kernelDrift(K: Float64Array, K0: Float64Array): number {
  let [change, size] = [0, 0];
  for (let i = 0; i < K.length; i++) {
    change += (K[i] - K0[i]) ** 2;
    size += K0[i] ** 2;
  }
  return Math.sqrt(change / size);
}

/** Of one particle at all samples: Φ [m], φ' [m], and the products [m, m] of the directions that φ' multiplies. */
interface Gradients {
  readonly value: Float64Array;
  readonly slope: Float64Array;
  readonly products: Float64Array;
}

/** The directions of ⟨w0, x⟩ are the samples, whatever w0 is: their products are found once. */
function gradientsOf(
  { x, m, d, ...sized }: Samples,
  { map: { product, separation, addSlopes, raise }, profile: { both } }: Feature,
): (theta: ArrayLike<number>, row: number) => Gradients {
  const { w0 } = shapeOf({ d, ...sized });
  const value = new Float64Array(m);
  const slope = new Float64Array(m);
  const pair = new Float64Array(2);
  const fixed = product ? gram(x, m, d) : null;
  return (theta, row) => {
    const directions = new Float64Array(fixed ? 0 : m * d);
    for (let a = 0; a < m; a++) {
      both(pair, separation(theta, row + w0, x, a * d, d));
      value[a] = pair[0];
      slope[a] = pair[1];
      if (!fixed) addSlopes(directions, a * d, 1, theta, row + w0, x, a * d, d);
    }
    const raised = raise ? directions.slice() : directions;
    for (let a = 0; raise && a < m; a++) raise(raised, a * d, theta, row + w0, d);
    return { value, slope, products: fixed ?? gram(directions, m, d, raised) };
  };
}

/** ⟨x^α, y^β⟩ [m, m] of rows [m, d]. */
export function gram(x: Float64Array, m: number, d: number, y = x): Float64Array {
  const G = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < m; k++) for (let c = 0; c < d; c++) G[i * m + k] += x[i * d + c] * y[k * d + c];
  return G;
}
