/** Comparisons worth a look. Adding one is adding one entry, and its name in ids.ts. */
import type { Config, ConfigInput } from '../../core/config/config.ts';
import { activationOf, spelled, takesActivation } from '../../core/features/features.ts';
import { isComparison, readChoice, type Choice, type ComparisonId } from './ids.ts';
import { say } from '../say.ts';

export interface Comparison {
  readonly title: string;
  /** What there is to see, in a sentence or two. */
  readonly see: string;
  /** What the other run has, beside a run of the page. */
  readonly choice: (config: Config) => Choice;
  /** What the page's own run must be first; null where it is fit already. */
  readonly own: (config: Config) => ConfigInput | null;
}

const fit = (): null => null;
const scaling = ({ parameterization }: Config): string =>
  typeof parameterization === 'string' ? parameterization : '';
/** The one of two that the page's run has not; the second where it has neither. */
const other = (now: string, [first, second]: readonly [string, string]): string =>
  now === second ? first : second;

export const COMPARISONS: Readonly<Record<ComparisonId, Comparison>> = {
  lazy: {
    title: say('Lazy against mean field'),
    see: say(
      'Both learn. In the mean-field scaling the neurons travel and gather; in the NTK scaling they hardly leave their places.',
    ),
    choice: (config) => ({ field: 'parameterization', value: other(scaling(config), ['mean-field', 'ntk']) }),
    own: (config) =>
      ['mean-field', 'ntk'].includes(scaling(config)) ? null : { parameterization: 'mean-field' },
  },
  widths: {
    title: say('n against n/64'),
    see: say(
      'The few neurons are the first of the many. In the mean-field scaling both clouds draw one picture, and the losses stay close.',
    ),
    choice: () => ({ field: 'width', value: String(1 / 64) }),
    own: fit,
  },
  seeds: {
    title: say('One seed against the next'),
    see: say('Other draws of the same law. The wider the network, the less its loss depends on them.'),
    choice: () => ({ field: 'seed', value: '1' }),
    own: fit,
  },
  activations: {
    title: say('Relu against tanh'),
    see: say(
      'The same start under another φ. Relu neurons gather on rays through the origin; tanh neurons also choose how steep they are.',
    ),
    choice: ({ model }) => ({
      field: 'activation',
      value: other(spelled(activationOf(model)), ['tanh', 'relu']),
    }),
    own: ({ model }) =>
      !takesActivation(model.features)
        ? { model: { features: 'inner-product', activation: 'tanh' } }
        : ['tanh', 'relu'].includes(spelled(activationOf(model)))
          ? null
          : { model: { activation: 'tanh' } },
  },
  rates: {
    title: say('Naive rate against compensated'),
    see: say(
      'Both have the rate η0 √n. With the prefactor 1/√n the output leaps; with 1/n it moves by 1/√n in a step, and learning is slow. Raise n to see the naive one diverge.',
    ),
    choice: (config) => ({
      field: 'parameterization',
      value: other(scaling(config), ['compensated', 'naive']),
    }),
    own: (config) =>
      ['compensated', 'naive'].includes(scaling(config))
        ? null
        : { parameterization: 'compensated', model: { width: 256 }, dynamics: { dt: 0.05 } },
  },
};

/** What the other run has in a comparison, by its name or as a setting of the person's own. */
export function choiceOf(comparison: string, config: Config): Choice {
  return isComparison(comparison) ? COMPARISONS[comparison].choice(config) : readChoice(comparison)!;
}
