/** The lab that laws and papers' experiments work in, made of what a program has. */
import type { Density, DensityProblem } from '../../engines/density.ts';
import type { Engine, EngineInfo, Problem } from '../../engines/engine.ts';
import type { Files } from '../data/table.ts';
import type { Learned } from './learned.ts';
import type { Lab, Measured, Measurement } from './measurement.ts';

export interface Means {
  readonly open: (problem: Problem) => Promise<Engine>;
  readonly density: (problem: DensityProblem) => Promise<Density>;
  readonly files: Files;
  /** Share of the work done, 0 … 1. */
  readonly onProgress: (share: number) => void;
  /** Hears of every engine before it is used, a control's own, too. */
  readonly onEngine?: (info: EngineInfo) => void | Promise<void>;
  /** Hears what was measured, with every replica's values, before it is judged. */
  readonly onMeasured?: (measured: Measured) => void;
  readonly signal?: AbortSignal;
}

/** `wrong`: the control, where it is asked for. */
export function labOf(
  { open, files, onProgress, onEngine, signal }: Means,
  learned: Learned,
  wrong: Measurement['control'] | null = null,
): Lab {
  let all = 1;
  let done = 0;
  return {
    files,
    open: async (problem) => {
      const given = wrong?.spoil?.(problem) ?? problem;
      const engine = wrong?.open?.(given) ?? (await open(given));
      await onEngine?.(engine.info);
      return learned.watch(engine);
    },
    learned,
    expect: (particles) => void (all = particles),
    done: (particles) => onProgress(Math.min(1, (done += particles) / all)),
    ...(signal && { signal }),
  };
}
