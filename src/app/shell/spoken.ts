/**
 * The state of the run in a sentence, for those who hear the page: at once when it changes, and now and then
 * while it moves.
 */
import type { Session } from '../run/session.ts';
import { shareText } from './status.ts';
import { say } from '../say.ts';

/** Milliseconds. */
const EVERY = 15_000;
const STATES = {
  loading: say('Loading'),
  running: say('Running'),
  paused: say('Paused'),
  recovering: say('The graphics device was lost; computing again'),
  error: say('Stopped by an error'),
} as const;

export class Spoken {
  private last = -Infinity;
  private state = '';

  /** `element` has role status. */
  constructor(
    private readonly element: HTMLElement,
    private readonly session: Session,
  ) {
    for (const event of ['replaced', 'state', 'advanced'])
      session.events.addEventListener(event, () => this.update());
  }

  private update(): void {
    const { session } = this;
    const now = performance.now();
    if (session.state === this.state && now - this.last < EVERY) return;
    this.last = now;
    this.state = session.state;
    this.element.textContent = `${STATES[session.state]}${session.prepared ? figures(session) : ''}.`;
  }
}

function figures(session: Session): string {
  const { step, t, loss, n } = session.metrics();
  const fit = Number.isNaN(session.r2) ? '' : `, R² ${shareText(session.r2)}`;
  return say(': step {step}, t = {t}, loss {loss}{fit}, {n} neurons', {
    step: step.toLocaleString('en'),
    t: t.toPrecision(3),
    loss: loss.toPrecision(3),
    fit,
    n: n.toLocaleString('en'),
  });
}
