/** When a run stops by itself. */
import { saidOf, stepsLeft, type Goal, type Outlook } from './goal.ts';

export class Halt {
  private goal: Goal | null = null;
  /** The goal was met and the person went on: it does not stop the run again. */
  private past = false;

  /** `outlook` is asked where there is a goal. */
  constructor(private readonly outlook: () => Outlook) {}

  /** null: never. A new one counts from now. */
  at(goal: Goal | null): void {
    this.goal = goal;
    this.past = false;
  }

  /** Another run, or the same from its start: the goal lies ahead again. */
  restart(): void {
    this.past = false;
  }

  /** The person goes on; true where that leads beyond the goal. */
  pass(): boolean {
    this.past = this.left() === 0;
    return this.past;
  }

  /** Steps until the goal. */
  left(): number {
    return this.past || !this.goal ? Infinity : stepsLeft(this.goal, this.outlook());
  }

  /** Why the run stops here, null where it does not. */
  reason(): string | null {
    return this.goal && this.left() === 0 ? saidOf(this.goal) : null;
  }
}
