/** What is wrong with a value of CONFIG.json, as one sentence with its field and the remedy. */
import * as v from 'valibot';
import { closest } from 'fastest-levenshtein';
import { cutValue } from '../words/cut.ts';
import { nearest } from '../words/nearest.ts';
import { foreignWord } from './foreign.ts';

/** `whole` is what the fields are of. */
export function sentence(
  issue: v.BaseIssue<unknown>,
  schema: v.GenericSchema,
  root: unknown,
  whole = 'a configuration',
): string {
  const path = issue.path ?? [];
  const last = path.at(-1);
  const name = fieldName(path.map((item) => item.key as string | number));
  if (issue.expected === 'never' && last) {
    const within = path.slice(0, -1).map((item) => item.key as string);
    return `${name} is not a field of ${whole}: ${remedy(String(last.key), within, schema, root)}`;
  }
  if (issue.received === 'undefined') return `${name} is missing: give ${issue.message}`;
  if (Array.isArray(issue.input) && SCALAR.test(issue.message))
    return `${name} = ${show(issue.input)} is a list, and a run has one value, lists of them are what sweeps do: give ${issue.message}`;
  return `${name || whole.replace(/^a /, 'the ')} = ${show(issue.input)} is not valid: give ${issue.message}`;
}

/** Forms of one value. */
const SCALAR = /^(?:an integer|a number|a finite number|a share)\b/;

/** A slip's right word, the place where the field belongs, what another tool's word is here; else a guess. */
function remedy(key: string, within: readonly string[], schema: v.GenericSchema, root: unknown): string {
  const known = knownKeys(within, schema, root);
  const guess = (name: string): string => `did you mean "${name}"?`;
  const near = nearest(key, known);
  if (near !== null) return guess(near);
  const section = SECTIONS.find((name) => knownKeys([name], schema, root).includes(key));
  if (section !== undefined) return `it stands elsewhere, give ${section}.${key}`;
  return foreignWord(key) ?? (known.length ? guess(closest(key, known)) : 'remove it');
}

const SECTIONS = ['model', 'initial', 'dynamics', 'record'];

function fieldName(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${cutValue(key)}` : cutValue(key),
    '',
  );
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return cutValue(JSON.stringify(value) ?? String(value));
}

/** The fields that the schema knows at a path, for the hint at the nearest one. */
function knownKeys(path: readonly string[], whole: v.GenericSchema, root: unknown): string[] {
  let schema = unwrap(whole, root);
  let value = root;
  for (const key of path) {
    value = (value as Record<string, unknown> | undefined)?.[key];
    const entry = (schema as unknown as { entries: Record<string, v.GenericSchema> }).entries[key];
    if (entry === undefined) return []; // a section of other files
    schema = unwrap(entry, value);
  }
  // nobody means $schema by a slip
  return Object.keys((schema as { entries?: object }).entries ?? {}).filter((key) => !key.startsWith('$'));
}

function unwrap(schema: v.GenericSchema, input: unknown): v.GenericSchema {
  if (schema.type === 'optional' || schema.type === 'nullish')
    return unwrap((schema as unknown as { wrapped: v.GenericSchema }).wrapped, input);
  if (schema.type === 'lazy')
    return unwrap((schema as unknown as { getter: (input: unknown) => v.GenericSchema }).getter(input), input);
  return schema;
}
