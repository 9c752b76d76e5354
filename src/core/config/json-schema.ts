/**
 * The schemas of CONFIG.json and SWEEP.json as JSON Schema (draft 7, which editors read), with what each field means. They
 * take what the schemas themselves take, one by one: that fields contradict each other, or what is no file, a run says.
 */
import { complete, type ConfigInput } from './config.ts';
import type { Told } from './forms.ts';
import { MEANINGS, SWEEP_MEANINGS, VALUES } from './meanings.ts';
import { SCHEMA } from './schema.ts';
import { NEEDED, SECONDS, sweepSchema } from './sweep.ts';

export type Json = { readonly [key: string]: unknown };

/** What is said of a field by its path. */
interface Words {
  readonly meaning: (path: string) => string | undefined;
  readonly usual: (path: string) => unknown;
}

/** valibot's schemas as far as they are used, by `type`. */
type Form = { readonly type: string; readonly told?: Told; readonly pipe?: readonly unknown[] } & Readonly<
  Record<string, unknown>
>;
interface Check {
  readonly type: string;
  readonly requirement: number;
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('.'));

/** Undefined where no value fits. */
function jsonOf(schema: unknown, path: string, words: Words): Json | undefined {
  const form = schema as Form;
  const plain = plainOf(form, path, words);
  if (plain === undefined) return undefined;
  const { about, usual } = form.told ?? {};
  return {
    ...plain,
    ...(about !== undefined && { description: about }),
    ...(usual !== undefined && { default: usual }),
  };
}

function plainOf(form: Form, path: string, words: Words): Json | undefined {
  if (form.told?.json) return named(form.told.json as Json, path);
  if (form.told?.among) return anyOf(form.told.among().map((one) => jsonOf(one, path, words)));
  const of = BY_TYPE[form.type];
  if (of === undefined) throw new Error(`${path}: JSON Schema has no word for ${form.type} here`);
  return of(form, path, words);
}

/** Names with what each does, where that is known. */
function named(json: Json, path: string): Json {
  const values = VALUES[path] ?? VALUES[lastName(path)];
  if (!Array.isArray(json.enum) || values === undefined) return json;
  const names = json.enum as string[];
  const one = (name: string): Json => ({
    const: name,
    ...(Object.hasOwn(values, name) && { description: values[name] }),
  });
  return names.length === 1 ? one(names[0]) : { anyOf: names.map(one) };
}

/** Of several; alternatives of an alternative count as its own. */
function anyOf(forms: readonly (Json | undefined)[]): Json | undefined {
  const all = forms.flatMap((form) =>
    form === undefined ? [] : Object.keys(form).join() === 'anyOf' ? (form.anyOf as Json[]) : [form],
  );
  return all.length === 0 ? undefined : all.length === 1 ? all[0] : { anyOf: all };
}

const BY_TYPE: Readonly<Record<string, (form: Form, path: string, words: Words) => Json | undefined>> = {
  string: () => ({ type: 'string' }),
  boolean: () => ({ type: 'boolean' }),
  optional: ({ wrapped }, path, words) => jsonOf(wrapped, path, words),
  nullish: ({ wrapped }, path, words) => anyOf([jsonOf(wrapped, path, words), { type: 'null' }]),
  union: ({ options }, path, words) =>
    anyOf((options as unknown[]).map((option) => jsonOf(option, path, words))),
  array: ({ item, pipe = [] }, path, words) => ({
    type: 'array',
    items: jsonOf(item, path, words),
    ...bounds(pipe as Check[]),
  }),
  strict_tuple: ({ items }, path, words) => {
    const all = (items as unknown[]).map((item) => jsonOf(item, path, words));
    return { type: 'array', items: all, additionalItems: false, minItems: all.length, maxItems: all.length };
  },
  strict_object: ({ entries }, path, words) => {
    const fields = Object.entries(entries as Record<string, Form>).flatMap(([key, entry]) => {
      const field = fieldOf(entry, path === '' ? key : `${path}.${key}`, words);
      return field ? [[key, field, !['optional', 'nullish'].includes(entry.type)] as const] : [];
    });
    const required = fields.flatMap(([key, , needed]) => (needed ? [key] : []));
    return {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  },
};

const bounds = (pipe: readonly Check[]): Json =>
  Object.fromEntries(
    pipe.flatMap(({ type, requirement }) =>
      type === 'min_length'
        ? [['minItems', requirement]]
        : type === 'max_length'
          ? [['maxItems', requirement]]
          : [],
    ),
  );

/** Begins with what people read. */
function fieldOf(entry: Form, path: string, words: Words): Json | undefined {
  const json = jsonOf(entry, path, words);
  if (json === undefined) return undefined;
  const description = json.description ?? words.meaning(path);
  const usual = json.default ?? words.usual(path);
  return {
    ...(description !== undefined && { description }),
    ...json,
    ...(usual !== undefined && { default: usual }),
  };
}

/** What completes otherwise stands in one of these: an optional part where it is begun. */
const BEGUN: readonly ConfigInput[] = [
  {
    data: { dataset: 'curve' },
    dynamics: { batch: { size: 1 }, momentum: { nesterov: false }, penalty: { variation: 0 } },
  },
  {
    data: { dataset: 'single-index' },
    dynamics: { stream: { size: 1 }, momentum: { beta: 0 }, penalty: { l1: 0 } },
  },
];
/** Not one value for all data sets, whose own say it. */
const VARIES = /^data(\.(samples|dimension|parameters\b.*))?$/;

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((found, key) => (found as Json | undefined)?.[key], value);

function usualOf(path: string): unknown {
  if (VARIES.test(path)) return undefined;
  const found = BEGUN.filter((given) => at(given, path) === undefined).map((given) =>
    at(complete(given), path),
  );
  return found.find((value) => value !== undefined);
}

const CONFIG_WORDS: Words = {
  meaning: (path) => MEANINGS[path] ?? MEANINGS[lastName(path)],
  usual: usualOf,
};
const SWEEP_WORDS: Words = {
  meaning: (path) => SWEEP_MEANINGS[path],
  usual: (path) => (path === 'chunk.seconds' ? SECONDS : undefined),
};

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** `presets`: what each shows, by its name. */
export function configJsonSchema(presets: Readonly<Record<string, string>>): Json {
  return { $schema: DRAFT, title: 'CONFIG.json of mckean', ...configBody(presets) };
}

function configBody(presets: Readonly<Record<string, string>>): Json {
  const body = jsonOf(SCHEMA, '', CONFIG_WORDS)!;
  const properties = body.properties as Record<string, Json>;
  const preset = {
    description: properties.preset.description,
    anyOf: Object.entries(presets).map(([name, description]) => ({ const: name, description })),
  };
  return { ...body, properties: { ...properties, preset } };
}

/** `laws`: what `measure` may name. */
export function sweepJsonSchema(presets: Readonly<Record<string, string>>, laws: readonly string[]): Json {
  const { properties, ...body } = jsonOf(sweepSchema(laws), '', SWEEP_WORDS)!;
  const fields = properties as Record<string, Json>;
  const base = {
    description: fields.base.description,
    anyOf: [{ enum: Object.keys(presets) }, { $ref: '#/definitions/config' }],
  };
  return {
    $schema: DRAFT,
    title: 'SWEEP.json of mckean',
    ...body,
    properties: { ...fields, base },
    required: Object.keys(NEEDED),
    definitions: { config: configBody(presets) },
  };
}
