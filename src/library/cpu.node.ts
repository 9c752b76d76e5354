/**
 * mckean/cpu in Node: the float64 engine, on worker threads.
 *
 * @module mckean/cpu
 */
import { NODE_PLATFORM } from '../cli/machine/platform.ts';
import type { Computer } from './computers.ts';
import { cpuOf, type CpuChoice } from './engines.ts';

export type { Computer } from './computers.ts';
export type { CpuChoice } from './engines.ts';

/**
 * The float64 engine of this machine, the reference: same configuration and seed, same bits, whatever the number of
 * workers. Throws a ConfigError where `workers` or `precision` is none.
 */
export const cpu = (choice: CpuChoice = {}): Computer => cpuOf(NODE_PLATFORM, choice);
