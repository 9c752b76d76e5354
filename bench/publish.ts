/** What every run ends with: the machine and its load above what was found, on stdout and as JSON. */
import { writeFileSync } from 'node:fs';
import { VERSION } from '../src/cli/machine/version.ts';
import type { Options } from './flags.ts';
import { load, machine, machineLine } from './machine.ts';

export interface Circumstances {
  /** The machine's load before the run. */
  readonly before: number;
  readonly browser?: string | null;
}

/** Prints the sections that have lines; writes `found` to the file that is asked for. */
export function publish(
  { json }: Pick<Options, 'json'>,
  { before, browser = null }: Circumstances,
  sections: readonly (readonly string[])[],
  found: object,
): void {
  const after = load();
  const here = machine(browser);
  const head = `mckean ${VERSION}. ${machineLine(here)}; load average ${before} before, ${after} after.`;
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  process.stdout.write(`${head}\n${body.join('\n\n')}\n`);
  if (json)
    writeFileSync(
      json,
      `${JSON.stringify({ version: VERSION, machine: here, load: { before, after }, ...found }, null, 1)}\n`,
    );
}
