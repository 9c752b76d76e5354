/**
 * Linear φ: how far gradient descent moves everything, known beforehand (docs/model.md, fact 3). Every particle moves by
 * one matrix, θ_j(k) = Φ_k θ_j(0), and with the prefactor n^(−a) and the rate n^κ
 *     Φ ← (1 + dt n^(κ−a) A(g)) Φ,   A(g) = [[0, gᵀ], [g, 0]],   g = c − n^(1−a) C u,   M = Φ S Φᵀ,   u = M_(01),
 * C = (1/m) Σ x xᵀ, c = (1/m) Σ y x. S = E[θ θᵀ] at the start has u = 0: pairs (w1, w0), (−w1, w0).
 */
import type { Samples } from '../model.ts';

export interface Moving {
  readonly samples: Samples;
  /** S [1 + d, 1 + d], component 0 = w1. */
  readonly S: ArrayLike<number>;
  readonly dt: number;
  /** n^(κ−a) and n^(1−a). */
  readonly speed: number;
  readonly gain: number;
}

/** Root mean squares of what has been added since the start. */
export interface Sizes {
  readonly Δh: number;
  readonly Δf: number;
  readonly Δw1: number;
  readonly Δw0: number;
}

/** After each of the numbers of steps, ascending. */
export function linearSizes({ samples, S, dt, speed, gain }: Moving, stops: readonly number[]): Sizes[] {
  const { x, y, m, d } = samples;
  const D = 1 + d;
  let Φ = Float64Array.from({ length: D * D }, (_, at) => (at % (D + 1) === 0 ? 1 : 0));
  const outputs = (u: Float64Array): Float64Array =>
    Float64Array.from({ length: m }, (_, a) => {
      let f = 0;
      for (let c = 0; c < d; c++) f += gain * u[c] * x[a * d + c];
      return f;
    });
  const found: Sizes[] = [];
  for (let k = 0; k <= stops.at(-1)!; k++) {
    const f = outputs(moments(Φ, S, D).slice(1, D));
    if (stops.includes(k)) found.push(sizesOf(Φ, f, S, samples));
    const g = Float64Array.from({ length: d }, (_, c) => {
      let sum = 0;
      for (let a = 0; a < m; a++) sum += ((y[a] - f[a]) * x[a * d + c]) / m;
      return sum;
    });
    Φ = Φ.map((entry, at) => {
      const [i, j] = [Math.floor(at / D), at % D];
      let push = 0;
      if (i > 0) push = g[i - 1] * Φ[j];
      else for (let c = 0; c < d; c++) push += g[c] * Φ[(1 + c) * D + j];
      return entry + dt * speed * push;
    });
  }
  return found;
}

/** P S Pᵀ. */
function moments(P: Float64Array, S: ArrayLike<number>, D: number): Float64Array {
  const out = new Float64Array(D * D);
  for (let i = 0; i < D; i++)
    for (let j = 0; j < D; j++)
      for (let p = 0; p < D; p++)
        for (let q = 0; q < D; q++) out[i * D + j] += P[i * D + p] * S[p * D + q] * P[j * D + q];
  return out;
}

function sizesOf(Φ: Float64Array, f: Float64Array, S: ArrayLike<number>, { x, m, d }: Samples): Sizes {
  const D = 1 + d;
  const step = Φ.map((entry, at) => entry - (at % (D + 1) === 0 ? 1 : 0));
  const moved = moments(step, S, D);
  let [h, w0, square] = [0, 0, 0];
  for (let c = 0; c < d; c++) w0 += moved[(1 + c) * (D + 1)] / d;
  for (let a = 0; a < m; a++) {
    square += f[a] ** 2 / m;
    for (let c = 0; c < d; c++)
      for (let e = 0; e < d; e++) h += (x[a * d + c] * moved[(1 + c) * D + 1 + e] * x[a * d + e]) / m;
  }
  return { Δh: Math.sqrt(h), Δf: Math.sqrt(square), Δw1: Math.sqrt(moved[0]), Δw0: Math.sqrt(w0) };
}
