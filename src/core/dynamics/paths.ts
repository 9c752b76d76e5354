/** Brownian paths of a system's particles, the ones that its own noise follows, as sums over runs of its steps. */
import { brownian, BROWNIAN_BLOCK, keyOf } from '../random.ts';

export class BrownianPaths {
  /** Standard normal numbers added up over each run of `block` steps [steps / block][n, width]. */
  private readonly sums: Float64Array[];

  /** Of noise with this seed (`Noise` of terms.ts), over steps 1 … steps, a multiple of `block`. */
  constructor(
    seed: number,
    n: number,
    private readonly width: number,
    steps: number,
    private readonly block: number,
  ) {
    const xi = new Float64Array(BROWNIAN_BLOCK);
    const words = new Uint32Array(BROWNIAN_BLOCK);
    const key = keyOf(seed);
    this.sums = Array.from({ length: steps / block }, (_, run) => {
      const sum = new Float64Array(n * width);
      for (let step = run * block + 1; step <= (run + 1) * block; step++)
        for (let j = 0; j < n; j++)
          for (let k = 0; k < width; k++) {
            if (k % BROWNIAN_BLOCK === 0) brownian(xi, words, j, k / BROWNIAN_BLOCK, step, key);
            sum[j * width + k] += xi[k % BROWNIAN_BLOCK];
          }
      return sum;
    });
  }

  /** Adds to θ [n, width] what happens after step `from`, to `to`, both multiples of `block`; `scales` [width] of one step. */
  add(theta: Float64Array, scales: readonly number[], from: number, to: number): void {
    for (let run = from / this.block; run < to / this.block; run++)
      for (let at = 0; at < theta.length; at++) theta[at] += scales[at % this.width] * this.sums[run][at];
  }
}
