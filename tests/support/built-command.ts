/**
 * Before the tests of the command line: it is built as the npm package has it, once for all of them. A process then
 * starts in a fifth of the time that the compiler of a checkout's needs, and so does each of its threads.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ROOT } from '../../publish/bundle.ts';

export default async function setup(): Promise<() => void> {
  const cache = join(ROOT, '.cache'); // within the checkout, where its packages are found
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'command-'));
  await bundle(folder);
  process.env.COMMAND_UNDER_TEST = join(folder, 'bin.js');
  return () => rmSync(folder, { recursive: true });
}
