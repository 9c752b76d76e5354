/** Bytes of a file, a pipe or a device, with sentences instead of error codes, and never without end. */
import { constants, openSync, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { UsageError } from '../errors.ts';

/** Most bytes of one file: what one array of numbers may take. */
const LARGEST_FILE = 2 ** 33;
/** The same of what does not say its size before it has ended. */
const LARGEST_STREAM = 2 ** 29;
const PIECE = 2 ** 20;

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of it is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the name is too long',
};

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (kind.isFIFO() || kind.isSocket()) return await collect(path, pipe(path));
    return await (kind.isFile() ? readWhole(path, kind) : collect(path, pieces(path)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: ${WHY[code] ?? `it cannot be read (${code})`}, give the path of a file`);
  }
}

/** What a stream says until its end. */
export async function collect(name: string, stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > LARGEST_STREAM) throw tooLarge(name, `more than ${LARGEST_STREAM}`, LARGEST_STREAM);
    all.push(piece);
  }
  return Buffer.concat(all, length);
}

const tooLarge = (name: string, size: number | string, limit: number): UsageError =>
  new UsageError(`${name}: it has ${size} bytes, the limit is ${limit}: split it`);

/** In pieces, as one read takes 2 GiB at most. */
async function readWhole(path: string, { size }: Stats): Promise<Uint8Array> {
  if (size > LARGEST_FILE) throw tooLarge(path, size, LARGEST_FILE);
  const file = await open(path);
  try {
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      const { bytesRead } = await file.read(bytes, at, Math.min(size - at, 2 ** 30), at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes.subarray(0, at);
  } finally {
    await file.close();
  }
}

/** Opened without waiting for who writes: a process that waits in `open` cannot be ended by its signals. */
const pipe = (path: string): Socket =>
  new Socket({
    fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });

async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE), 0, PIECE, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
