/** A .npy as a configuration names it. */
import { ConfigError } from '../../core/config/config.ts';
import { decodeNpy, NpyError, type NpyArray } from '../../io/npy.ts';

/** `place` begins the sentence about what is wrong. */
export function decodedNpy(bytes: Uint8Array, place: string): NpyArray {
  try {
    return decodeNpy(bytes);
  } catch (error) {
    if (error instanceof NpyError) throw new ConfigError(`${place} ${error.message}`);
    throw error;
  }
}
