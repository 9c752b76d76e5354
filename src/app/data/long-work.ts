/** Work that lasts is said, with the time that it takes, and can be stopped. */
import { turn } from '../../experiments/turns.ts';
import { say } from '../say.ts';
import { capital } from '../../core/words/sentence.ts';

/** Who waited had enough of it. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor() {
    super(say('The work was stopped, and nothing was changed'));
  }
}

/** Milliseconds: what is shorter is not worth a word; between two words; between two turns of others. */
const SOON = 500;
const APART = 1000;
const TURN = 10;

export class LongWork {
  private started = 0;
  private said = -Infinity;
  private last = 0;
  private task = '';
  private stopped = false;
  private onStop: () => void = () => undefined;

  /** `say` gets a sentence while it lasts, and '' when it is over. */
  constructor(private readonly say: (sentence: string) => void) {}

  /** So much of a task is done, 0 … 1. */
  tell(task: string, share: number): void {
    const now = performance.now();
    if (task !== this.task) [this.task, this.started] = [task, now];
    if (now - this.started < SOON || now - this.said < APART || share >= 1) return;
    this.said = now;
    const seconds = Math.ceil(((now - this.started) * (1 - share)) / share / 1000);
    this.say(
      say('{task}: {percent} %, about {seconds} s left.', {
        task: capital(task),
        percent: Math.floor(100 * share),
        seconds,
      }),
    );
  }

  /** The same, and others have their turn. Throws StoppedError where it is to end. */
  async turn(task: string, share: number): Promise<void> {
    this.tell(task, share);
    const now = performance.now();
    if (now - this.last < TURN) return;
    await turn();
    this.last = performance.now();
    if (!this.stopped) return;
    this.over();
    throw new StoppedError();
  }

  /** Says a sentence while work lasts that tells nothing of itself; rejects with StoppedError, at once, where it is to end. */
  async wait<T>(sentence: string, work: Promise<T>): Promise<T> {
    const stopped = new Promise<never>((_, reject) => (this.onStop = () => reject(new StoppedError())));
    this.said = performance.now();
    this.say(sentence);
    try {
      return await Promise.race([work, stopped]);
    } finally {
      this.over();
    }
  }

  stop(): void {
    this.stopped = true;
    this.onStop();
  }

  over(): void {
    if (this.said > -Infinity) this.say('');
    [this.task, this.said, this.stopped] = ['', -Infinity, false];
    this.onStop = () => undefined;
  }
}
