/** t of a run by its steps: a changed dt leaves the past alone, and a run that is repeated repeats its changes. */

/** Steps from `step`, where it is time t, have length dt. */
interface Stretch {
  readonly step: number;
  readonly t: number;
  readonly dt: number;
}

export class Clock {
  private stretches: readonly Stretch[] = [{ step: 0, t: 0, dt: 0 }];

  /** A run begins. */
  start(step: number, t: number, dt: number): void {
    this.stretches = [{ step, t, dt }];
  }

  /** From `step` on, which is the current one, steps have another length. */
  change(step: number, dt: number): void {
    this.stretches = [...this.stretches, { step, t: this.at(step), dt }];
  }

  /** Since dt was last changed. */
  at(step: number): number {
    const last = this.stretches[this.stretches.length - 1];
    return last.t + (step - last.step) * last.dt;
  }

  /** How steps `from` … `to` went: so many of one length, then of the next. */
  between(from: number, to: number): { readonly dt: number; readonly steps: number }[] {
    return this.stretches.flatMap(({ step, dt }, i) => {
      const end = Math.min(to, this.stretches[i + 1]?.step ?? Infinity);
      const steps = end - Math.max(from, step);
      return steps > 0 ? [{ dt, steps }] : [];
    });
  }
}
