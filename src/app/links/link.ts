/**
 * The page's address: #preset=NAME and every changed setting as `section.field=value`, so that a link
 * reproduces the run; view.ts has the rest.
 */
import { inPlaceOf, type Config, type ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import type { Table } from '../../core/datasets.ts';
import { jsonOrWord, sameJson } from '../../core/words/json.ts';
import { portable } from '../../experiments/portable.ts';
import { DEFAULT_PRESET, isPresetName, resolveConfig } from '../../experiments/presets.ts';
import { goingTogether, partsOf, sentenceOf, type Part } from './parts.ts';
import { isOfView, putView, readView, usualView, type View } from './view.ts';
import { say } from '../say.ts';

const LONGEST = 2 ** 20;
/** Parts that a link has at most. */
const MOST = 200;
/** Characters that browsers, mail and chats carry without cutting. */
export const LONGEST_ADDRESS = 2 ** 13;
/** Stands for inline data that would make an address longer. */
const DATA_LEFT_OUT = ['data', 'left-out'] as const;

/** Whether data were too long for it. */
export const lacksData = (link: string): boolean => link.includes(DATA_LEFT_OUT.join('='));

export interface Link {
  readonly input: ConfigInput;
  /** One sentence about what could not be used, else empty. */
  readonly notice: string;
  readonly view: View;
  /** The link names no setting of the run: the chapter's own scene is meant, where there is a chapter. */
  readonly bare: boolean;
}

/**
 * Reads location.hash. What is wrong is left out and said; the rest is used. `kept`: JSON of the data that were too long
 * for it, or null.
 */
export function parseLink(hash: string, kept: (link: string) => string | null = () => null): Link {
  const text = hash.replace(/^#/, '');
  if (text.length > LONGEST)
    return unusable(
      say('it has {count} characters, the limit is {most}', { count: text.length, most: LONGEST }),
    );
  const data = lacksData(text) ? kept(hash) : null;
  if (lacksData(text) && data === null)
    return unusable(
      say('its data were too long for an address, drop the saved CONFIG.json on the page instead'),
    );
  const [gap, word] = DATA_LEFT_OUT;
  const parts = partsOf(text).map(([name, value]): Part =>
    data !== null && name === gap && value === word ? [name, data] : [name, value],
  );
  if (parts.length > MOST)
    return unusable(say('it has {count} parts, the limit is {most}', { count: parts.length, most: MOST }));
  const { view, refused } = readView(parts.filter(([name]) => isOfView(name)));
  const run = goingTogether(
    parts.filter(([name]) => !isOfView(name)),
    (some) => faultOf(() => resolveConfig(inputOf(some))),
  );
  return {
    input: inputOf(run.kept),
    notice: sentenceOf([...refused, ...run.refused]),
    view,
    bare: run.kept.length === 0,
  };
}

const unusable = (why: string): Link => ({
  input: { preset: DEFAULT_PRESET },
  notice: say('The link could not be used: {why}.', { why }),
  view: usualView(),
  bare: true,
});

function faultOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function inputOf(parts: readonly Part[]): ConfigInput {
  const input = readConfig(nested(parts));
  return input.preset === undefined && input.data === undefined ? { preset: DEFAULT_PRESET, ...input } : input;
}

type Fields = Record<string, unknown>;
const noFields = (): Fields => Object.create(null) as Fields;

function nested(parts: readonly Part[]): Fields {
  const root = noFields();
  for (const [path, text] of parts) {
    const [section, field, ...deeper] = path.split('.');
    if (deeper.length > 0)
      throw new Error(
        say('{path} is not a field, {section}.{field} is as deep as they go', { path, section, field }),
      );
    if (field === undefined) root[section] = jsonOrWord(text);
    else {
      const group = (root[section] ??= noFields());
      if (typeof group !== 'object')
        throw new Error(say('{section} = {group} has no {field}', { section, group: String(group), field }));
      (group as Fields)[field] = jsonOrWord(text);
    }
  }
  return root;
}

/** The hash for a configuration: its preset and what differs from it; and for a view. */
export function formatLink(run: Config, view: Partial<View> = {}, table?: Table): string {
  const isLong = table !== undefined && 2 * (table.x.length + table.y.length) > LONGEST_ADDRESS;
  // what is too long for an address in any way is not spelled out to find that
  const config = table && !isLong ? portable(run, table) : run;
  const { preset } = config;
  const base: Partial<Config> = preset !== undefined && isPresetName(preset) ? resolveConfig({ preset }) : {};
  const parameters = new URLSearchParams(preset === undefined ? {} : { preset });
  const put = (path: string, value: unknown, standard: unknown): void => {
    if (sameJson(value, standard)) return;
    parameters.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const all = { ...config, ...inPlaceOf(base, config) };
  for (const section of ['model', 'initial', 'dynamics', 'record'] as const) {
    for (const [field, value] of Object.entries(all[section]))
      put(`${section}.${field}`, value, base[section]?.[field as never]);
  }
  const isOwn = !('dataset' in config.data);
  if (!isOwn || !isLong) put('data', config.data, base.data);
  for (const field of ['parameterization', 'engine', 'method'] as const) put(field, config[field], base[field]);
  putView(parameters, view);
  const text = parameters.toString();
  if (!isOwn || (!isLong && text.length <= LONGEST_ADDRESS)) return `#${text}`;
  parameters.set(...DATA_LEFT_OUT);
  return `#${parameters.toString()}`;
}
