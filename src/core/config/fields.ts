/**
 * The fields that people may set by hand, in the groups in which they see them. What registries have comes from
 * them; adding a field is adding one entry.
 */
import { ACTIVATIONS } from '../activations/activations.ts';
import { formOf as activationForm, type ActivationChoice, type Knots } from '../activations/parametric.ts';
import { DATASETS, type Dataset } from '../datasets.ts';
import {
  featureOf,
  FEATURES,
  takesActivation,
  takesWeights,
  type FeatureName,
  type Features,
} from '../features/features.ts';
import type { Parameter } from '../generators/dataset.ts';
import { INTEGRATORS } from '../dynamics/integrators.ts';
import { JOINT_LAWS, LAWS, type LawName } from '../laws.ts';
import { LOSSES } from '../objective/losses.ts';
import { PARAMETERIZATIONS } from '../parameterizations.ts';
import { typedNumber } from '../words/typed-number.ts';
import { ENGINE_CHOICES, METHOD_CHOICES, type Config } from './config.ts';
import { DYNAMICS_FIELDS } from './dynamics-fields.ts';
import {
  formOf,
  keyForm,
  lawForm,
  nameForm,
  noForm,
  numberOf,
  switchOf,
  wholeOf,
  type Field,
  type Fields,
  type Form,
  type TextField,
} from './field.ts';
import { keys } from './forms.ts';

type Forms = Readonly<Record<string, Form>>;

/** What the schema refuses where it is no number. */
const numberIn = (text: string): number => typedNumber(text) ?? NaN;

/** A menu of a registry's names. */
const named = <T extends Readonly<Record<string, { readonly summary: string }>>>(registry: T): Forms =>
  Object.fromEntries(keys(registry).map((name) => [name, nameForm(name, registry[name].summary)]));
const words = (names: readonly string[], help: string): Forms =>
  Object.fromEntries(names.map((name) => [name, nameForm(name, help)]));

const KNOTS: TextField = {
  kind: 'text',
  label: 'knots z φ',
  help: 'Pairs z φ with commas between them: linear from one to the next, constant beyond',
  write: (knots) => (knots as Knots['knots']).map((pair) => pair.join(' ')).join(', '),
  read: (text) => text.split(',').map((pair) => pair.trim().split(/\s+/).map(numberIn)),
};
const ACTIVATION_FORMS: Forms = {
  ...named(ACTIVATIONS),
  knots: withParameters(
    'knots',
    {
      knots: [
        [-1, -1],
        [1, 1],
      ],
    },
    { knots: KNOTS },
  ),
  hermite: withParameters('hermite', { hermite: 2 }, { hermite: wholeOf('degree k', 'Of He_k/√k!') }),
};

function withParameters(key: string, start: ActivationChoice & object, fields: Fields): Form {
  return keyForm(key, activationForm(start).summary, start, fields);
}

/** Where maps with parameters begin, and what these are. */
const FEATURE_PARAMETERS: Partial<
  Record<FeatureName, { readonly start: Features & object; readonly fields: Fields }>
> = {
  rbf: {
    start: { rbf: { alpha: 1 } },
    fields: {
      'rbf.alpha': numberOf('width α', 'The bumps are e^(−α|x − w0|²/2): a large α makes them narrow'),
    },
  },
  translate: {
    start: { translate: { order: 3, metric: 1 } },
    fields: {
      'translate.order': wholeOf('order K', 'Waves in 1 + 2 Σ cos 2πk(x − w0), k = 1 … K'),
      'translate.metric': numberOf('metric g', 'Positions move g times as fast'),
    },
  },
};
const FEATURE_FORMS: Forms = Object.fromEntries(
  keys(FEATURES).map((name) => {
    const { start = name as Features, fields = {} } = FEATURE_PARAMETERS[name] ?? {};
    const { summary } = featureOf({ features: start }).map;
    return [name, typeof start === 'string' ? nameForm(start, summary) : keyForm(name, summary, start, fields)];
  }),
);

const PARAMETERIZATION_FORMS: Forms = {
  ...named(PARAMETERIZATIONS),
  'a, κ': keyForm(
    'a',
    'f = n^(−a) Σ w1 φ, learning rate η0 n^κ',
    { a: 1, kappa: 1 },
    {
      a: numberOf('a', 'The prefactor of f is n^(−a)'),
      kappa: numberOf('κ', 'The learning rate is η0 n^κ'),
    },
  ),
  'a, b, c': keyForm(
    'abc',
    'Yang and Hu’s: W = n^(−a) w, drawn times n^(−b), rate η0 n^(−c)',
    { abc: { a: [0, 1], b: [0, 0], c: -1 } },
    {
      'abc.a.0': numberOf('a of W0', 'W0 = n^(−a) w0'),
      'abc.a.1': numberOf('a of W1', 'W1 = n^(−a) w1'),
      'abc.b.0': numberOf('b of W0', 'w0 is drawn times n^(−b)'),
      'abc.b.1': numberOf('b of W1', 'w1 is drawn times n^(−b)'),
      'abc.c': numberOf('c', 'The learning rate is η0 n^(−c)'),
    },
  ),
};

