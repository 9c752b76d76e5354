/** A paper's experiment from what a person wrote to result.json. */
import { complete, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { DATASETS, type Dataset } from '../../core/datasets.ts';
import { judge, type Judgement } from '../measure/judge.ts';
import { Learned, type HowMuch } from '../measure/learned.ts';
import { labOf, type Means } from '../measure/lab.ts';
import type { Paper } from './paper.ts';
import { PAPERS, type PaperName, type PaperPreset } from './registry.ts';

export interface Order {
  readonly name: PaperName;
  readonly config: Config;
  readonly seed: number;
  readonly control: boolean;
}

export interface Wishes {
  /** The preset's configuration, changed or not. */
  readonly config: ConfigInput;
  readonly seed?: number;
  readonly control?: boolean;
}

/** Throws a ConfigError where the configuration contradicts itself. */
export function order(name: PaperName, { config, seed = 1, control = false }: Wishes): Order {
  return { name, config: complete({ ...seeded(config, seed), preset: name }), seed, control };
}

/** Everything that is drawn, data included, follows the seed, but for what has one of its own. */
function seeded(config: ConfigInput, seed: number): ConfigInput {
  const { data, dynamics } = config;
  const { batch } = dynamics ?? {};
  return mergeConfig(config, {
    ...(data && { data: seededData(data, seed) }),
    initial: { seed: config.initial?.seed ?? seed },
    ...(batch && { dynamics: { batch: { seed, ...batch } } }),
  });
}

function seededData(data: Config['data'], seed: number): Config['data'] {
  if (!('dataset' in data)) return data;
  const dataset: Dataset = DATASETS[data.dataset];
  return { ...(dataset.source === undefined && { seed }), testSeed: seed, ...data };
}

export type Reproduced = {
  readonly name: PaperName;
  readonly title: string;
  readonly claim: string;
  readonly citations: Paper['citations'];
  readonly control?: string;
  readonly config: Config;
  readonly seed: number;
} & Judgement &
  HowMuch & { readonly seconds: number };

/** Throws Interrupted once the signal is aborted. */
export async function reproduce({ name, config, seed, control }: Order, means: Means): Promise<Reproduced> {
  const preset: PaperPreset = PAPERS[name];
  const { citations, claim, control: wrong, run } = await preset.paper();
  const started = performance.now();
  const learned = new Learned();
  const measured = await run({ ...labOf(means, learned), config, seed, spoiled: control });
  means.onMeasured?.(measured);
  return {
    name,
    title: preset.title,
    claim,
    citations,
    ...(control && { control: wrong }),
    config,
    seed,
    ...judge(measured, seed),
    ...learned.howMuch,
    seconds: (performance.now() - started) / 1000,
  };
}
