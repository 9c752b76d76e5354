/** Computers of a platform: the engines behind what a program is handed. */
import { drawTogether, openDensity, openEngine, type Platform } from '../engines/select.ts';
import { ConfigError } from '../core/config/error.ts';
import type { EngineName } from '../engines/engine.ts';
import { computerOf, type Computer, type Means } from './computers.ts';

/** How the CPU computes. */
export interface CpuChoice {
  /** Threads beside this one, 0 … 1024; default: as many as the machine has. The result does not depend on it. */
  readonly workers?: number;
  /** Default: float64. In float32 direct sums alone are taken, two to four times as fast. */
  readonly precision?: 'float64' | 'float32';
}

const MOST_WORKERS = 1024;

export const meansOn = (engine: EngineName | 'auto', platform: Platform): Means => ({
  open: async (problem, { method }) => (await openEngine({ engine, method }, problem, platform)).engine,
  density: (problem) => openDensity(engine, problem, platform),
  draw: drawTogether(platform.cpu),
});

const on = (engine: EngineName, platform: Platform): Computer => computerOf(engine, meansOn(engine, platform));

/** Throws a ConfigError where `workers` or `precision` is none. */
export function cpuOf(platform: Platform, { workers, precision = 'float64' }: CpuChoice): Computer {
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 0 && workers <= MOST_WORKERS))
    throw new ConfigError(`workers = ${workers}: give a whole number from 0 to ${MOST_WORKERS}`);
  if (precision !== 'float64' && precision !== 'float32')
    throw new ConfigError(`precision = ${JSON.stringify(precision)}: give "float64" or "float32"`);
  const { cpu } = platform;
  return on(precision === 'float32' ? 'cpu32' : 'cpu', {
    ...platform,
    cpu: workers === undefined ? cpu : workers === 0 ? {} : { ...cpu, workers },
  });
}

export const gpuOf = (platform: Platform): Computer => on('webgpu', platform);
