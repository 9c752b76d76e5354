/** Where a neuron has been since it was picked: evenly thinned where that is long. */
import type { Pixel } from '../../views/cloud/overlay.ts';

/** Moments kept at most. */
export const MOST_MOMENTS = 256;

export class Path {
  private moments: { readonly step: number; readonly theta: Float32Array }[] = [];
  /** Of the moments that come, one in so many is kept. */
  private every = 1;
  private count = 0;

  get length(): number {
    return this.moments.length;
  }
  /** Null before the first moment. */
  get since(): number | null {
    return this.moments[0]?.step ?? null;
  }
  get steps(): readonly number[] {
    return this.moments.map(({ step }) => step);
  }

  /** The neuron's row of θ after that many steps. A step that is not after the last one begins anew. */
  note(step: number, theta: Float32Array): void {
    const last = this.moments.at(-1);
    if (last && step < last.step) this.clear();
    if (last?.step === step) return;
    if (this.count++ % this.every === 0) this.moments.push({ step, theta });
    if (this.moments.length <= MOST_MOMENTS) return;
    this.moments = this.moments.filter((_, k) => k % 2 === 0);
    this.every *= 2;
    this.count = 1;
  }

  clear(): void {
    this.moments = [];
    this.every = 1;
    this.count = 0;
  }

  /** The line through all that is kept to where it is `now`, as far as it can be seen. */
  line(
    at: (theta: ArrayLike<number>, row: number) => Pixel | null,
    now: ArrayLike<number>,
    row: number,
  ): Pixel[] {
    const kept = this.moments.map(({ theta }) => at(theta, 0));
    return [...kept, at(now, row)].filter((pixel) => pixel !== null);
  }
}
