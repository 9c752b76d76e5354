/** mckean/gpu in a page or a worker: the browser's WebGPU. */
import { PAGE_PLATFORM } from '../app/platform.ts';
import type { Computer } from './computers.ts';
import { gpuOf } from './engines.ts';

/**
 * The best adapter of this browser, float32. What opens a run on it rejects with an UnavailableError where there is
 * none, and with a CapacityError where it cannot hold the run.
 */
export const gpu = (): Computer => gpuOf(PAGE_PLATFORM);
