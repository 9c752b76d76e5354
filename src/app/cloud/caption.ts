/** The sentence over the cloud: what the data are. */
import type { Config, Data } from '../../core/config/config.ts';
import { DATASETS, type DatasetName } from '../../core/datasets.ts';
import { isolatedName } from '../../core/words/cut.ts';
import { shapeOf } from '../../core/shape.ts';
import { sameJson } from '../../core/words/json.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { isPresetName, PRESETS, resolveConfig, type PresetName } from '../../experiments/presets.ts';
import { say, sayText } from '../../words/say.ts';
import { capital } from '../../core/words/sentence.ts';

/** The preset whose data are in use, however many samples of them; null for others. */
export function presetOf({ preset, data }: Config): PresetName | null {
  if (preset === undefined || !isPresetName(preset)) return null;
  return datasetOf(PRESETS[preset].config.data) === datasetOf(data) ? preset : null;
}

export function caption(prepared: Prepared): string {
  const preset = presetOf(prepared.config);
  return preset ? presetCaption(preset, prepared.config) : dataCaption(prepared);
}

/** What the data are and how many. */
export function dataCaption({ config, encoding, problem, test }: Prepared): string {
  const dataset = datasetOf(config.data);
  const { c } = shapeOf(problem);
  const held = test ? say(' and {m} held out', { m: (test.y.length / c).toLocaleString('en') }) : '';
  const rows = say('{m} samples{held}', { m: problem.m.toLocaleString('en'), held });
  if (dataset)
    return say('{title} ({rows}): {summary}.', {
      title: sayText(datasetTitle(dataset)),
      rows,
      summary: sayText(DATASETS[dataset].summary),
    });
  return say('{title}: {target} from {inputs}, {rows}.', {
    title: titleOf(config.data),
    target: targetText(encoding),
    inputs: listed(encoding.inputs),
    rows,
  });
}

/** One of several outputs is named with the others. */
const targetText = ({ target, outputs, labels }: Prepared['encoding']): string =>
  outputs && !labels ? listed(outputs, (count) => say('{count} outputs', { count })) : isolatedName(target);

/** Most names that a sentence bears. */
const FEW = 5;

/** Names, or what is said of so many. */
export function listed(
  names: readonly string[],
  many = (count: string): string => say('{count} inputs', { count }),
): string {
  if (names.length > FEW) return many(names.length.toLocaleString('en'));
  const short = names.map(isolatedName);
  return short.length === 1
    ? short[0]
    : say('{some} and {last}', { some: short.slice(0, -1).join(', '), last: short.at(-1)! });
}

export function datasetTitle(name: DatasetName): string {
  return capital(name.replaceAll('-', ' '));
}

const titleOf = (data: Data): string =>
  isolatedName('csv' in data ? data.csv : ('inline' in data && data.inline.title) || say('Your own data'));

const datasetOf = (data: Data): DatasetName | null => ('dataset' in data ? data.dataset : null);

/** A preset's sentence speaks of its own network: with another it would be false. */
function presetCaption(preset: PresetName, { model, parameterization }: Config): string {
  const own = resolveConfig({ preset });
  const changed =
    !sameJson(own.parameterization, parameterization) ||
    !sameJson({ ...own.model, width: 0 }, { ...model, width: 0 });
  return changed
    ? say('{title}, with another network.', { title: sayText(PRESETS[preset].title) })
    : sayText(PRESETS[preset].summary);
}
