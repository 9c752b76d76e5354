/**
 * The page's address: #preset=NAME and every changed setting as `section.field=value`, so that a link
 * reproduces the run; view.ts has the rest.
 */
import { type Config, type ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { sameJson } from '../../core/json.ts';
import { DEFAULT_PRESET, isPresetName, resolveConfig } from '../../experiments/presets.ts';
import { putView, takeView, usualView, type View } from './view.ts';

const LONGEST = 2 ** 20;
/** Characters that browsers, mail and chats carry without cutting. */
export const LONGEST_ADDRESS = 2 ** 13;
/** Stands for inline data that would make an address longer. */
export const DATA_LEFT_OUT = 'data=left-out';

export interface Link {
  readonly input: ConfigInput;
  /** One sentence about what could not be used, else empty. */
  readonly notice: string;
  readonly view: View;
  /** The link names no setting of the run: the chapter's own scene is meant, where there is a chapter. */
  readonly bare: boolean;
}

/** Reads location.hash; whatever is wrong falls back to the default and is said. */
export function parseLink(hash: string): Link {
  const text = hash.replace(/^#/, '');
  const fallback = (why: string): Link => ({
    input: { preset: DEFAULT_PRESET },
    notice: `The link could not be used: ${why}.`,
    view: usualView(),
    bare: true,
  });
  if (text.length > LONGEST) return fallback(`it has ${text.length} characters, the limit is ${LONGEST}`);
  try {
    if (text.includes(DATA_LEFT_OUT))
      throw new Error('its data were too long for an address, drop the saved CONFIG.json on the page instead');
    const settings = new URLSearchParams(text);
    const view = takeView(settings);
    const bare = settings.toString() === '';
    const input = readConfig(nested(settings));
    const whole =
      input.preset === undefined && input.data === undefined ? { preset: DEFAULT_PRESET, ...input } : input;
    resolveConfig(whole);
    return { input: whole, notice: '', view, bare };
  } catch (error) {
    return fallback((error as Error).message);
  }
}

function nested(parameters: URLSearchParams): Record<string, unknown> {
  const root: Record<string, Record<string, unknown>> = Object.create(null) as Record<
    string,
    Record<string, unknown>
  >;
  for (const [path, text] of parameters) {
    const [section, field] = path.split('.', 2);
    if (field === undefined) root[section] = valueOf(text) as Record<string, unknown>;
    else (root[section] ??= Object.create(null) as Record<string, unknown>)[field] = valueOf(text);
  }
  return root;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The hash for a configuration: its preset and what differs from it; and for a view. */
export function formatLink(config: Config, view: Partial<View> = {}): string {
  const { preset } = config;
  const base: Partial<Config> = preset !== undefined && isPresetName(preset) ? resolveConfig({ preset }) : {};
  const parameters = new URLSearchParams(preset === undefined ? {} : { preset });
  const put = (path: string, value: unknown, standard: unknown): void => {
    if (sameJson(value, standard)) return;
    parameters.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  for (const section of ['model', 'initial', 'dynamics', 'record'] as const) {
    for (const [field, value] of Object.entries(config[section]))
      put(`${section}.${field}`, value, base[section]?.[field as never]);
  }
  for (const field of ['data', 'parameterization', 'engine', 'method'] as const)
    put(field, config[field], base[field]);
  putView(parameters, view);
  const text = parameters.toString();
  if (text.length <= LONGEST_ADDRESS || !('inline' in config.data)) return `#${text}`;
  parameters.set(...(DATA_LEFT_OUT.split('=') as [string, string]));
  return `#${parameters.toString()}`;
}
