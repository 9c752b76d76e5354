/** Words and sentences that explain the picture of a given problem. */
import { isolatedName } from '../../core/words/cut.ts';
import { shapeOf } from '../../core/shape.ts';
import { sizedOf, type Encoding } from '../../experiments/data/encoding.ts';
import type { StretchName } from '../../experiments/preset.ts';
import type { Axes, Axis, CloudColour } from '../../views/cloud/cloud.ts';
import type { LegendOptions } from '../../views/cloud/legend.ts';
import { say } from '../../words/say.ts';

/** What the colours of the cloud say: of the signs, that of the first number of each neuron. */
export const colourKey = (encoding: Encoding): LegendOptions['labels'] => ({
  positive: `${axisName(0, encoding)} > 0`,
  negative: `${signName(encoding)} < 0`,
  speed: say('speed |b|'),
});

/** That number in short: w1, the first w1, or where there are none the first weight. */
export function signName(encoding: Encoding): string {
  const { c, weights } = shapeOf(sizedOf(encoding));
  if (weights === 0) return axisName(0, encoding);
  return c > 1 ? say('the first w1') : 'w1';
}

/** The picture in a sentence, for those who cannot see it. */
export const descriptionOf = (colour: CloudColour, encoding: Encoding): string =>
  colour === 'speed'
    ? say('Every neuron as a point, the lighter the faster it moves')
    : say('Every neuron as a point; orange where {number} > 0, blue where {number} < 0', {
        number: signName(encoding),
      });

/** What a point of the cloud is, for these axes. */
export function reading(
  encoding: Encoding,
  { axes, stretch }: { readonly axes: Axes; readonly stretch: StretchName },
): string {
  const names = axes.map((component) => axisName(component, encoding));
  const places = [say('across'), say('up'), say('towards you (drag to turn)')].flatMap((place, axis) =>
    names[axis] ? [`${names[axis]} ${place}`] : [],
  );
  const sentence = say('Each point is one neuron: {places}.', { places: places.join(', ') });
  return stretch === 'none' ? sentence : `${sentence} ${STRETCHED[stretch]()}`;
}

const STRETCHED: Record<Exclude<StretchName, 'none'>, () => string> = {
  w1: () => say('It is drawn |w1| times as far from 0 as it lies.'),
  w0: () => say('It is drawn as far from 0 as |w0| is long.'),
};

/** Of an axis of the picture. */
export function drawnName(axis: Axis, stretch: StretchName, encoding: Encoding): string {
  const name = axisName(axis, encoding);
  return name !== '' && stretch === 'w1' ? `|w1| · ${name}` : name;
}

/** What went wrong, with its full stop. */
export function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** A component of θ in words, the page's or `told` otherwise: w1 or one of several, the bias, or the weight of an input; '' for none. */
export function axisName(component: Axis, encoding: Encoding, told = say): string {
  if (typeof component !== 'number') return component.name;
  if (component < 0) return '';
  const { inputs, outputs, bias } = encoding;
  const { w0 } = shapeOf(sizedOf(encoding));
  if (component < w0)
    return outputs
      ? told('output weight of {name}', { name: isolatedName(outputs[component]) })
      : told('output weight w1');
  if (bias && component === inputs.length + w0) return told('bias');
  return told('weight of {name}', { name: isolatedName(inputs[component - w0]) });
}
