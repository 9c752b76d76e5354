/** Labels, helps and menus of the settings, which come from core's fields. */
import { DYNAMICS_FIELDS, SCHEDULE_LAWS } from '../../../src/core/config/dynamics-fields.ts';
import type { Fields } from '../../../src/core/config/field.ts';
import { fieldsOf } from '../../../src/core/config/fields.ts';
import { DATASETS, type DatasetName } from '../../../src/core/datasets.ts';
import type { ConfigInput } from '../../../src/core/config/config.ts';
import { PRESET_NAMES, resolveConfig } from '../../../src/experiments/presets.ts';

/** Forms that CONFIG.json knows by another name, or by none: menus show them as words. */
export const SPOKEN_FORMS = [
  'none',
  'all',
  'other',
  'constant',
  'in epochs',
  'with replacement',
  'heavy ball',
  'weights',
  'as w0',
  'one of each',
];

function textsOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([path, field]) => [
    // parameters of a family are called as CONFIG.json calls them
    ...(path.endsWith(`.${field.label}`) ? [] : [field.label]),
    field.help,
    ...(field.kind === 'form'
      ? Object.entries(field.forms).flatMap(([name, form]) => [
          ...(SPOKEN_FORMS.includes(name) ? [name] : []),
          form.help,
          ...(form.fields ? textsOf(form.fields) : []),
        ])
      : []),
  ]);
}

/** Runs whose settings differ in what they offer. */
const RUNS: readonly ConfigInput[] = [
  ...PRESET_NAMES.map((preset) => ({ preset })),
  ...(Object.keys(DATASETS) as DatasetName[]).map((dataset) => ({ data: { dataset } })),
];

/** Whether there is a word in it: of formulas and letters alone no language makes another. */
const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text.replace(/tanh|erf|sin|ln|Σ|He_k/g, ''));

export const settingsTexts = (): string[] => [
  ...new Set(
    [
      ...RUNS.flatMap((run) => Object.entries(fieldsOf(resolveConfig(run)))).flatMap(([folder, fields]) => [
        folder,
        ...textsOf(fields),
      ]),
      ...Object.keys(DYNAMICS_FIELDS),
      ...Object.keys(SCHEDULE_LAWS).filter((name) => SPOKEN_FORMS.includes(name)),
      'View',
      'Run',
      'other',
    ].filter(hasWord),
  ),
];
