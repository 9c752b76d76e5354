import { readFileSync } from 'node:fs';
import { BUILT, built } from '../../kernels/build.ts';

/** Files of the built folder that differ from what these modules, or all, give when they are built anew. */
export async function differing(names?: readonly string[]): Promise<string[]> {
  const files = [...(await built(names))];
  return files.filter(([name, text]) => readFileSync(BUILT + name, 'utf8') !== text).map(([name]) => name);
}
