/** Lagrange's interpolation in any even number of nodes, 1 apart: −N/2 + 1 … N/2 about the cell [0, 1]. */

/** Π_(l ≠ k) (k − l) for N nodes, by N. */
const SCALES = new Map<number, Float64Array>();

function scalesOf(nodes: number): Float64Array {
  let scales = SCALES.get(nodes);
  if (!scales) {
    scales = new Float64Array(nodes);
    for (let k = 0; k < nodes; k++) {
      scales[k] = 1;
      for (let l = 0; l < nodes; l++) if (l !== k) scales[k] *= k - l;
    }
    SCALES.set(nodes, scales);
  }
  return scales;
}

/** The weights at t: products over the nodes before each and over those after it. */
export function lagrangeAt(weights: Float64Array, t: number): void {
  const { length } = weights;
  const scales = scalesOf(length);
  const from = t + length / 2 - 1;
  let before = 1;
  for (let k = 0; k < length; k++) {
    weights[k] = before / scales[k];
    before *= from - k;
  }
  let after = 1;
  for (let k = length - 1; k >= 0; k--) {
    weights[k] *= after;
    after *= from - k;
  }
}

/** Those of the derivative at t. */
export function lagrangeSlopeAt(weights: Float64Array, t: number): void {
  const { length } = weights;
  const scales = scalesOf(length);
  const from = t + length / 2 - 1;
  for (let k = 0; k < length; k++) {
    let product = 1;
    let slope = 0;
    for (let l = 0; l < length; l++) {
      if (l === k) continue;
      slope = slope * (from - l) + product;
      product *= from - l;
    }
    weights[k] = slope / scales[k];
  }
}
