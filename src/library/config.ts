/** Configurations for programs: names of presets, or what CONFIG.json holds. */
import type { Config, ConfigInput } from '../core/config/config.ts';
import { readConfig } from '../core/config/schema.ts';
import { PRESET_NAMES, PRESETS, resolveConfig as resolved } from '../experiments/presets.ts';

/** A preset of `presets()`. */
export interface PresetEntry {
  /** As `preset` of a configuration names it. */
  readonly name: string;
  /** As the page's menu calls it. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
}

/** Named configurations: `resolveConfig(name)` is one in full. */
export const presets = (): PresetEntry[] =>
  PRESET_NAMES.map((name) => ({ name, title: PRESETS[name].title, summary: PRESETS[name].summary }));

/**
 * The complete configuration of a preset's name, or of fields as CONFIG.json has them (`preset` first, then the given
 * ones). Throws a ConfigError that names the first wrong field, its range and the nearest known name.
 */
export const resolveConfig = (input: string | ConfigInput): Config =>
  resolved(readConfig(typeof input === 'string' ? { preset: input } : input));
