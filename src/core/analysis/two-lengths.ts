/**
 * Two centred Gaussians in d dimensions, variances (1 ± δ)² of the first s0 coordinates where y = ±1 and 1 of the others,
 * learned by f = ∫ w1 relu(⟨w, x⟩ + b) dρ from a law that turns with either block of coordinates: ρ_t stays so, and a
 * neuron is four numbers (w1, b, r1, r2), r1 and r2 the lengths of w in the two blocks (Mei, Montanari, Nguyen 2018,
 * section 3.2; docs/model.md, Two lengths). With the lengths ℓ1, ℓ2 of x's blocks, over √s0 and √(d − s0), and v =
 * (r1 ℓ1)² + (r2 ℓ2)²,
 *     f(x) = ∫ w1 G(b, v) dρ,   G(b, v) = E relu(b + √v Z),   Z standard normal,
 * where the sum of two coordinates of directions on spheres is taken as normal: it is right to O(1/s0). The flow is that
 * of half the square.
 */
import { normalCdf } from '../activations/special.ts';
import { lengthNodes, radiiOf, type Node } from './radial.ts';

/** Nodes of each length's quadrature. */
const LENGTHS = 12;

export interface TwoLengthsProblem {
  readonly dimension: number;
  /** Coordinates that differ, fewer than there are. */
  readonly special: number;
  readonly delta: number;
}

interface Input {
  /** ℓ1², ℓ2². */
  readonly first: number;
  readonly second: number;
  readonly y: number;
  readonly weight: number;
}

/** Numbers of a neuron. */
const WIDTH = 4;

/** G, ∂G/∂b, ∂G/∂v into out. */
function rectified(out: Float64Array, b: number, v: number): void {
  const deviation = Math.sqrt(v);
  const z = b / deviation;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const below = normalCdf(z);
  out[0] = b * below + deviation * density;
  out[1] = below;
  out[2] = density / (2 * deviation);
}

export class TwoLengths {
  private readonly inputs: readonly Input[];

  constructor({ dimension, special, delta }: TwoLengthsProblem) {
    const [first, second] = [special, dimension - special].map((size) =>
      lengthNodes(size, LENGTHS).map(({ at, weight }): Node => ({ at: at ** 2 / size, weight })),
    );
    this.inputs = [1, -1].flatMap((y) =>
      first.flatMap((p) =>
        second.map((q) => ({
          first: (1 + y * delta) ** 2 * p.at,
          second: q.at,
          y,
          weight: (p.weight * q.weight) / 2,
        })),
      ),
    );
  }

  /** f where the squares of x's lengths over their numbers of coordinates are these; neurons [n, 4]. */
  output(neurons: Float64Array, first: number, second: number): number {
    const out = new Float64Array(3);
    let f = 0;
    for (let i = 0; i < neurons.length; i += WIDTH) {
      rectified(out, neurons[i + 1], neurons[i + 2] ** 2 * first + neurons[i + 3] ** 2 * second);
      f += neurons[i] * out[0];
    }
    return (f * WIDTH) / neurons.length;
  }

  /** E (f − y)². */
  risk(neurons: Float64Array): number {
    return this.inputs.reduce(
      (sum, { first, second, y, weight }) => sum + weight * (this.output(neurons, first, second) - y) ** 2,
      0,
    );
  }

  /** Of each neuron's four numbers. */
  readonly slope = (neurons: Float64Array): Float64Array => {
    const slope = new Float64Array(neurons.length);
    const out = new Float64Array(3);
    for (const { first, second, y, weight } of this.inputs) {
      const r = weight * (this.output(neurons, first, second) - y);
      for (let i = 0; i < neurons.length; i += WIDTH) {
        const [w1, b, r1, r2] = neurons.subarray(i, i + WIDTH);
        rectified(out, b, r1 ** 2 * first + r2 ** 2 * second);
        slope[i] -= r * out[0];
        slope[i + 1] -= r * w1 * out[1];
        slope[i + 2] -= 2 * r * w1 * out[2] * r1 * first;
        slope[i + 3] -= 2 * r * w1 * out[2] * r2 * second;
      }
    }
    return slope;
  };
}

/** k² neurons [k², 4] of equal weight under w1 = a, bias b and w ~ N(0, std² I). */
export function neuronsOf(
  { dimension, special }: TwoLengthsProblem,
  { a, b, std }: { readonly a: number; readonly b: number; readonly std: number },
  k: number,
): Float64Array {
  const [first, second] = [special, dimension - special].map((size) => [...radiiOf(size, std, k)]);
  return Float64Array.from(first.flatMap((r1) => second.flatMap((r2) => [a, b, r1, r2])));
}
