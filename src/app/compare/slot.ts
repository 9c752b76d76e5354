/** The run beside the page's own, where there is one: what figures know of a comparison. */
import type { Session } from '../run/session.ts';

export interface TwinRun {
  /** What differs from the page's own run, and what the page's own has there. */
  readonly name: string;
  readonly ownName: string;
  readonly session: Session;
}

/** `changed`: another run, another name, or none. */
export class TwinSlot {
  readonly events = new EventTarget();
  private current: TwinRun | null = null;

  get run(): TwinRun | null {
    return this.current;
  }

  put(run: TwinRun | null): void {
    this.current = run;
    this.events.dispatchEvent(new Event('changed'));
  }
}
