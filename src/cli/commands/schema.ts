/** mckean schema: what CONFIG.json and SWEEP.json may have, for editors. */
import { hint } from '../../core/words/nearest.ts';
import { isSchemaName, SCHEMA_NAMES, SCHEMAS } from '../../experiments/schemas.ts';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';

export const SCHEMA_COMMAND: Command = {
  summary:
    'Prints the JSON Schema of CONFIG.json, for editors that complete and check; with the word sweep SWEEP.json’s.',
  positionals: ['[config|sweep]'],
  flags: {},
  run: async ({ positionals: [name = 'config'] }: Arguments): Promise<number> => {
    if (!isSchemaName(name)) throw new UsageError(`"${name}" has no schema: ${hint(name, SCHEMA_NAMES)}`);
    process.stdout.write(`${JSON.stringify(SCHEMAS[name](), null, 2)}\n`);
    return EXIT.done;
  },
};
