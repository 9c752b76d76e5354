/** Errors that a program may expect, told apart by `code`, which holds across copies of this package. */
import { ConfigError } from '../core/config/error.ts';
import { CapacityError, DeviceLostError, DivergedError } from '../engines/engine.ts';
import { UnavailableError } from '../engines/unavailable.ts';
import { Interrupted } from '../experiments/measure/measurement.ts';

export { CapacityError, ConfigError, DeviceLostError, DivergedError, Interrupted, UnavailableError };

/** An error that this package foresees: its message is one sentence with the value, the limit and the remedy. */
export type MckeanError =
  CapacityError | ConfigError | DeviceLostError | DivergedError | Interrupted | UnavailableError;

/** `capacity`, `config`, `device-lost`, `diverged`, `interrupted` or `unavailable`. */
export type ErrorCode = MckeanError['code'];

/** A code for each: what is forgotten does not compile. */
const CODES: Readonly<Record<ErrorCode, true>> = {
  capacity: true,
  config: true,
  'device-lost': true,
  diverged: true,
  interrupted: true,
  unavailable: true,
};

/** Whether an error is one that this package foresees: a sentence with the value, the limit and the remedy. */
export const isMckeanError = (error: unknown): error is MckeanError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  Object.hasOwn(CODES, error.code);
