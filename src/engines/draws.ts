/** Particles of an initial law that are drawn by several threads, behind one interface. */
import type { InitialLaw } from '../core/laws.ts';
import type { Sized } from '../core/shape.ts';

export interface DrawSetup {
  readonly initial: InitialLaw;
  readonly sized: Sized;
  /** What draws of w0 and w1 are multiplied by (`drawTheta`). */
  readonly spread: readonly [number, number];
  /** Particles. */
  readonly n: number;
}

/** θ [n, c + d] with the bits of `drawTheta`; `told` hears the share that is done, > 0 … 1, and is waited for. */
export type DrawTogether = (
  setup: DrawSetup,
  told: (share: number) => Promise<void> | void,
) => Promise<Float64Array>;
