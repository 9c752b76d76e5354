/** How many steps to take at a time, from how long the last ones took. */

/** Milliseconds of stepping wanted between two frames. */
const TARGET = 14;
const SMOOTHING = 0.2;

export class Pace {
  /** Steps of the next batch. */
  steps = 1;
  /** Steps per second while stepping, smoothed; 0 before the first. */
  rate = 0;
  /** Most steps a batch (a person may want to watch each one). */
  most = 1000;

  restart(): void {
    this.steps = 1;
    this.rate = 0;
  }

  /** `steps` were taken in `elapsed` milliseconds. */
  note(steps: number, elapsed: number): void {
    if (steps <= 0) return;
    const rate = (1000 * steps) / Math.max(elapsed, 0.05);
    this.rate = this.rate === 0 ? rate : this.rate + SMOOTHING * (rate - this.rate);
    const wanted = Math.floor((this.rate * TARGET) / 1000);
    this.steps = Math.max(1, Math.min(wanted, 2 * this.steps, this.most));
  }
}
