/** Measurements for programs: what `mckean measure` writes into result.json. */
import { ConfigError, type ConfigInput } from '../core/config/config.ts';
import { readConfig } from '../core/config/schema.ts';
import { hint } from '../core/words/nearest.ts';
import type { Engine, EngineInfo, Problem } from '../engines/engine.ts';
import { measure as measured, plan, type Result } from '../experiments/measure/measure.ts';
import { isMeasurementName, MEASUREMENT_NAMES, MEASUREMENTS } from '../experiments/measure/registry.ts';
import { meansOf, type Computer } from './computers.ts';
import { filesOf, type Reading } from './reading.ts';

/** A measurement of `measurements()`. */
export interface MeasurementEntry {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The statement that it shows. */
  readonly law: string;
}

/** The laws that `measure` asks of an engine. */
export const measurements = (): MeasurementEntry[] =>
  MEASUREMENT_NAMES.map((name) => ({
    name,
    summary: MEASUREMENTS[name].summary,
    law: MEASUREMENTS[name].law,
  }));

export interface MeasureOptions extends Reading {
  /** Laid on the measurement's own defaults. */
  readonly config?: ConfigInput;
  /** Numbers of particles; default: the measurement's own. */
  readonly widths?: readonly number[];
  /** Independent systems at each width, 64 or more; default: the measurement's own. */
  readonly replicas?: number;
  /** Of all draws; two seeds have no replica in common. */
  readonly seed?: number;
  /** A wrong variant instead, which must not pass. */
  readonly control?: boolean;
  /** Hears the share of the work that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  /** Aborted, the promise rejects with Interrupted. */
  readonly signal?: AbortSignal;
}

export type MeasureResult = Result & Pick<EngineInfo, 'adapter' | 'software' | 'precision'>;

/** Asks one law of a computer. Rejects with a ConfigError, a DivergedError, a DeviceLostError or Interrupted. */
export async function measure(
  name: string,
  computer: Computer,
  { config = {}, widths, replicas, seed, control = false, onProgress, signal, ...reading }: MeasureOptions = {},
): Promise<MeasureResult> {
  if (!isMeasurementName(name))
    throw new ConfigError(`name = "${name}" is not a measurement: ${hint(name, MEASUREMENT_NAMES)}`);
  const means = meansOf(computer);
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
  let info: EngineInfo | null = null;
  const open = async (problem: Problem, create?: (problem: Problem) => Engine): Promise<Engine> => {
    const engine = create ? create(problem) : await means.open(problem, wanted.config);
    info ??= engine.info;
    return engine;
  };
  const result = await measured(wanted, {
    open,
    density: means.density,
    files: filesOf(reading, null),
    onProgress: onProgress ?? (() => undefined),
    ...(signal && { signal }),
  });
  const { adapter, software, precision } = info ?? NO_ENGINE;
  return { ...result, adapter, software, precision };
}

/** Of a law that is asked of the mathematics alone. */
const NO_ENGINE = { adapter: 'none', software: false, precision: 'float64' } as const;
