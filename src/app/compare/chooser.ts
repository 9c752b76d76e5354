/** What the two runs differ in: a comparison from the list, or a setting of the person's own. */
import type { Config } from '../../core/config/config.ts';
import { ACTIVATIONS } from '../../core/activations/activations.ts';
import { PARAMETERIZATIONS } from '../../core/parameterizations.ts';
import { make } from '../shell/dom.ts';
import { labelled } from '../settings/fields.ts';
import { choiceOf, COMPARISONS } from './comparisons.ts';
import { stepName, widthName } from './difference.ts';
import { COMPARISON_IDS, FIELD_NAMES, isComparison, writeChoice, type Choice, type FieldName } from './ids.ts';
import { say } from '../say.ts';

interface Options {
  readonly title: string;
  /** Values that the other run may have. */
  readonly values: (config: Config) => readonly string[];
  readonly label: (config: Config, value: string) => string;
}

const named = (value: string): string => value;
const times = (value: string): string => (Number(value) < 1 ? `/${1 / Number(value)}` : ` · ${value}`);

const OPTIONS: Readonly<Record<FieldName, Options>> = {
  parameterization: {
    title: say('parameterization'),
    values: ({ parameterization }) =>
      Object.keys(PARAMETERIZATIONS).filter((name) => name !== parameterization),
    label: (_, value) => named(value),
  },
  width: {
    title: say('number of neurons n'),
    values: ({ model }) =>
      [1 / 256, 1 / 64, 1 / 16, 1 / 4, 4, 16].filter((share) => share * model.width >= 1).map(String),
    label: ({ model }, value) => `n${times(value)}: ${widthName(Math.round(model.width * Number(value)))}`,
  },
  seed: {
    title: say('seed'),
    values: () => ['1', '2', '3', '4'],
    label: ({ initial }, value) => say('seed {seed}', { seed: initial.seed + Number(value) }),
  },
  activation: {
    title: say('activation φ'),
    values: ({ model }) => Object.keys(ACTIVATIONS).filter((name) => name !== model.activation),
    label: (_, value) => named(value),
  },
  dt: {
    title: say('step size dt'),
    values: () => [1 / 16, 1 / 4, 1 / 2, 2, 4].map(String),
    label: ({ dynamics }, value) =>
      say('dt{value}: {dt}', { value: times(value), dt: stepName(dynamics.dt * Number(value)) }),
  },
};

const OWN = 'own';

export class Chooser {
  private readonly comparisons = make('select', '');
  private readonly fields = make('select', '');
  private readonly values = make('select', '');
  private readonly see = make('p', '');
  readonly elements: readonly HTMLElement[];

  /** `choose` is told a comparison as links name it. */
  constructor(
    private readonly now: { config(): Config },
    private readonly choose: (comparison: string) => void,
  ) {
    this.comparisons.append(
      ...COMPARISON_IDS.map((id) => new Option(COMPARISONS[id].title, id)),
      new Option(say('A choice of your own'), OWN),
    );
    this.fields.append(...FIELD_NAMES.map((field) => new Option(OPTIONS[field].title, field)));
    this.comparisons.addEventListener('change', () =>
      this.choose(this.comparisons.value === OWN ? this.own() : this.comparisons.value),
    );
    this.fields.addEventListener('change', () =>
      this.choose(writeChoice(firstOf(this.fields.value as FieldName, this.now.config()))),
    );
    this.values.addEventListener('change', () => this.choose(this.own()));
    const labels = make('div', 'compare-fields');
    labels.append(
      labelled(say('Comparison'), this.comparisons).row,
      labelled(say('What differs'), this.fields).row,
      labelled(say('In the other run'), this.values).row,
    );
    this.elements = [
      labels,
      this.see,
      make(
        'p',
        'state',
        say(
          'Both start from the same draws, unless the seed differs, and stand at the same t. Play, step, reset and turning a cloud drive both, and so do the settings, but for the difference.',
        ),
      ),
    ];
  }

  show(comparison: string, config: Config): void {
    const { field, value } = choiceOf(comparison, config);
    const { values, label } = OPTIONS[field];
    const offered = values(config);
    const shown = offered.includes(value) ? offered : [value, ...offered];
    this.comparisons.value = isComparison(comparison) ? comparison : OWN;
    this.fields.value = field;
    this.values.replaceChildren(...shown.map((other) => new Option(label(config, other), other)));
    this.values.value = value;
    this.see.textContent = isComparison(comparison) ? COMPARISONS[comparison].see : '';
    this.see.hidden = this.see.textContent === '';
  }

  private own(): string {
    return writeChoice({ field: this.fields.value as FieldName, value: this.values.value });
  }
}

const firstOf = (field: FieldName, config: Config): Choice => ({
  field,
  value: OPTIONS[field].values(config)[0],
});
