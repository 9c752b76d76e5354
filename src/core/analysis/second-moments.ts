/**
 * Linear φ: f(x) = ⟨u, x⟩ with u = E[w1 w0], and the second moments M = E[θ θᵀ] of ρ_t obey an equation of
 * their own, with noise and weight decay, too (docs/model.md, facts 3, 10 and 11). Here for
 * Euler's steps, which are linear in θ,
 *     θ ← B θ + √(2τ dt S) ξ,   B = 1 + dt S (A(g) − λ),   A(g) = [[0, gᵀ], [g, 0]],   g = c − C u,
 * so that M ← B M Bᵀ + 2τ dt S is exact whatever dt is. S holds the rates of the layers; C = (1/m) Σ x xᵀ, c =
 * (1/m) Σ y x.
 */
import { momentsOf, type InitialLaws } from '../laws.ts';
import type { Samples } from '../model.ts';
import { layerOf, shapeOf } from '../shape.ts';
import { ratesOf, type Terms } from '../dynamics/terms.ts';

export class SecondMoments {
  /** M [1 + d, 1 + d], row-major, component 0 = w1. */
  M: Float64Array;
  private readonly C: Float64Array;
  private readonly c: Float64Array;

  constructor(
    private readonly samples: Samples,
    initial: InitialLaws,
    private readonly terms: Terms = {},
  ) {
    const { m, d, x, y } = samples;
    const { width } = shapeOf({ d });
    const moments = momentsOf(initial, { d });
    this.M = Float64Array.from({ length: width * width }, (_, at) => {
      const [p, variance] = moments[Math.floor(at / width)];
      const [q] = moments[at % width];
      return p * q + (Math.floor(at / width) === at % width ? variance : 0);
    });
    this.C = new Float64Array(d * d);
    this.c = new Float64Array(d);
    for (let a = 0; a < m; a++) {
      for (let i = 0; i < d; i++) {
        this.c[i] += (y[a] * x[a * d + i]) / m;
        for (let k = 0; k < d; k++) this.C[i * d + k] += (x[a * d + i] * x[a * d + k]) / m;
      }
    }
  }

  /** u = E[w1 w0] [d]. */
  get u(): Float64Array {
    return this.M.slice(shapeOf(this.samples).w0, shapeOf(this.samples).width);
  }

  /** f = ⟨u, x⟩ at inputs x [k, d]. */
  outputs(x: Float64Array = this.samples.x): Float64Array {
    const { d } = this.samples;
    const { u } = this;
    return Float64Array.from({ length: x.length / d }, (_, a) =>
      u.reduce((sum, value, i) => sum + value * x[a * d + i], 0),
    );
  }

  /** One Euler step; B [1 + d, 1 + d], by which it has moved every particle but for noise. */
  step(dt: number): Float64Array {
    const { d } = this.samples;
    const { decay = 0, noise } = this.terms;
    const temperature = noise?.temperature ?? 0;
    const rates = ratesOf(this.terms);
    const shape = shapeOf(this.samples);
    const { C, c, u } = this;
    const { width } = shapeOf({ d });
    const g = c.map((value, i) => value - u.reduce((sum, uk, k) => sum + C[i * d + k] * uk, 0));
    const rate = (i: number): number => rates[layerOf(i, shape)];
    const B = Float64Array.from({ length: width * width }, (_, at) => {
      const i = Math.floor(at / width);
      const k = at % width;
      if (i === k) return 1 - dt * rate(i) * decay;
      return i === 0 ? dt * rate(0) * g[k - 1] : k === 0 ? dt * rate(i) * g[i - 1] : 0;
    });
    const moved = times(times(B, this.M, width), transposed(B, width), width);
    for (let i = 0; i < width; i++) moved[i * width + i] += 2 * temperature * dt * rate(i);
    this.M = moved;
    return B;
  }
}

function times(P: Float64Array, Q: Float64Array, width: number): Float64Array {
  return P.map((_, at) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += P[Math.floor(at / width) * width + k] * Q[k * width + (at % width)];
    return sum;
  });
}

const transposed = (P: Float64Array, width: number): Float64Array =>
  P.map((_, at) => P[(at % width) * width + Math.floor(at / width)]);