/** One number, or one for each coordinate. */
const POINT: TextField = {
  kind: 'text',
  label: 'at',
  help: 'One number for all coordinates, or one for each with commas between them',
  write: (at) => [at].flat().join(', '),
  read: (text) => {
    const numbers = text.split(',').map(numberIn);
    return numbers.length === 1 ? numbers[0] : numbers;
  },
};
const lawForms = (layer: string, names: readonly LawName[] = keys(LAWS)): Forms =>
  Object.fromEntries(
    names.map((name) => {
      const { defaults, summary } = LAWS[name];
      const fields = Object.keys(defaults).map((key): [string, Field] => [
        key,
        key === POINT.label ? POINT : numberOf(key, `Of the law of ${layer} at step 0`),
      ]);
      return [name, lawForm(name, summary, defaults, Object.fromEntries(fields))];
    }),
  );

/** What a family of generated data lets choose. */
function memberFields(config: Config): Fields {
  if (!('dataset' in config.data)) return {};
  const { dimension, parameters = {} }: Dataset = DATASETS[config.data.dataset];
  return {
    ...(dimension && { 'data.dimension': wholeOf('dimension', 'Number of inputs of each sample') }),
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        `data.parameters.${name}`,
        parameterField(name, parameter),
      ]),
    ),
  };
}

function parameterField(name: string, parameter: Parameter): Field {
  const { summary } = parameter;
  if ('of' in parameter) return formOf(name, summary, words(parameter.of, summary));
  return parameter.whole ? wholeOf(name, summary) : numberOf(name, summary);
}

/** How θ is drawn at step 0: by a law of both layers, or by one of each. */
function startFields({ model, initial }: Config): Fields {
  const isWeighted = takesWeights(model.features);
  const seed = wholeOf('seed', 'Another seed draws other neurons from the same law');
  const ofEach: Fields = {
    'initial.w0': formOf('law of w0', 'What w0 is drawn from at step 0', lawForms('w0')),
    ...(isWeighted && {
      'initial.w1': formOf('law of w1', 'What w1 is drawn from at step 0', lawForms('w1')),
    }),
    ...(model.bias && {
      'initial.bias': formOf('law of the bias', 'What the bias’s weight is drawn from at step 0', {
        'as w0': noForm('As the rest of w0'),
        ...lawForms('the bias’s weight'),
      }),
    }),
  };
  return {
    'initial.seed': seed,
    ...(isWeighted &&
      takesActivation(model.features) && {
        'initial.joint': formOf('law of both', 'Whether w1 and w0 are drawn together at step 0', {
          'one of each': noForm('w1 and w0 have a law each'),
          ...lawForms('(w1, w0)', JOINT_LAWS),
        }),
      }),
    ...(!initial.joint && ofEach),
    ...(isWeighted && {
      'initial.antithetic': switchOf('f starts at 0', 'Neurons in pairs (w1, w0), (−w1, w0): antithetic draws'),
    }),
  };
}

/** Groups of fields in their order. */
export const fieldsOf = (config: Config): Readonly<Record<string, Fields>> => ({
  Network: {
    'model.features': formOf('features Φ', 'How a neuron and an input meet', FEATURE_FORMS),
    ...(takesActivation(config.model.features) && {
      'model.activation': formOf('activation φ', 'Of each neuron', ACTIVATION_FORMS),
    }),
    'model.loss': formOf('loss ℓ', 'What gradient descent makes small', named(LOSSES)),
    parameterization: formOf(
      'parameterization',
      'Prefactor of f and learning rate as powers of n',
      PARAMETERIZATION_FORMS,
    ),
    ...(takesActivation(config.model.features) && {
      'model.bias': switchOf('bias', 'A constant coordinate 1 beside the inputs'),
    }),
  },
  Data: memberFields(config),
  Dynamics: {
    'dynamics.dt': numberOf('step dt', 'Step of time: with Euler, the learning rate η0'),
    'dynamics.integrator': formOf('integrator', 'How a step is made of slopes', named(INTEGRATORS)),
    'dynamics.temperature': numberOf(
      'temperature τ',
      'Noise √(2τ) dW on every neuron; needs the integrator euler',
    ),
    'dynamics.decay': numberOf('weight decay λ', 'Pulls every neuron towards 0 at the rate λ'),
  },
  ...DYNAMICS_FIELDS,
  Start: startFields(config),
  Machine: {
    engine: formOf(
      'engine',
      'What computes',
      words(ENGINE_CHOICES, 'auto takes WebGPU where there is an adapter'),
    ),
    method: formOf(
      'method',
      'How sums over pairs are made',
      words(METHOD_CHOICES, 'auto takes what is fastest here; a method that does not apply says so'),
    ),
  },
});
