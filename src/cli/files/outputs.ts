/** Files of a run: how they are written, and which are ours. */
import { shapeOf, rowsOf, type Sized } from '../../core/shape.ts';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theta } from '../../engines/engine.ts';
import { encodeNpy } from '../../io/npy.ts';

export const thetaBytes = (theta: Theta, sized: Sized): Uint8Array =>
  encodeNpy(theta, [rowsOf(theta, shapeOf(sized)), shapeOf(sized).width]);

const RESULTS =
  /^(checkpoint\.(npy|json)|summary\.json|history\.csv|result\.json|points\.csv|figure\.svg|f\.npy|velocity\.npy|theta(-\d+)?\.npy|replicas-\d+\.npy)$/;

/** Particles of a checkpoint. */
export const isCheckpointArray = (name: string): boolean => /^checkpoint-\d+(-velocity)?\.npy$/.test(name);
/** What is not written to its end. */
export const isPart = (name: string): boolean => /^\..*\.part$/.test(name);

/** Removes what an earlier run left in a directory: files of two runs must not stand side by side. */
export const removeOutputs = (directory: string): Promise<void> =>
  remove(directory, (name) => RESULTS.test(name) || isCheckpointArray(name) || isPart(name));

/** Removes what a process has left that was killed while it wrote. */
export const removeParts = (directory: string): Promise<void> => remove(directory, isPart);

export async function remove(directory: string, goes: (name: string) => boolean): Promise<void> {
  const found = (await readdir(directory)).filter(goes);
  await Promise.all(found.map((name) => rm(join(directory, name), { force: true })));
}

/** JSON has no NaN and no infinity: they become null. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? null : entry), 2)}\n`;
