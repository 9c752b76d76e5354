/**
 * A sweep's cells: a family has the settings of all but width and seed, a group one of its widths, and a cell one of
 * its seeds, so that the cells of a group are replicas.
 */
import { complete, ConfigError, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { changeAt } from '../../core/config/field.ts';
import { readConfig } from '../../core/config/schema.ts';
import { SEED, WIDTH, type SweepInput } from '../../core/config/sweep.ts';
import { cut } from '../../core/words/cut.ts';
import { resolveConfig } from '../presets.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface Group {
  /** Of the first of its seeds. */
  readonly config: Config;
  readonly n: number;
}

export interface Family {
  /** What of the grid it has, by path; without width and seed. */
  readonly settings: Settings;
  /** Of ascending n. */
  readonly groups: readonly Group[];
}

export interface Expanded {
  readonly families: readonly Family[];
  /** Ascending; every group has them all. */
  readonly seeds: readonly number[];
}

/** The cell of a group with a seed. */
export const cellOf = ({ config }: Pick<Group, 'config'>, seed: number): Config => ({
  ...config,
  initial: { ...config.initial, seed },
});

/** Throws a ConfigError that says which values do not go together. */
export function expand(base: ConfigInput, grid: SweepInput['grid']): Expanded {
  const whole = resolveConfig(base);
  const { [WIDTH]: widths = [whole.model.width], [SEED]: seeds = [whole.initial.seed], ...others } = grid;
  for (const seed of seeds) readConfig({ initial: { seed } });
  for (const width of widths) readConfig({ model: { width } });
  const first = { [SEED]: (seeds as number[]).reduce((p, q) => Math.min(p, q)) };
  const families = productOf(others).map((settings) => ({
    settings,
    groups: ascending(widths).map((n) => ({
      n,
      config: changed(whole, { ...settings, ...first, [WIDTH]: n }),
    })),
  }));
  return { families, seeds: ascending(seeds) };
}

const ascending = (values: readonly unknown[]): number[] => [...(values as number[])].sort((p, q) => p - q);

/** All choices of one value a path; the last path's values change fastest. */
function productOf(lists: SweepInput['grid']): Settings[] {
  return Object.entries(lists).reduce<Settings[]>(
    (all, [path, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
}

function changed(whole: Config, settings: Settings): Config {
  try {
    const laid = Object.entries(settings).reduce<ConfigInput>(
      (config, [path, value]) => mergeConfig(config, readConfig(changeAt(config as Config, path, value))),
      whole,
    );
    return complete(readConfig(laid));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`a cell with ${cut(wordsOf(settings), 200)}: ${error.message}`);
  }
}

/** Settings in a few words: `activation tanh, dt 0.1`. */
export const wordsOf = (settings: Settings): string =>
  Object.entries(settings)
    .map(([path, value]) => `${path.split('.').at(-1)!} ${valueWords(value)}`)
    .join(', ');

export function valueWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, field]) => `${name} ${valueWords(field)}`)
    .join(' ');
}
