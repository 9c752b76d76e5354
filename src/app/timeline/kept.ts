/** States of a run that are kept, evenly thinned: a bounded number however long the run is. */
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { ParticleSample, Problem } from '../../engines/engine.ts';

/** One moment of a run. */
export interface Kept {
  readonly step: number;
  readonly t: number;
  readonly loss: number;
  /** Some of its neurons, the same at every moment. */
  readonly sample: ParticleSample;
  /** f [m, c] on the training inputs, from all neurons; null where that is too much to keep. */
  readonly f: Float64Array | null;
  readonly problem: Problem;
}

/** Moments at most. */
export const MOST = 64;
/** Neurons of a moment at most, and bytes of all moments. */
const NEURONS = 2 ** 12;
const BYTES = 2 ** 25;
/** Numbers of f that are kept of a moment. */
export const OUTPUTS = 2 ** 12;
const FLOAT = 4;

/** As many neurons of a moment as there is room for. */
export const neuronsKept = (sized: Sized): number =>
  Math.max(1, Math.min(NEURONS, Math.floor(BYTES / (MOST * FLOAT * shapeOf(sized).width))));

export class Keeper<M extends { readonly step: number }> {
  private moments: readonly M[] = [];
  /** Steps between two of them, at least. */
  private every = 1;

  get all(): readonly M[] {
    return this.moments;
  }

  /** Whether the state after that many steps is one to keep. */
  wants(step: number): boolean {
    const last = this.moments.at(-1);
    return !last || step >= last.step + this.every;
  }

  /** Moments come in the order of their steps. */
  add(moment: M): void {
    this.moments = [...this.moments, moment];
    while (this.moments.length > MOST) {
      this.every *= 2;
      let next = -Infinity;
      this.moments = this.moments.filter(({ step }) => {
        if (step < next) return false;
        next = step + this.every;
        return true;
      });
    }
  }

  clear(): void {
    this.moments = [];
    this.every = 1;
  }
}
