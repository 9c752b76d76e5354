/** An archive in parts that fit through a narrow door, with the SHA-256 of each; run.sh joins and checks them. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of a part. */
export const MOST = 60 * 2 ** 20;
/** In sha256sum's own form: a hash, two spaces, a name; in the order in which they are joined. */
export const MANIFEST = 'parts.sha256';

/** Writes the parts of a file and their manifest into a folder that is there; the parts' names. */
export function split(file: string, folder: string, most = MOST): string[] {
  const source = openSync(file, 'r');
  const lines: string[] = [];
  const names: string[] = [];
  try {
    const piece = Buffer.alloc(most);
    for (let at = 0, got = filled(source, piece, at); got > 0; got = filled(source, piece, (at += got))) {
      const name = `kit.${String(names.length).padStart(2, '0')}`;
      const bytes = piece.subarray(0, got);
      writeFileSync(join(folder, name), bytes);
      lines.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
      names.push(name);
    }
  } finally {
    closeSync(source);
  }
  writeFileSync(join(folder, MANIFEST), lines.join(''));
  return names;
}

/** Bytes read from a place on: as many as there is room for, or as the file has left. */
function filled(file: number, piece: Buffer, at: number): number {
  let got = 0;
  for (let more = -1; more !== 0 && got < piece.length; got += more)
    more = readSync(file, piece, got, piece.length - got, at + got);
  return got;
}
