/** What `cpu()` and `gpu()` hand out, and what this package makes of it: nothing here knows an engine. */
import { ConfigError } from '../core/config/error.ts';
import type { Density, DensityProblem } from '../engines/density.ts';
import type { DrawTogether } from '../engines/draws.ts';
import type { Engine, EngineName, Method, Problem } from '../engines/engine.ts';

/** Where a run or a measurement computes: what `cpu()` of mckean/cpu or `gpu()` of mckean/gpu gives. */
export interface Computer {
  /** `cpu`: float64, the reference; `cpu32`: its direct sums in float32; `webgpu`: float32 on a GPU. */
  readonly engine: 'cpu' | 'cpu32' | 'webgpu';
}

/** The same for this package. */
export interface Means {
  readonly open: (problem: Problem, wish: { readonly method: Method | 'auto' }) => Promise<Engine>;
  readonly density: (problem: DensityProblem) => Promise<Density>;
  readonly draw: DrawTogether | null;
}

const MEANS = new WeakMap<object, Means>();

export function computerOf(engine: EngineName, means: Means): Computer {
  const computer: Computer = Object.freeze({ engine });
  MEANS.set(computer, means);
  return computer;
}

/** Throws a ConfigError where it is nothing that `computerOf` has made. */
export function meansOf(computer: Computer): Means {
  const means = MEANS.get(computer);
  if (!means)
    throw new ConfigError(
      'the computer is none of this package: give cpu() of mckean/cpu or gpu() of mckean/gpu',
    );
  return means;
}
