/** mckean/cpu in a page or a worker: the float64 engine, on web workers. */
import { PAGE_PLATFORM } from '../app/platform.ts';
import type { Computer } from './computers.ts';
import { cpuOf, type CpuChoice } from './engines.ts';

/**
 * The float64 engine of this machine, the reference: same configuration and seed, same bits, whatever the number of
 * workers. Throws a ConfigError where `workers` or `precision` is none.
 */
export const cpu = (choice: CpuChoice = {}): Computer => cpuOf(PAGE_PLATFORM, choice);
