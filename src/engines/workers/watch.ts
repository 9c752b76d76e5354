/** A worker that no longer answers is as good as one that has ended: whoever hires it is told so. */
import { Watchdog } from '../../gpu/watchdog.ts';
import type { Opening, Request } from './remote.ts';
import type { Restful } from './pool.ts';

/** Only of this kind an answer's time is foreseen: a step of shards takes as long as the step before. */
const KIND: Opening['kind'] = 'shards';
const STEP = 'advance';
/** Seconds: of a step at least, or so many times the longest so far; of what is not foreseen. */
const LEAST = 2;
const TIMES = 20;
const UNFORESEEN = 60;

class Watched {
  private readonly watchdog = new Watchdog();
  /** What is not answered yet, in the order of the answers. */
  private readonly asked: Request[] = [];
  private kind: Opening['kind'] = 'nothing';
  /** Seconds of the longest step of what it hosts. */
  private longest: number | null = null;
  private since = 0;
  private answered: () => void = () => undefined;
  private onSilence: (reason: string) => void = () => undefined;

  constructor(private readonly worker: Restful) {}

  port(): Restful {
    const { worker } = this;
    return {
      post: (message, transfer) => {
        worker.post(message, transfer);
        this.asked.push(message as Request);
        if (this.asked.length === 1) this.wait();
      },
      onMessage: (listener) =>
        worker.onMessage((message) => {
          this.hear();
          listener(message);
        }),
      onFailure: (listener) => {
        this.onSilence = listener;
        worker.onFailure((reason) => {
          this.answered();
          listener(reason);
        });
      },
      close: () => {
        this.answered();
        worker.close();
      },
      ...(worker.rest && { rest: (on: boolean) => worker.rest?.(on) }),
    };
  }

  /** It is at work on the first of what is asked. */
  private wait(): void {
    const [first] = this.asked;
    if ('kind' in first) [this.kind, this.longest] = [first.kind, null];
    this.since = performance.now();
    if (this.kind !== KIND) return;
    const seconds =
      isStep(first) && this.longest !== null ? Math.max(LEAST, Math.ceil(TIMES * this.longest)) : UNFORESEEN;
    this.answered = this.watchdog.watch(seconds, () => this.onSilence(`it has not answered for ${seconds} s`));
  }

  private hear(): void {
    const first = this.asked.shift();
    this.answered();
    if (first && isStep(first))
      this.longest = Math.max(this.longest ?? 0, (performance.now() - this.since) / 1000);
    if (this.asked.length > 0) this.wait();
  }
}

const isStep = (request: Request): boolean => 'method' in request && request.method === STEP;

/** The worker, which is taken for failed where it does not answer a step in time. */
export const watched = (worker: Restful): Restful => new Watched(worker).port();
