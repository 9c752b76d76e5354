/**
 * The feature map Φ = e^(−α|x − w0|²/2), with x and w0 on the sphere of radius R about 0: w0 moves along the sphere,
 * by the drift's part that is tangent to it, and a step puts it back there.
 */
import type { Activation } from '../activations/activations.ts';
import { EXP, literal } from '../activations/wgsl.ts';
import type { FeatureMap, Numbers } from './features.ts';

export interface Rbf {
  readonly alpha: number;
  /** R, which data tell (default 1): of no account for Φ itself. */
  readonly radius?: number;
}

/** In z = |x − w0|²/2. */
const bell = (alpha: number): Activation => ({
  summary: 'φ(z) = e^−αz',
  phi: (z) => Math.exp(-alpha * z),
  both: (out, z) => {
    out[0] = Math.exp(-alpha * z);
    out[1] = -alpha * out[0];
  },
  smooth: true,
  wgsl: {
    helpers: EXP,
    phi: `return exp_neg(-${literal(alpha)} * z);`,
    both: `let e = exp_neg(-${literal(alpha)} * z); return vec2f(e, -${literal(alpha)} * e);`,
  },
});

export function rbf({ alpha, radius = 1 }: Rbf): FeatureMap {
  const profile = bell(alpha);
  return {
    summary: 'Φ = e^(−α|x − w0|²/2): bumps on the sphere on which the data lie',
    profile: () => profile,
    separation: halfSquare,
    addSlopes: (b, at, factor, theta, w0, x, column, d) => {
      for (let k = 0; k < d; k++) b[at + k] += factor * (theta[w0 + k] - x[column + k]);
    },
    raise: makeTangent,
    settle: (theta, row, { w0, width }) => {
      const scale = radius / length(theta, row + w0, row + width);
      for (let k = row + w0; k < row + width; k++) theta[k] *= scale;
    },
    place: `on the sphere of the data, |w0| = ${radius}`,
    wgsl: {
      meet: (w, x) => `0.5 * (${x} - ${w}) * (${x} - ${w})`,
      meetAll: (w, x) => `0.5 * dot(${x} - ${w}, ${x} - ${w})`,
      along: (w, x) => `(${w} - ${x})`,
      tangent: true,
      settle: ({ w0, width }) => {
        const each = (text: string): string =>
          `for (var k = 0u; k < ${Math.ceil(width / 4)}u; k++) {
    let w = theta[at + k];
    let outer = 4u * k + vec4u(0u, 1u, 2u, 3u) < vec4u(${w0}u);
    ${text}
  }`;
        return `var square = 0.0;
  ${each('let inner = select(w, vec4f(), outer); square += dot(inner, inner);')}
  let scale = ${literal(radius)} / sqrt(square);
  ${each('theta[at + k] = select(scale * w, w, outer);')}`;
      },
    },
  };
}

function halfSquare(theta: Numbers, w0: number, x: Float64Array, column: number, d: number): number {
  let square = 0;
  for (let k = 0; k < d; k++) square += (x[column + k] - theta[w0 + k]) ** 2;
  return square / 2;
}

/** Takes out of b[at …] what points along the w0 at theta[w0 …]. */
function makeTangent(b: Float64Array, at: number, theta: Numbers, w0: number, d: number): void {
  let along = 0;
  let square = 0;
  for (let k = 0; k < d; k++) {
    along += b[at + k] * theta[w0 + k];
    square += theta[w0 + k] ** 2;
  }
  for (let k = 0; k < d; k++) b[at + k] -= (along / square) * theta[w0 + k];
}

function length(values: Numbers, from: number, to: number): number {
  let square = 0;
  for (let k = from; k < to; k++) square += values[k] ** 2;
  return Math.sqrt(square);
}
