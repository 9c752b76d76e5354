/** t of a run by its steps: a changed dt leaves the past alone, and a run that is repeated repeats its changes. */

import { isEven, tempoOf, type Schedules } from '../../../core/dynamics/schedules.ts';

/** Steps from `step`, where it is time t, have length dt, times what a schedule says. */
interface Stretch {
  readonly step: number;
  readonly t: number;
  readonly dt: number;
}

/** What steps go by. */
interface Tempi {
  readonly dt: number;
  readonly schedule?: Schedules;
}

/** Steps between two marks of a schedule's sum. */
const MARK = 1024;

export class Clock {
  private stretches: readonly Stretch[] = [{ step: 0, t: 0, dt: 0 }];
  private schedules: Schedules | undefined;
  /** t after every MARK steps of the last stretch, as far as they have been asked for. */
  private marks: number[] = [];

  /** A run begins. */
  start(step: number, t: number, { dt, schedule }: Tempi): void {
    this.schedules = schedule;
    this.stretches = [{ step, t, dt }];
    this.marks = [t];
  }

  /** From `step` on, which is the current one, steps have another length. */
  change(step: number, dt: number): void {
    const t = this.at(step);
    this.stretches = [...this.stretches, { step, t, dt }];
    this.marks = [t];
  }

  /** Since dt was last changed. */
  at(step: number): number {
    const last = this.stretches[this.stretches.length - 1];
    if (isEven(this.schedules)) return last.t + (step - last.step) * last.dt;
    const done = Math.floor((step - last.step) / MARK);
    while (this.marks.length <= done) {
      const from = last.step + MARK * (this.marks.length - 1);
      this.marks.push(this.added(this.marks[this.marks.length - 1], last.dt, from, from + MARK));
    }
    return this.added(this.marks[done], last.dt, last.step + MARK * done, step);
  }

  /** t and the steps `from` … `to` − 1. */
  private added(t: number, dt: number, from: number, to: number): number {
    let sum = t;
    for (let k = from; k < to; k++) sum += tempoOf(this.schedules, dt, k, NaN).dt;
    return sum;
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
