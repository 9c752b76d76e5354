/** Where things lie in an unpacked kit: programs are in lib/, all else is named from the kit's own folder. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LIB = 'lib';
/** The command line's and workers' files have these names too (publish/bundle.ts). */
export const PROGRAMS = {
  run: 'bench/kit/run.ts',
  holdouts: 'bench/kit/holdouts.ts',
  repeats: 'bench/kit/repeats.ts',
  photographs: 'bench/kit/photographs.ts',
  bench: 'bench/kit/bench.ts',
  gpu: 'bench/gpu/gpu.ts',
} as const;

/** What a kit knows of where it comes from. */
export interface Origin {
  readonly version: string;
  readonly commit: string;
}
export const ORIGIN_FILE = 'kit.json';

export const fromKit = (path: string): string => join(dirname(dirname(fileURLToPath(import.meta.url))), path);
