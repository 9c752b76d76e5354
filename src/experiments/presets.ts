/**
 * Presets: named configurations, each worth looking at. Adding one here puts it into the menu, the command
 * line, links and tests.
 */
import { complete, ConfigError, mergeConfig, type Config, type ConfigInput } from '../core/config/config.ts';
import { hint } from '../core/words/nearest.ts';
import { PAPERS } from './papers/registry.ts';
import type { Preset } from './preset.ts';

export type { Preset } from './preset.ts';

export const PRESETS = {
  'tanh-curve': {
    title: 'Curve',
    summary:
      'A round cloud of tanh neurons learns sin 6x + x/2 and splits into filaments, a pair for each rise and each fall.',
    config: {
      data: { dataset: 'curve' },
      model: { activation: 'tanh', width: 16384 },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 2 } },
      dynamics: { dt: 1, steps: 1000 },
    },
  },
  'relu-teacher': {
    title: 'Teacher of five neurons',
    summary:
      'Relu neurons of small balanced weight condense on a few rays, which turn towards the lines of a teacher’s five neurons.',
    config: {
      data: { dataset: 'circle-teacher' },
      model: { activation: 'relu', width: 16384, bias: false },
      initial: { w1: { law: 'sphere', radius: 0.1 }, w0: { law: 'normal', std: 0.05 } },
      dynamics: { dt: 0.2, steps: 1000 },
    },
    picture: { reach: 4, overlays: ['teacher'] },
  },
  'global-temperature': {
    title: 'Global temperature 1880–2023',
    summary: 'The yearly temperature of the Earth as a curve through real data.',
    config: {
      data: { dataset: 'global-temperature', standardize: true },
      model: { activation: 'tanh', width: 16384 },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 2 } },
      dynamics: { dt: 0.5, steps: 1000 },
    },
  },
  'maunga-whau': {
    title: 'Volcano Maunga Whau',
    summary:
      'Heights of a real volcano over two coordinates: the crater appears as the cloud leaves its round start.',
    config: {
      data: { dataset: 'maunga-whau', samples: 1024, standardize: true },
      model: { activation: 'tanh', width: 4096 },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 2 } },
      dynamics: { dt: 1, steps: 1500 },
    },
  },
  moons: {
    title: 'Two moons',
    summary: 'Two interleaved half circles told apart: f is +1 on one and −1 on the other.',
    config: {
      data: { dataset: 'moons' },
      model: { activation: 'tanh', width: 16384 },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 2 } },
      dynamics: { dt: 1, steps: 1000 },
    },
  },
  'lazy-curve': {
    title: 'Curve, lazy',
    summary: 'The curve again in the NTK parameterization: f learns the data while the neurons hardly move.',
    config: {
      data: { dataset: 'curve' },
      model: { activation: 'tanh', width: 16384 },
      parameterization: 'ntk',
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 2 }, antithetic: true },
      dynamics: { dt: 2, steps: 1000 },
    },
  },
  ...PAPERS,
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
export const DEFAULT_PRESET: PresetName = 'tanh-curve';

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}

/** The complete configuration of an input: its preset first, then its own fields. */
export function resolveConfig(input: ConfigInput): Config {
  if (input.preset === undefined) return complete(input);
  if (!isPresetName(input.preset)) throw new ConfigError(unknownPreset(input.preset, 'preset'));
  return complete(mergeConfig(PRESETS[input.preset].config, input));
}

export function unknownPreset(name: string, field: string): string {
  return `${field} = "${name}" is not a preset: ${hint(name, PRESET_NAMES)}`;
}
