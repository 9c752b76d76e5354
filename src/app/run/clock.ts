/** t of a run by its steps: a changed dt leaves the past alone. */
export class Clock {
  /** t = base + (step − first)·dt. */
  private base = 0;
  private first = 0;

  at(step: number, dt: number): number {
    return this.base + (step - this.first) * dt;
  }

  /** From `step` on, at time t, steps have another length. */
  set(t: number, step: number): void {
    this.base = t;
    this.first = step;
  }
}
