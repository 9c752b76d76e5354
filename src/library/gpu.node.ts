/** mckean/gpu in Node: Dawn, by the optional package `webgpu`. */
import { NODE_PLATFORM } from '../cli/machine/platform.ts';
import type { Computer } from './computers.ts';
import { gpuOf } from './engines.ts';

export type { Computer } from './computers.ts';

/** The best adapter of this machine, float32. What opens a run on it rejects with an UnavailableError where there is none. */
export const gpu = (): Computer => gpuOf(NODE_PLATFORM);
