/** Words and sentences that explain the picture of a given problem. */
import type { Encoding } from '../../experiments/encoding.ts';
import type { Axes } from '../../views/cloud/cloud.ts';

export const COLOUR_KEY = { positive: 'output weight w1 > 0', negative: 'w1 < 0', speed: 'speed |b|' } as const;

/** What a point of the cloud is, for these axes. */
export function reading(encoding: Encoding, axes: Axes): string {
  const [across, up, depth] = axes.map((component) => axisName(component, encoding));
  const away = depth ? `, ${depth} towards you (drag to turn)` : '';
  return `Each point is one neuron: ${across} across, ${up} up${away}.`;
}

/** What went wrong, with its full stop. */
export function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** A component of θ in words: w1 or one of several, the bias, or the weight of an input; '' for none. */
export function axisName(component: number, { inputs, outputs, bias }: Encoding): string {
  if (component < 0) return '';
  const c = outputs?.length ?? 1;
  if (component < c) return outputs ? `output weight of ${outputs[component]}` : 'output weight w1';
  if (bias && component === inputs.length + c) return 'bias';
  return `weight of ${inputs[component - c]}`;
}
