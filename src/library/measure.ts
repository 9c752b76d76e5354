/** Measurements for programs: what `mckean measure` writes into result.json. */
import { ConfigError, type ConfigInput } from '../core/config/config.ts';
import { readConfig } from '../core/config/schema.ts';
import { hint } from '../core/words/nearest.ts';
import type { EngineInfo } from '../engines/engine.ts';
import type { Means } from '../experiments/measure/lab.ts';
import { measure as measured, plan } from '../experiments/measure/measure.ts';
import { checkPrecision, measureTo, type Precise } from '../experiments/measure/precision.ts';
import { isMeasurementName, MEASUREMENT_NAMES, MEASUREMENTS } from '../experiments/measure/registry.ts';
import { meansOf, type Computer } from './computers.ts';
import { filesOf, type Reading } from './reading.ts';

/** A measurement of `measurements()`. */
export interface MeasurementEntry {
  /** As `measure` takes it. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The statement that it shows, and the fact of docs/model.md in which it stands. */
  readonly law: string;
}

/** The laws that `measure` asks of an engine. */
export const measurements = (): MeasurementEntry[] =>
  MEASUREMENT_NAMES.map((name) => ({
    name,
    summary: MEASUREMENTS[name].summary,
    law: MEASUREMENTS[name].law,
  }));

/** What may be chosen of a measurement. */
export interface MeasureOptions extends Reading {
  /** Laid on the measurement's own defaults. */
  readonly config?: ConfigInput;
  /** Numbers of particles n, ascending; default: the measurement's own. */
  readonly widths?: readonly number[];
  /** Independent systems at each width, 64 or more; default: the measurement's own. */
  readonly replicas?: number;
  /** Half-width that the slopes' intervals should have: after a pilot of `replicas` as many as that takes, at most 64 times as many. */
  readonly precision?: number;
  /** Of all draws; two seeds have no replica in common. */
  readonly seed?: number;
  /** A wrong variant instead, which must not pass. */
  readonly control?: boolean;
  /** Hears the share of the work that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  /** Aborted, the promise rejects with Interrupted. */
  readonly signal?: AbortSignal;
}

/** result.json of `mckean measure`: points, fits or checks with what is expected of them, and what computed. */
export type MeasureResult = Precise & Pick<EngineInfo, 'adapter' | 'software' | 'precision'>;

/**
 * Asks one law of a computer, which takes from seconds to a minute at its own defaults. `passed` says whether it
 * holds: each slope or value within its tolerance, and sure of it (docs/model.md, Errors). Rejects with a
 * ConfigError, an UnavailableError, a CapacityError, a DivergedError, a DeviceLostError or Interrupted.
 */
export async function measure(
  name: string,
  computer: Computer,
  {
    config = {},
    widths,
    replicas,
    precision: wished,
    seed,
    control = false,
    onProgress,
    signal,
    ...reading
  }: MeasureOptions = {},
): Promise<MeasureResult> {
  if (!isMeasurementName(name))
    throw new ConfigError(`name = "${name}" is not a measurement: ${hint(name, MEASUREMENT_NAMES)}`);
  const own = meansOf(computer);
  const given = readConfig({
    ...config,
    engine: computer.engine,
    ...(seed !== undefined && { initial: { ...config.initial, seed } }),
  });
  const wanted = plan(name, {
    given,
    control,
    ...(widths && { widths }),
    ...(replicas !== undefined && { replicas }),
  });
  let info = null as EngineInfo | null;
  const means: Means = {
    open: (problem) => own.open(problem, wanted.config),
    density: own.density,
    onEngine: (first) => void (info ??= first),
    files: filesOf(reading, null),
    onProgress: onProgress ?? (() => undefined),
    ...(signal && { signal }),
  };
  const result: Precise =
    wished === undefined
      ? await measured(wanted, means)
      : await measureTo(checkPrecision(wished), wanted, means, () => undefined);
  const { adapter, software, precision } = info ?? NO_ENGINE;
  return { ...result, adapter, software, precision };
}

/** Of a law that is asked of the mathematics alone. */
const NO_ENGINE = { adapter: 'none', software: false, precision: 'float64' } as const;
