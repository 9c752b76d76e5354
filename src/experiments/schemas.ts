/** JSON Schemas of what people write, with the presets and laws that there are. */
import { configJsonSchema, sweepJsonSchema, type Json } from '../core/config/json-schema.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import { LAW_NAMES } from './sweep/laws.ts';

const summaries = (): Record<string, string> =>
  Object.fromEntries(PRESET_NAMES.map((name) => [name, PRESETS[name].summary]));

export const SCHEMAS = {
  config: () => configJsonSchema(summaries()),
  sweep: () => sweepJsonSchema(summaries(), LAW_NAMES),
} as const satisfies Record<string, () => Json>;

export type SchemaName = keyof typeof SCHEMAS;
export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];
export const isSchemaName = (name: string): name is SchemaName => Object.hasOwn(SCHEMAS, name);
