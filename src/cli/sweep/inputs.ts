/** The files that cells read. A cell is what they held when it was planned: it has that in its address. */
import { createHash } from 'node:crypto';
import type { Config } from '../../core/config/config.ts';
import type { Files } from '../../experiments/data/table.ts';
import { UsageError } from '../errors.ts';
import { addressOf } from '../files/address.ts';

/** What each held, by its path: a digest. */
export type Inputs = Readonly<Record<string, string>>;

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Reads as `files` does, and notes in `inputs` what it has read. */
export const noting = <F extends Files>(files: F, inputs: Record<string, string>): F => ({
  ...files,
  readBytes: async (path) => {
    const bytes = await files.readBytes(path);
    inputs[path] = digestOf(bytes);
    return bytes;
  },
});

/** Reads as `files` does, and throws where a file is not what it was. */
export const unchanged = <F extends Files>(files: F, inputs: Inputs): F => ({
  ...files,
  readBytes: async (path) => {
    const bytes = await files.readBytes(path);
    if (inputs[path] !== digestOf(bytes))
      throw new UsageError(
        `${path}: it is not what it was when the sweep was planned, bring that back or plan again with --force`,
      );
    return bytes;
  },
});

/** Of a cell, or of a reference: its configuration, what else it depends on, and the files that it reads. */
export function addressWith(config: Config, others: object, inputs: Inputs): string {
  const { data, initial } = config;
  const paths = [
    ...('csv' in data ? [data.csv] : []),
    ...('npy' in data ? [data.npy.x, data.npy.y] : []),
    ...(initial.npy === undefined ? [] : [initial.npy]),
  ];
  const own = Object.fromEntries(paths.map((path) => [path, inputs[path]]));
  return addressOf({ config, ...others, ...(paths.length > 0 && { inputs: own }) });
}
