/** mckean presets: the list, or one as a CONFIG.json. */
import {
  isPresetName,
  PRESET_NAMES,
  PRESETS,
  resolveConfig,
  unknownPreset,
} from '../../experiments/presets.ts';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';

export const PRESETS_COMMAND: Command = {
  summary: 'Lists the presets, one a line; with NAME prints its CONFIG.json.',
  positionals: ['[NAME]'],
  flags: { json: { help: 'print the list as JSON' } },
  run: async (args: Arguments): Promise<number> => {
    const name = args.positionals[0];
    if (name !== undefined && !isPresetName(name)) throw new UsageError(unknownPreset(name, 'NAME'));
    const list = PRESET_NAMES.map((preset) => ({ name: preset, summary: PRESETS[preset].summary }));
    const width = Math.max(...PRESET_NAMES.map((preset) => preset.length));
    if (name !== undefined)
      process.stdout.write(`${JSON.stringify(resolveConfig({ preset: name }), null, 2)}\n`);
    else if (args.on('json')) process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
    else
      process.stdout.write(
        list.map(({ name: preset, summary }) => `${preset.padEnd(width)}  ${summary}\n`).join(''),
      );
    return EXIT.done;
  },
};
