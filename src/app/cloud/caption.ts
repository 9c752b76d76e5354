/** The sentence over the cloud: what the data are. */
import type { Config, Data } from '../../core/config/config.ts';
import { DATASETS, type DatasetName } from '../../core/datasets.ts';
import { isolatedName } from '../../core/words/cut.ts';
import { shapeOf } from '../../core/shape.ts';
import { sameJson } from '../../core/words/json.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import {
  isPresetName,
  PRESETS,
  resolveConfig,
  type Preset,
  type PresetName,
} from '../../experiments/presets.ts';

/** The preset whose data are in use, however many samples of them; null for others. */
export function presetOf({ preset, data }: Config): PresetName | null {
  if (preset === undefined || !isPresetName(preset)) return null;
  return datasetOf(PRESETS[preset].config.data) === datasetOf(data) ? preset : null;
}

/** Half-height of the cloud's picture in units of θ, where a preset knows it better than its start tells. */
export function reachOf(config: Config): number | null {
  const known = presetOf(config);
  return known ? ((PRESETS[known] as Preset).reach ?? null) : null;
}

export function caption(prepared: Prepared): string {
  const preset = presetOf(prepared.config);
  return preset ? presetCaption(preset, prepared.config) : dataCaption(prepared);
}

/** What the data are and how many. */
export function dataCaption({ config, encoding, problem, test }: Prepared): string {
  const dataset = datasetOf(config.data);
  const { c } = shapeOf(problem);
  const held = test ? ` and ${(test.y.length / c).toLocaleString('en')} held out` : '';
  const rows = `${problem.m.toLocaleString('en')} samples${held}`;
  if (dataset) return `${datasetTitle(dataset)} (${rows}): ${DATASETS[dataset].summary}.`;
  return `${titleOf(config.data)}: ${targetText(encoding)} from ${listed(encoding.inputs)}, ${rows}.`;
}

/** One of several outputs is named with the others. */
const targetText = ({ target, outputs, labels }: Prepared['encoding']): string =>
  outputs && !labels ? listed(outputs, 'outputs') : isolatedName(target);

/** Most names that a sentence bears. */
const FEW = 5;

export function listed(names: readonly string[], what = 'inputs'): string {
  if (names.length > FEW) return `${names.length.toLocaleString('en')} ${what}`;
  const short = names.map(isolatedName);
  return short.length === 1 ? short[0] : `${short.slice(0, -1).join(', ')} and ${short.at(-1)!}`;
}

export function datasetTitle(name: DatasetName): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

const titleOf = (data: Data): string =>
  isolatedName('csv' in data ? data.csv : ('inline' in data && data.inline.title) || 'Your own data');

const datasetOf = (data: Data): DatasetName | null => ('dataset' in data ? data.dataset : null);

/** A preset's sentence speaks of its own network: with another it would be false. */
function presetCaption(preset: PresetName, { model, parameterization }: Config): string {
  const own = resolveConfig({ preset });
  const changed =
    !sameJson(own.parameterization, parameterization) ||
    !sameJson({ ...own.model, width: 0 }, { ...model, width: 0 });
  return changed ? `${PRESETS[preset].title}, with another network.` : PRESETS[preset].summary;
}
