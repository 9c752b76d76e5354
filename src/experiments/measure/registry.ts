/** Measurements by name: one added here is in `mckean measure`, its list and its tests. */
import { ENERGY } from './energy.ts';
import { EXPONENTS } from './exponents.ts';
import type { Measurement } from './measurement.ts';

export const MEASUREMENTS = {
  exponents: EXPONENTS,
  energy: ENERGY,
} as const satisfies Record<string, Measurement>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as MeasurementName[];

export function isMeasurementName(name: string): name is MeasurementName {
  return Object.hasOwn(MEASUREMENTS, name);
}
