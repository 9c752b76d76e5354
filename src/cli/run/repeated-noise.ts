/** Noise is a function of seed, particle and step: a run from another's end may draw that one's again. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../core/config/config.ts';
import type { Files } from '../../experiments/data/table.ts';
import { UsageError } from '../errors.ts';
import { readJson } from '../files/files.ts';

/** Says so where θ comes from the folder of a run with the same seed and noise. */
export async function noteRepeatedNoise({ initial, dynamics }: Config, files: Files): Promise<void> {
  if (initial.npy === undefined || dynamics.temperature === 0) return;
  const other = await configBeside(initial.npy);
  if (!other?.dynamics?.temperature || other.initial?.seed !== initial.seed) return;
  files.note(
    `initial.npy: ${initial.npy} comes from a run with noise of the same seed ${initial.seed}, which is drawn again from step 0 on: give another initial.seed, or go on with that run by --resume and more dynamics.steps`,
  );
}

/** The configuration of the run whose folder a file is in; null where there is none. */
async function configBeside(path: string): Promise<Partial<Config> | null> {
  const summary = join(dirname(path), 'summary.json');
  if (!existsSync(summary)) return null;
  try {
    return ((await readJson(summary)) as { config?: Partial<Config> } | null)?.config ?? null;
  } catch (error) {
    if (error instanceof UsageError) return null; // not a run's
    throw error;
  }
}
