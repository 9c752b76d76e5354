/** Words and sentences that explain the picture of a given problem. */
import { isolatedName } from '../../core/words/cut.ts';
import { shapeOf } from '../../core/shape.ts';
import { sizedOf, type Encoding } from '../../experiments/data/encoding.ts';
import type { Axes, Axis, CloudColour } from '../../views/cloud/cloud.ts';
import type { LegendOptions } from '../../views/cloud/legend.ts';

/** What the colours of the cloud say: of the signs, that of the first number of each neuron. */
export const colourKey = (encoding: Encoding): LegendOptions['labels'] => ({
  positive: `${axisName(0, encoding)} > 0`,
  negative: `${signName(encoding)} < 0`,
  speed: 'speed |b|',
});

/** That number in short: w1, the first w1, or where there are none the first weight. */
export function signName(encoding: Encoding): string {
  const { c, weights } = shapeOf(sizedOf(encoding));
  if (weights === 0) return axisName(0, encoding);
  return c > 1 ? 'the first w1' : 'w1';
}

/** The picture in a sentence, for those who cannot see it. */
export const descriptionOf = (colour: CloudColour, encoding: Encoding): string =>
  colour === 'speed'
    ? 'Every neuron as a point, the lighter the faster it moves'
    : `Every neuron as a point; orange where ${signName(encoding)} > 0, blue where ${signName(encoding)} < 0`;

/** What a point of the cloud is, for these axes. */
export function reading(encoding: Encoding, axes: Axes): string {
  const names = axes.map((component) => axisName(component, encoding));
  const places = ['across', 'up', 'towards you (drag to turn)'].flatMap((place, axis) =>
    names[axis] ? [`${names[axis]} ${place}`] : [],
  );
  return `Each point is one neuron: ${places.join(', ')}.`;
}

/** What went wrong, with its full stop. */
export function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** A component of θ in words: w1 or one of several, the bias, or the weight of an input; '' for none. */
export function axisName(component: Axis, encoding: Encoding): string {
  if (typeof component !== 'number') return component.name;
  if (component < 0) return '';
  const { inputs, outputs, bias } = encoding;
  const { w0 } = shapeOf(sizedOf(encoding));
  if (component < w0)
    return outputs ? `output weight of ${isolatedName(outputs[component])}` : 'output weight w1';
  if (bias && component === inputs.length + w0) return 'bias';
  return `weight of ${isolatedName(inputs[component - w0])}`;
}
