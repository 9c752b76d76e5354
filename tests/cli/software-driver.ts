/** A Vulkan driver of its own: the software driver again, under another name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { softwareFolder } from '../../src/cli/machine/dawn.ts';
import { put } from '../support/cli.ts';

const LIBRARY = 'libvk_swiftshader.so';

/** Its manifest NAME.json in `folder`, the library beside it; each text in it is replaced by one of as many letters. */
export function softwareDriver(
  folder: string,
  name: string,
  texts: readonly (readonly [own: string, other: string])[] = [],
): string {
  const library = join(folder, `${name}.so`);
  const bytes = texts.reduce(
    (text, [own, other]) => {
      if (own.length !== other.length) throw new Error(`"${own}" and "${other}" differ in length`);
      return text.replaceAll(own, other);
    },
    readFileSync(join(softwareFolder()!, LIBRARY), 'latin1'),
  );
  writeFileSync(library, bytes, 'latin1');
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.0.5' } };
  return join(folder, put(folder, `${name}.json`, manifest));
}
