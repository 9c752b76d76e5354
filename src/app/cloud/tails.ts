/** The paths of some neurons over the last pictures of the cloud. */
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Paths } from '../../views/cloud/overlay.ts';

/** Neurons that are followed, and moments that are kept: 3 kB are read for each at d = 2. */
const FOLLOWED = 192;
const KEPT = 32;

export class Tails {
  private moments: Float32Array[] = [];
  private version = 0;
  private step = -1;
  private busy = false;

  constructor(private readonly engine: Engine) {}

  get paths(): Paths {
    return { moments: this.moments, width: shapeOf(this.engine.problem).width, version: this.version };
  }

  /** Notes where they are now; true where that is another moment. */
  async note(): Promise<boolean> {
    const { engine } = this;
    if (this.busy || engine.step === this.step) return false;
    this.busy = true;
    try {
      const { step } = engine;
      const { theta } = await engine.sample(FOLLOWED);
      if (step < this.step) this.moments = []; // the run began again
      this.step = step;
      this.moments = [...this.moments, theta].slice(-KEPT);
      this.version++;
      return true;
    } finally {
      this.busy = false;
    }
  }
}
