/** What single neurons add to f: w1 Φ(w0, x), before the prefactor that they share. */
import { featureOf } from '../../core/features/features.ts';
import { addOutputs } from '../../core/model.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';

type Network = Pick<Problem, 'activation' | 'features'> & Sized;

/** What lit neurons make of Σ |w1 Φ|, and how many are lit at most. */
export const LIT = { share: 0.5, most: 512 } as const;

/** w1 Φ [k, c] of the neuron at theta[row·width …] at inputs x [k, d], scaled and biased like problem.x. */
export function termOf(network: Network, theta: ArrayLike<number>, row: number, x: Float64Array): Float64Array {
  const { c, d } = shapeOf(network);
  const sum = new Float64Array((x.length / d) * c);
  addOutputs(sum, theta, row, row + 1, x, network, featureOf(network));
  return sum;
}

/**
 * Neurons of θ [n, c + d], by their rows, that make f at one input x [d]: those with the largest |w1 Φ| of an output,
 * the largest first, as few as make `share` of Σ |w1 Φ|, and at most `most`.
 */
export function makersOf(
  network: Network,
  theta: ArrayLike<number>,
  x: Float64Array,
  { output = 0, share, most }: { readonly output?: number; readonly share: number; readonly most: number },
): { readonly rows: readonly number[]; readonly share: number } {
  const { c, width } = shapeOf(network);
  const feature = featureOf(network);
  const one = new Float64Array(c);
  const sizes = Float64Array.from({ length: theta.length / width }, (_, row) => {
    one.fill(0);
    addOutputs(one, theta, row, row + 1, x, network, feature);
    return Math.abs(one[output]);
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const order = Array.from(sizes.keys()).sort((p, q) => sizes[q] - sizes[p]);
  let made = 0;
  let count = 0;
  while (count < Math.min(most, order.length) && made < share * total) made += sizes[order[count++]];
  return { rows: order.slice(0, count), share: total > 0 ? made / total : 0 };
}
