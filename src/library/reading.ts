/** How a configuration of a program reaches files. */
import { ConfigError } from '../core/config/error.ts';
import type { DrawTogether } from '../engines/draws.ts';
import type { Files } from '../experiments/data/table.ts';

/** What a program lends for data that do not stand in the configuration. */
export interface Reading {
  /** Bytes of a file that the configuration names (`data.csv`, `data.npy`, `initial.npy`), by its path there. */
  readonly read?: (path: string) => Promise<Uint8Array>;
  /** Hears what people should know of their data, a sentence at a time. */
  readonly note?: (sentence: string) => void;
}

export const filesOf = ({ read, note }: Reading, draw: DrawTogether | null): Files => ({
  readBytes: read ?? refuse,
  note: note ?? (() => undefined),
  draw,
});

const refuse = (path: string): Promise<never> =>
  Promise.reject(new ConfigError(`${path}: nothing reads files here, give { read } or the data inline`));
