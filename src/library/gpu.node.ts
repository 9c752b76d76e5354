/**
 * mckean/gpu in Node: Dawn, by the optional package `webgpu`.
 *
 * @module mckean/gpu
 */
import { NODE_PLATFORM } from '../cli/machine/platform.ts';
import type { Computer } from './computers.ts';
import { gpuOf } from './engines.ts';

export type { Computer } from './computers.ts';

/**
 * The best adapter of this machine, or that of the number in MCKEAN_GPU; float32. What opens a run on it rejects with
 * an UnavailableError where there is none, and with a CapacityError where it cannot hold the run.
 */
export const gpu = (): Computer => gpuOf(NODE_PLATFORM);
