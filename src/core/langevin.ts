/**
 * What beside the samples moves a particle: learning rates of the layers, weight decay λ and noise of
 * temperature τ,
 *     dθ = s (b(θ, ρ) − λ θ) dt + √(2 τ s) dW,   s = speed · rate of the layer,
 * so that whatever s is, the invariant measure has the density exp(−Ψ_λ(θ; ρ) / τ) with ∇Ψ_λ = λθ − b (Mei,
 * Montanari, Nguyen 2018, section 3.3; papers.md, section 1e). Euler–Maruyama, with the counter-based
 * generator: particle j's noise at a step depends on (seed, j, step) alone.
 */
import { brownian, BROWNIAN_BLOCK, keyOf } from './random.ts';

export interface Langevin {
  /** Of (w1, w0), relative to `speed`; 0 freezes the layer. */
  readonly rates: readonly [number, number];
  /** λ ≥ 0. */
  readonly decay: number;
  /** τ ≥ 0. */
  readonly temperature: number;
  /** Of the noise. */
  readonly seed: number;
}

/** The noiseless flow of both layers at rate 1. */
export const NO_LANGEVIN: Langevin = { rates: [1, 1], decay: 0, temperature: 0, seed: 0 };

/**
 * Adds the Brownian increments of the step that ends at `step`, of length dt·speed, to rows first … last − 1 of
 * θ; row k is particle offset + k.
 */
export function displace(
  theta: Float64Array,
  first: number,
  last: number,
  d: number,
  offset: number,
  { rates, temperature, seed }: Langevin,
  time: number,
  step: number,
): void {
  const width = 1 + d;
  const xi = new Float64Array(BROWNIAN_BLOCK);
  const words = new Uint32Array(BROWNIAN_BLOCK);
  const key = keyOf(seed);
  const [outer, inner] = rates.map((rate) => Math.sqrt(2 * temperature * rate * time));
  for (let row = first; row < last; row++) {
    for (let c = 0; c < width; c++) {
      if (c % BROWNIAN_BLOCK === 0) brownian(xi, words, offset + row, c / BROWNIAN_BLOCK, step, key);
      theta[row * width + c] += (c === 0 ? outer : inner) * xi[c % BROWNIAN_BLOCK];
    }
  }
}
