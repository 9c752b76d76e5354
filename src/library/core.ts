/**
 * mckean for programs: configurations, runs and measurements. Nothing here knows a page or Node; engines come from
 * mckean/cpu and mckean/gpu.
 *
 * @module mckean
 */
export type { Config, ConfigInput } from '../core/config/config.ts';
export type { Metrics } from '../app/run/metrics.ts';
export type { HistoryRow } from '../experiments/run.ts';
export type { Computer } from './computers.ts';
export { presets, resolveConfig, type PresetEntry } from './config.ts';
export {
  measure,
  measurements,
  type MeasurementEntry,
  type MeasureOptions,
  type MeasureResult,
} from './measure.ts';
export type { Reading } from './reading.ts';
export { openRun, type Matrix, type Run } from './run.ts';
export {
  CapacityError,
  ConfigError,
  DeviceLostError,
  DivergedError,
  Interrupted,
  isMckeanError,
  UnavailableError,
  type ErrorCode,
  type MckeanError,
} from './errors.ts';
