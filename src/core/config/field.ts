/**
 * What a field of a configuration is for people who set it by hand: a number, a switch, a text or one of several
 * forms, each with fields of its own. What it may be, the schema alone says.
 */
import { REPLACED_WHOLE, type Config, type Data } from './config.ts';
import { withUsualRows } from './data.ts';

interface Common {
  readonly label: string;
  /** One sentence. */
  readonly help: string;
}
export interface NumberField extends Common {
  readonly kind: 'number';
  readonly whole?: true;
}
export interface SwitchField extends Common {
  readonly kind: 'switch';
}
/** A value that people write as a text. */
export interface TextField extends Common {
  readonly kind: 'text';
  readonly write: (value: unknown) => string;
  readonly read: (text: string) => unknown;
}
export interface FormField extends Common {
  readonly kind: 'form';
  readonly forms: Readonly<Record<string, Form>>;
}
export type Field = NumberField | SwitchField | TextField | FormField;
/** By path: "dynamics.dt". */
export type Fields = Readonly<Record<string, Field>>;

export interface Form {
  readonly help: string;
  /** The value once it is chosen; undefined takes the field away. */
  readonly start: unknown;
  /** Whether a value has this form. */
  readonly has: (value: unknown) => boolean;
  /** By their paths in the value. */
  readonly fields?: Fields;
}

export const numberOf = (label: string, help: string): NumberField => ({ kind: 'number', label, help });
export const wholeOf = (label: string, help: string): NumberField => ({
  ...numberOf(label, help),
  whole: true,
});
export const switchOf = (label: string, help: string): SwitchField => ({ kind: 'switch', label, help });
export const formOf = (label: string, help: string, forms: FormField['forms']): FormField => ({
  kind: 'form',
  label,
  help,
  forms,
});

/** The form that is a name alone. */
export const nameForm = (name: string, help: string): Form => ({
  help,
  start: name,
  has: (value) => value === name,
});

/** The form of a field that is not there. */
export const noForm = (help: string): Form => ({
  help,
  start: undefined,
  has: (value) => value === undefined || value === null,
});

/** The form of values that have the key, an object's first. */
export const keyForm = (key: string, help: string, start: object, fields: Fields): Form => ({
  help,
  start,
  has: (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, key),
  fields,
});

/** The form { "law": name, … }. */
export const lawForm = (law: string, help: string, parameters: object, fields: Fields): Form => ({
  help,
  start: { law, ...parameters },
  has: (value) => (value as { law?: unknown } | undefined)?.law === law,
  fields,
});

/** The form that a value has, by its name; null where it has none of them. */
export const formIn = ({ forms }: FormField, value: unknown): string | null =>
  Object.keys(forms).find((name) => forms[name].has(value)) ?? null;

/** What stands at a path, if anything does. */
export const valueAt = (config: Config, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);

/** What laid on `config` has `value` at the path, and is as it was beside it; null takes away what it had. */
export function changeAt(config: Config, path: string, value: unknown): object {
  const [section, ...rest] = path.split('.');
  const whole = (REPLACED_WHOLE as readonly string[]).includes(section) || rest.length === 0;
  const [field, ...below] = rest;
  if (whole) {
    const changed = withValue(valueAt(config, section), rest, value);
    return { [section]: section === 'data' ? withUsualRows(config.data, changed as Data) : changed };
  }
  const { testSamples: _held, ...data } = config.data as { readonly testSamples?: number };
  const ends = path === 'dynamics.stream' && value === undefined;
  const change = {
    [section]: { [field]: withValue(valueAt(config, `${section}.${field}`), below, value) ?? null },
  };
  return ends ? { ...change, data } : change; // samples held out of a stream end with it
}

/** A copy of `value` with `next` at the path; without that, and what it leaves empty, where `next` is undefined. */
function withValue(value: unknown, path: readonly string[], next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value))
    return value.map((entry, i) => (String(i) === key ? withValue(entry, rest, next) : entry));
  const { [key]: old, ...others } = (value ?? {}) as Record<string, unknown>;
  const changed = withValue(old, rest, next);
  const copy = changed === undefined ? others : { ...others, [key]: changed };
  return Object.keys(copy).length > 0 ? copy : undefined;
}
