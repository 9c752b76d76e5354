/** Sentences that explain the picture of a given problem. */
import type { Prepared } from '../experiments/prepare.ts';
import type { Axes } from '../views/cloud.ts';

/** What a point of the cloud is, for these axes. */
export function reading({ encoding }: Prepared, axes: Axes): string {
  const [across, up, depth] = axes.map((component) => axisName(component, encoding.inputs, encoding.bias));
  const away = depth ? `, ${depth} towards you: drag to turn` : '';
  return `Each point is one neuron: ${across} across, ${up} up${away}. Orange adds to f (w1 > 0), blue takes away.`;
}

/** A component of θ in words: w1, the bias, or the weight of an input; '' for none. */
export function axisName(component: number, inputs: readonly string[], bias: boolean): string {
  if (component < 0) return '';
  if (component === 0) return 'output weight w1';
  if (bias && component === inputs.length + 1) return 'bias';
  return `weight of ${inputs[component - 1]}`;
}
