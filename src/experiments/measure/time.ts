/** Time along a run: its grids and the integral over it. */
import { ConfigError, type Config } from '../../core/config/config.ts';

export interface TimeGrid {
  readonly dt: number;
  readonly steps: number;
}

/** Composite Simpson's rule over an even number of equal steps: error O(dt⁴). */
export function simpson(values: readonly number[], dt: number): number {
  const last = values.length - 1;
  return (
    (dt / 3) *
    values.reduce((sum, value, k) => sum + value * (k === 0 || k === last ? 1 : k % 2 === 1 ? 4 : 2), 0)
  );
}

/** Shares of the finest grid's steps: five step sizes, the coarsest four times the finest. */
const SHARES = [1 / 4, 3 / 8, 1 / 2, 3 / 4, 1];

/**
 * Grids of even length over the configuration's time, over which an order in dt is fitted; the finest has
 * `refined` times its steps.
 */
export function gridsOf({ dynamics: { dt, steps } }: Config, refined: number): TimeGrid[] {
  if (steps === 0 || steps % 16 !== 0)
    throw new ConfigError(
      `dynamics.steps = ${steps}: five grids of even length are made from it, give a multiple of 16`,
    );
  return SHARES.map((share) => share * steps * refined).map((count) => ({
    steps: count,
    dt: (dt * steps) / count,
  }));
}
