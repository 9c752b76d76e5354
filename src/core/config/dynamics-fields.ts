/** The fields of `dynamics` that few people set: which rows a step takes, schedules, momentum and penalties. */
import { SCHEDULES } from '../dynamics/schedules.ts';
import {
  formOf,
  keyForm,
  lawForm,
  noForm,
  numberOf,
  wholeOf,
  type Fields,
  type Form,
  type FormField,
} from './field.ts';

type ScheduleName = keyof typeof SCHEDULES;

/** What laws of the step's number do, where their numbers begin, and what these are. */
export const SCHEDULE_LAWS: Readonly<
  Record<
    Exclude<ScheduleName, 'constant'>,
    { readonly help: string; readonly start: object; readonly fields: Fields }
  >
> = {
  power: {
    help: 'times (1 + k/k0)^(−p) at step k',
    start: { k0: 100, exponent: 0.5 },
    fields: {
      k0: numberOf('k0', 'Steps after which it has begun to fall'),
      exponent: numberOf('exponent p', 'Of the power by which it falls'),
    },
  },
  cosine: {
    help: 'times (1 + cos(πk/h))/2 at step k, 0 from step h on',
    start: { horizon: 1000 },
    fields: { horizon: wholeOf('horizon h', 'The step at which it is 0') },
  },
  steps: {
    help: 'times a factor after every so many steps',
    start: { every: 100, factor: 0.5 },
    fields: {
      every: wholeOf('every', 'Steps between two changes'),
      factor: numberOf('factor', 'Of each change'),
    },
  },
  'over-loss': { help: 'divided by the loss: gradient descent on ln L', start: {}, fields: {} },
};
const CONSTANT: Form = {
  help: 'the same at every step',
  start: undefined,
  has: (value) => value === undefined || (value as { law: ScheduleName }).law === 'constant',
};

function scheduleField(label: string, what: string, without: readonly ScheduleName[] = []): FormField {
  const laws = (Object.keys(SCHEDULE_LAWS) as (keyof typeof SCHEDULE_LAWS)[]).filter(
    (name) => !without.includes(name),
  );
  const forms = laws.map((name): [string, Form] => {
    const { help, start, fields } = SCHEDULE_LAWS[name];
    return [name, lawForm(name, `${what} ${help}`, start, fields)];
  });
  return formOf(label, `How ${what} changes with the step's number`, {
    constant: CONSTANT,
    ...Object.fromEntries(forms),
  });
}

const BATCH = {
  size: wholeOf('batch size', 'Rows of each batch'),
  seed: wholeOf('seed of batches', 'Another seed draws other batches'),
};
const hasReplacement = (value: unknown): boolean | undefined =>
  (value as { replacement: boolean } | undefined)?.replacement;
const MOMENTUM = { beta: numberOf('β', 'What is left of the velocity after a step, from 0 to below 1') };
const isNesterov = (value: unknown): boolean | undefined =>
  (value as { nesterov: boolean } | undefined)?.nesterov;

/** By their groups. */
export const DYNAMICS_FIELDS: Readonly<Record<string, Fields>> = {
  'Batches and schedules': {
    'dynamics.batch': formOf('rows of a step', 'Which rows a step takes', {
      all: noForm('Every step takes all rows'),
      'in epochs': {
        help: 'Batches in the order of a permutation: none comes twice in an epoch',
        start: { size: 16, replacement: false },
        has: (value) => hasReplacement(value) === false,
        fields: BATCH,
      },
      'with replacement': {
        help: 'Batches of rows that are drawn independently',
        start: { size: 16, replacement: true },
        has: (value) => hasReplacement(value) === true,
        fields: BATCH,
      },
    }),
    'dynamics.stream': formOf('fresh samples', 'Whether steps take samples that a generator has just drawn', {
      none: noForm('Steps take rows of the data'),
      stream: keyForm(
        'size',
        'Every step has samples of its own; the data must be drawn without end',
        { size: 16 },
        {
          size: wholeOf('samples a step', 'Drawn fresh'),
          reuse: wholeOf('steps with each', 'Steps that take the same samples'),
          labelNoise: numberOf('label noise', 'Standard deviation of what is added to y'),
        },
      ),
    }),
    'dynamics.schedule.dt': scheduleField('dt over steps', 'dt'),
    'dynamics.schedule.temperature': scheduleField('τ over steps', 'the temperature', ['over-loss']),
  },
  'Momentum and penalties': {
    'dynamics.momentum': formOf(
      'momentum',
      'What carries slopes on to later steps; needs the integrator euler',
      {
        none: noForm('Every step has its own slope alone'),
        'heavy ball': {
          help: 'v ← βv + b, and neurons move along v',
          start: { beta: 0.9, nesterov: false },
          has: (value) => isNesterov(value) === false,
          fields: MOMENTUM,
        },
        Nesterov: {
          help: 'v ← βv + b, and neurons move along b + βv',
          start: { beta: 0.9, nesterov: true },
          has: (value) => isNesterov(value) === true,
          fields: MOMENTUM,
        },
      },
    ),
    'dynamics.penalty': formOf('penalty', 'What is added to the loss', {
      none: noForm('The loss alone'),
      weights: keyForm(
        'ridge',
        'Ridge, ℓ1 and variation, each with its weight',
        { ridge: [0, 0], l1: 0, variation: 0 },
        {
          'ridge.0': numberOf('ridge λ of w1', 'λ|w1|²/2'),
          'ridge.1': numberOf('ridge λ of w0', 'λ|w0|²/2'),
          l1: numberOf(
            'ℓ1 λ of w1',
            'λ|w1|₁ by proximal steps: makes output weights exactly 0; needs the integrator euler',
          ),
          variation: numberOf('variation λ', 'λ|w1||w0|, the total variation'),
        },
      ),
    }),
  },
};
