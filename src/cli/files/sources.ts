/** CONFIG.json as the command line names it: a file, a preset, standard input, or a finished run. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hint } from '../../core/words/nearest.ts';
import { isPresetName, PRESET_NAMES } from '../../experiments/presets.ts';
import { collect } from './bytes.ts';
import { ConfigError, type ConfigInput, type Data } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { UsageError } from '../errors.ts';
import { decodeText, jsonOf, readJson } from './files.ts';
import { CALLER, callerPath, pathIn } from './paths.ts';

export const SOURCE_HELP =
  'CONFIG.json may also be the name of a preset, - for standard input, or the folder or summary.json of a run, whose configuration it is.';

export interface Source {
  /** As messages call it. */
  readonly name: string;
  /** Its paths are relative to this. */
  readonly folder: string;
  readonly input: ConfigInput;
}

/** A preset goes before a file of its name: ./moons is the file. */
export async function readSource(word: string): Promise<Source> {
  if (word === '-') return accepted('stdin', CALLER, await readInput());
  if (isPresetName(word)) return accepted(word, CALLER, { preset: word });
  const path = fileOf(callerPath(word), word);
  return accepted(path, dirname(path), ofRun(await readJson(path)));
}

/** Runs `work` with errors of the configuration said with its source. */
export function namedAfter<T>({ name }: Pick<Source, 'name'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${name}: ${error.message}`) : error;
  }
}

const accepted = (name: string, folder: string, value: unknown): Source => ({
  name,
  folder,
  input: namedAfter({ name }, () => readConfig(value)),
});

const readInput = async (): Promise<unknown> =>
  jsonOf('stdin', decodeText('stdin', await collect('stdin', process.stdin as AsyncIterable<Uint8Array>)));

/** A folder is that of a run: with a checkpoint, or finished. */
function fileOf(path: string, word: string): string {
  if (!existsSync(path) && !/[./\\]/.test(word))
    throw new UsageError(
      `${path}: there is no such file, and no preset of that name: ${hint(word, PRESET_NAMES, 'mckean presets lists them; give one or the path of a file')}`,
    );
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const found = ['checkpoint.json', 'summary.json'].map((name) => join(path, name)).find(existsSync);
  if (found === undefined)
    throw new UsageError(`${path}: it is a folder without a run's summary.json, give the path of a file`);
  return found;
}

/** What a run was, where this is its summary or its checkpoint. */
function ofRun(value: unknown): unknown {
  const isRun = typeof value === 'object' && value !== null && 'config' in value && 'version' in value;
  return isRun ? value.config : value;
}

/** The stored configuration must mean the same from any folder. */
export function located<C extends ConfigInput>(config: C, { folder }: Pick<Source, 'folder'>): C {
  const { data, initial } = config;
  return {
    ...config,
    ...(data && { data: locatedData(data, (file) => pathIn(folder, file)) }),
    ...(typeof initial?.npy === 'string' && { initial: { ...initial, npy: pathIn(folder, initial.npy) } }),
  };
}

function locatedData(data: Data, whole: (file: string) => string): Data {
  if ('csv' in data) return { ...data, csv: whole(data.csv) };
  return 'npy' in data ? { ...data, npy: { x: whole(data.npy.x), y: whole(data.npy.y) } } : data;
}
