/** Runs a measurement in the page, on the engines that the page has. */
import { openDensity, openEngine, type Platform } from '../../engines/select.ts';
import { ConfigError } from '../../core/config/config.ts';
import { measure, plan, type Result } from '../../experiments/measure/measure.ts';
import type { MeasurementName } from '../../experiments/measure/registry.ts';
import type { Files } from '../../experiments/table.ts';

const refused = (path: string): Promise<never> =>
  Promise.reject(new ConfigError(`${path} cannot be read by a page`));
const NO_FILES: Files = { readText: refused, readBytes: refused, note: () => undefined };

export interface Order {
  readonly name: MeasurementName;
  readonly control: boolean;
  readonly onProgress: (share: number) => void;
  /** What computes, in words. */
  readonly onEngine: (what: string) => void;
  readonly signal: AbortSignal;
}

export async function measureHere(
  { name, control, onProgress, onEngine, signal }: Order,
  platform: Platform,
): Promise<Result> {
  const wanted = plan(name, { given: { engine: 'cpu' }, control });
  return measure(wanted, {
    open: async (problem, create) => {
      const engine = create ? create(problem) : (await openEngine(wanted.config, problem, platform)).engine;
      onEngine(`${engine.info.adapter}, ${engine.info.precision}`);
      return engine;
    },
    density: (problem) => openDensity('cpu', problem, platform),
    files: NO_FILES,
    onProgress,
    signal,
  });
}
