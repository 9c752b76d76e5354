/** How far laws on the line are apart by their distribution functions (Kolmogorov, Smirnov). */
import { normalCdf } from '../activations/special.ts';
import { mean, sampleVariance } from './statistics.ts';

/** sup |F − G| of two laws, each so many numbers of equal weight. */
export function kolmogorov(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [u, v] = [p, q].map((law) => Float64Array.from(law).sort());
  let most = 0;
  for (let i = 0, j = 0; i < u.length && j < v.length;) {
    const at = Math.min(u[i], v[j]);
    while (i < u.length && u[i] <= at) i++;
    while (j < v.length && v[j] <= at) j++;
    most = Math.max(most, Math.abs(i / u.length - j / v.length));
  }
  return most;
}

/** sup |F − Φ| of numbers against the normal law of their own mean and deviation (Lilliefors). */
export function kolmogorovOfNormal(numbers: readonly number[]): number {
  const n = numbers.length;
  const centre = mean([...numbers]);
  const deviation = Math.sqrt(sampleVariance([...numbers]));
  return [...numbers]
    .sort((p, q) => p - q)
    .reduce((most, value, i) => {
      const share = normalCdf((value - centre) / deviation);
      return Math.max(most, share - i / n, (i + 1) / n - share);
    }, 0);
}

/** The mean of sup |F − G| for n and N independent draws from one law with a density, both many: E sup |Brownian bridge| = √(π/2) ln 2. */
export const kolmogorovOfDraws = (n: number, N: number): number =>
  Math.sqrt(Math.PI / 2) * Math.LN2 * Math.sqrt(1 / n + 1 / N);
