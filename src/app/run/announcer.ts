/** What a run tells those who show it: its state, a sentence, and that something has changed. */
import { capital } from '../../core/words/sentence.ts';

export type State = 'loading' | 'running' | 'paused' | 'recovering' | 'error';

/** Whether there is something that a pause would end. */
export const goesOn = (state: State): boolean => state === 'running' || state === 'recovering';

/**
 * `replaced`: another engine or problem · `advanced`: θ moved · `state`: playing, paused, … · `shown`: an earlier state is
 * shown in place of the run's own, or no longer.
 */
export type SessionEvent = 'replaced' | 'advanced' | 'state' | 'shown';

export abstract class Announcer {
  readonly events = new EventTarget();
  state: State = 'loading';
  /**
   * One sentence for the person: why fewer neurons, why this engine, what went wrong; empty when all is well.
   */
  notice = '';
  /** What the notice tells of a failure holds still. */
  private trouble = false;
  private hidden = false;

  /** What went wrong becomes the notice. */
  protected failed(error: unknown): Error {
    const reason = error instanceof Error ? error : new Error(String(error));
    this.notice = `${capital(reason.message)}.`;
    this.trouble = true;
    this.enter('error');
    return reason;
  }

  /** Another notice, whatever went wrong before; '' for none. */
  protected say(notice: string): void {
    this.trouble = false;
    this.notice = notice;
  }

  /** What the notice told of a failure is no longer so. */
  protected mended(): void {
    if (!this.trouble) return;
    this.say('');
    this.enter(this.state === 'error' ? 'paused' : this.state);
  }

  /** What nobody sees is not computed: whose tab is hidden is paused, whatever else it would be, and says so. */
  protected enter(state: State, hidden = this.hidden): void {
    this.hidden = hidden;
    this.state = state === 'running' && hidden ? 'paused' : state;
    this.emit('state');
  }

  protected emit(event: SessionEvent): void {
    this.events.dispatchEvent(new Event(event));
  }
}
