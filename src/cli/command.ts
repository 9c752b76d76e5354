/** The command line as it was called, for those who want to do it again. */
import { fileURLToPath } from 'node:url';

/** What starts this program from anywhere: Node's own path and ours. */
export const PROGRAM = [process.execPath, fileURLToPath(new URL('./bin.mjs', import.meta.url))] as const;

/** A word as a shell takes it for one. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

export const commandOf = (): string => ['mckean', ...process.argv.slice(2)].map(quoted).join(' ');
