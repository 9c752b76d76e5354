/**
 * What two runs may differ in, and the names of comparisons: what links know of them before the book is loaded.
 */
import { ACTIVATIONS, type ActivationName } from '../../core/activations/activations.ts';
import { MAX_WIDTH, type Config, type ConfigInput } from '../../core/config/config.ts';
import { PARAMETERIZATIONS, type ParameterizationName } from '../../core/parameterizations.ts';
import { say } from '../say.ts';

export const COMPARISON_IDS = ['lazy', 'widths', 'seeds', 'activations', 'rates'] as const;
export type ComparisonId = (typeof COMPARISON_IDS)[number];

/** A setting that the other run may have otherwise. Values are text, as menus and links hold them. */
interface Difference {
  /** What is wrong with a value, as a clause; null where nothing is. */
  readonly refuse: (value: string) => string | null;
  /** What the value lays over a configuration. */
  readonly over: (config: Config, value: string) => ConfigInput;
}

const among =
  (names: readonly string[]) =>
  (value: string): string | null =>
    names.includes(value) ? null : say('is not one of {names}', { names: names.join(', ') });
const factor = (value: string): string | null =>
  Number(value) > 0 && Number.isFinite(Number(value)) ? null : say('is not a factor > 0');
const offset = (value: string): string | null =>
  /^[1-9]\d{0,8}$/.test(value) ? null : say('is not a whole number ≥ 1');

export const FIELDS = {
  parameterization: {
    refuse: among(Object.keys(PARAMETERIZATIONS)),
    over: (_, value) => ({ parameterization: value as ParameterizationName }),
  },
  width: {
    refuse: factor,
    over: ({ model }, value) => ({
      model: { width: Math.min(MAX_WIDTH, Math.max(1, Math.round(model.width * Number(value)))) },
    }),
  },
  seed: { refuse: offset, over: ({ initial }, value) => ({ initial: { seed: initial.seed + Number(value) } }) },
  activation: {
    refuse: among(Object.keys(ACTIVATIONS)),
    over: (_, value) => ({ model: { activation: value as ActivationName } }),
  },
  dt: { refuse: factor, over: ({ dynamics }, value) => ({ dynamics: { dt: dynamics.dt * Number(value) } }) },
} as const satisfies Record<string, Difference>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** One setting of the other run: a factor for width and dt, an offset for the seed, else a name. */
export interface Choice {
  readonly field: FieldName;
  readonly value: string;
}

export const isComparison = (text: string): text is ComparisonId =>
  (COMPARISON_IDS as readonly string[]).includes(text);

/** "width:0.25" as links hold it; null where it is none of that form. */
export function readChoice(text: string): Choice | null {
  const [field, value = ''] = text.split(':', 2);
  return Object.hasOwn(FIELDS, field) ? { field: field as FieldName, value } : null;
}

export const writeChoice = ({ field, value }: Choice): string => `${field}:${value}`;

/** A comparison as a link names it, or an error in one sentence. */
export function readComparison(text: string): string {
  if (isComparison(text)) return text;
  const choice = readChoice(text);
  if (!choice)
    throw new Error(
      say('compare = "{text}" is not one of {names}, nor a setting and its value such as width:0.25', {
        text,
        names: COMPARISON_IDS.join(', '),
      }),
    );
  const wrong = FIELDS[choice.field].refuse(choice.value);
  if (wrong !== null)
    throw new Error(
      say('compare = "{text}": {value} {wrong}', { text, value: choice.value || say('an empty value'), wrong }),
    );
  return text;
}
