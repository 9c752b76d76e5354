/**
 * Files for the command line: reading with sentences instead of error codes, and writing that never leaves half
 * a file.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../../experiments/data/table.ts';
import { JsonError, parseJson } from '../../io/json.ts';
import { readBytes } from './bytes.ts';
import { oneLine, UsageError, WriteError } from '../errors.ts';
import { openShare, type Share } from '../progress.ts';

const LARGEST_TEXT = 2 ** 29;

export { readBytes } from './bytes.ts';

export const readText = async (path: string): Promise<string> => decodeText(path, await readBytes(path));

export function decodeText(name: string, bytes: Uint8Array): string {
  if (bytes.length > LARGEST_TEXT)
    throw new UsageError(`${name}: it has ${bytes.length} bytes, the limit is ${LARGEST_TEXT}: split it`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new UsageError(`${name}: it is not UTF-8 text, save it as UTF-8`);
  }
}

/**
 * Files of a configuration whose paths are absolute. What they say waits until the input is accepted; `draw`: see
 * `Files`.
 */
export function filesFor(quiet = false, draw: Files['draw'] = null): Files & { say(): void } {
  const notes: string[] = [];
  let bar: Share | null = null;
  return {
    readBytes,
    note: (sentence) => void notes.push(`${oneLine(sentence)}\n`),
    turn: (task, share) => {
      if (share < 1) return (bar ??= openShare(oneLine(task), quiet)).update(share);
      bar?.stop();
      bar = null;
    },
    draw,
    say: () => void process.stderr.write(notes.join('')),
  };
}

/** JSON from a file; what is wrong in it is named with its line and column. */
export const readJson = async (path: string): Promise<unknown> => jsonOf(path, await readText(path));

export function jsonOf(name: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonError ? new UsageError(`${name}${error.message}`) : error;
  }
}

/** Writes through a temporary name, so that a file is there whole or not at all, also after the power has failed. */
export const writeWhole = (directory: string, name: string, content: string | Uint8Array): Promise<void> =>
  renamed(directory, name, `.${name}.part`, (temporary) => writeThrough(temporary, content));

/**
 * Writes what anybody who writes it writes in the same bytes: whole or not at all, also where two do so at once, but not
 * yet on the disk when it returns: who reads it looks whether it is whole.
 */
export const writeShared = (directory: string, name: string, content: string | Uint8Array): Promise<void> =>
  renamed(directory, name, `.${name}.${randomUUID()}.part`, (temporary) => writeFile(temporary, content));

async function renamed(
  directory: string,
  name: string,
  part: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(directory, part);
  try {
    await write(temporary);
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(join(directory, name), error);
  }
}

async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full, free some of it',
  EDQUOT: 'the disk quota is used up, free some of it',
  EFBIG: 'the file is larger than may be here, choose another folder',
  ENOENT: 'its folder is gone, it was moved or removed: move it back or start again',
  ENOTDIR: 'its folder is gone, there is a file in its place: start again',
  EACCES: 'it may not be written any more, allow it',
  EROFS: 'the disk may only be read now, mend that',
  EIO: 'the disk has failed, choose another',
};

/** Whether there is no more room, and what that means. */
export const fullness = (error: unknown): string | null => {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? WHY[code] : null;
};

/** What a failed write means; a checkpoint is whole where there is one. */
export function writeError(path: string, error: unknown): WriteError {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const resumable = existsSync(join(dirname(path), 'checkpoint.json'))
    ? '; --resume goes on from the checkpoint'
    : '';
  return new WriteError(`${path}: ${WHY[code] ?? `it cannot be written (${code}), mend that`}${resumable}`);
}
