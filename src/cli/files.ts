/**
 * Files for the command line: reading with sentences instead of error codes, and writing that never leaves half
 * a file.
 */
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../experiments/table.ts';
import { UsageError } from './errors.ts';

const LARGEST_TEXT = 2 ** 29;

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : code === 'EACCES'
            ? 'it may not be read'
            : String(code);
    throw new UsageError(`${path}: ${why}, give the path of a file`);
  }
}

export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes.length > LARGEST_TEXT)
    throw new UsageError(`${path}: it has ${bytes.length} bytes, the limit is ${LARGEST_TEXT}: split it`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new UsageError(`${path}: it is not UTF-8 text, save it as UTF-8`);
  }
}

/**
 * Files as a configuration sees them; `locate` makes its paths absolute. What they say waits until the input is
 * accepted.
 */
export function filesFor(locate: (path: string) => string): Files & { say(): void } {
  const notes: string[] = [];
  return {
    readText: (path) => readText(locate(path)),
    readBytes: (path) => readBytes(locate(path)),
    note: (sentence) => void notes.push(`${sentence}\n`),
    say: () => void process.stderr.write(notes.join('')),
  };
}

/** JSON from a file; a syntax error is named with its line and column. */
export async function readJson(path: string): Promise<unknown> {
  const text = (await readText(path)).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}${jsonPlace(text, (error as Error).message)}`);
  }
}

/** V8 names the position of most syntax errors, and none at the end of the text. */
function jsonPlace(text: string, message: string): string {
  if (text.trim() === '') return ': it is empty, give a JSON object';
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  return `, line ${before.length}, column ${before.at(-1)!.length + 1}: it is not valid JSON (${message.replace(/ in JSON.*$/, '')}), mend it there`;
}

/** Writes through a temporary name, so that a file is there whole or not at all. */
export async function writeWhole(directory: string, name: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(directory, `.${name}.part`);
  await writeFile(temporary, content);
  await rename(temporary, join(directory, name));
}

/** Refuses a directory that cannot be written, or that holds files unless told otherwise. Creates nothing. */
export async function checkFree(directory: string, allowed: boolean): Promise<void> {
  const look = async (): Promise<string[]> => {
    const found = await readdir(directory);
    await access(directory, constants.W_OK);
    return found;
  };
  const names = await look().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(
      `--out ${directory}: it is not a folder that can be used (${error.code}), give another`,
    );
  });
  if (names.length > 0 && !allowed) {
    throw new UsageError(
      `--out ${directory}: it holds files already, give an empty folder, --resume or --force`,
    );
  }
}

/**
 * Makes a directory and its parents; mkdir's own `recursive` never returns where a parent cannot be made (in
 * /proc).
 */
export async function createDirectory(directory: string): Promise<void> {
  await makeWithParents(directory).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out ${directory}: it cannot be made (${error.code}), give another folder`);
  });
}

async function makeWithParents(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  await makeWithParents(dirname(directory));
  await mkdir(directory);
}
