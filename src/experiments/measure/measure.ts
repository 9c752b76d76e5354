/** A measurement from what a person wrote to result.json. */
import { complete, ConfigError, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { isPresetName, PRESETS, unknownPreset } from '../presets.ts';
import { excused } from './excuses.ts';
import { judge, type Judgement } from './judge.ts';
import { labOf, type Means } from './lab.ts';
import { Learned, type HowMuch } from './learned.ts';
import { FEWEST_REPLICAS, type Context, type Measurement } from './measurement.ts';
import { MEASUREMENTS, type MeasurementName } from './registry.ts';

export interface Plan {
  readonly name: MeasurementName;
  readonly config: Config;
  readonly given: ConfigInput;
  readonly widths: readonly number[];
  readonly replicas: number;
  readonly control: boolean;
}

export interface Wishes {
  readonly given: ConfigInput;
  readonly widths?: readonly number[];
  readonly replicas?: number;
  readonly control?: boolean;
}

/**
 * Lays the wishes on the measurement's defaults (a preset first, then the given fields) and refuses what it
 * cannot measure.
 */
export function plan(name: MeasurementName, { given, control = false, ...wishes }: Wishes): Plan {
  const entry: Measurement = MEASUREMENTS[name];
  const widths = [...new Set(wishes.widths ?? entry.defaults.widths)].sort((p, q) => p - q);
  const replicas = wishes.replicas ?? entry.defaults.replicas;
  const config = complete(
    mergeConfig(
      entry.defaults.config,
      withPreset({ ...given, model: { ...given.model, width: widths.at(-1)! } }),
    ),
  );
  if (widths.length < entry.fewestWidths)
    throw new ConfigError(
      `widths = ${widths.join(',')} are ${widths.length}: give at least ${entry.fewestWidths}`,
    );
  if (replicas < FEWEST_REPLICAS)
    throw new ConfigError(
      `replicas = ${replicas}: an interval needs at least ${FEWEST_REPLICAS}, give as many`,
    );
  for (const requirement of entry.requires ?? []) {
    const refusal = requirement(config, widths, replicas);
    if (refusal) throw new ConfigError(`measure ${name}: ${refusal}`);
  }
  return { name, config, given, widths, replicas, control };
}

function withPreset(given: ConfigInput): ConfigInput {
  if (given.preset === undefined) return given;
  if (!isPresetName(given.preset)) throw new ConfigError(unknownPreset(given.preset, 'preset'));
  return mergeConfig(PRESETS[given.preset].config, given);
}

export type Result = {
  readonly name: string;
  readonly law: string;
  readonly control?: string;
  readonly config: Config;
  readonly widths: readonly number[];
  readonly replicas: number;
  readonly seed: number;
} & Judgement &
  HowMuch & { readonly seconds: number };

/** Throws Interrupted once the signal is aborted. */
export async function measure(
  { name, config, given, widths, replicas, control }: Plan,
  means: Means,
): Promise<Result> {
  const entry: Measurement = MEASUREMENTS[name];
  const started = performance.now();
  const { seed } = config.initial;
  const learned = new Learned();
  const context: Context = {
    ...labOf(means, learned, control ? entry.control : null),
    config,
    given,
    widths,
    replicas,
    seed,
    spoiled: control,
    density: means.density,
  };
  const measured = await entry.run(context);
  means.onMeasured?.(measured);
  const judged = judge(measured, seed);
  const isRefuted = judged.verdict === 'fails' && !control;
  const excuses = () => excused(context, config, widths.at(-1)!, measured, judged);
  return {
    name,
    law: entry.law,
    ...(control && { control: entry.control.summary }),
    config,
    widths,
    replicas,
    seed,
    ...(isRefuted ? judge(await learned.aside(excuses), seed) : judged),
    ...learned.howMuch,
    seconds: (performance.now() - started) / 1000,
  };
}
