/** Workers that outlive their engines: starting one costs more than many a small engine's whole work. */
import type { Port, Request } from './remote.ts';

/** A worker that can rest. */
export interface Restful extends Port {
  /** In Node a resting worker must not keep the process alive. */
  rest?(on: boolean): void;
}

/** What a worker hosts while it rests, so that no engine's arrays stay in memory. */
const NOTHING: Request = { kind: 'nothing', setup: null };

/** Opens workers by `open`, or takes one that rests; at most `most` rest. */
export function pooled(open: () => Restful, most: number): () => Port {
  const resting: Pooled[] = [];
  return () => {
    let worker = resting.pop();
    while (worker?.lost) worker = resting.pop();
    const hired = worker ?? new Pooled(open());
    return hired.hire((usable) => {
      const rests = usable && resting.length < most;
      if (rests) resting.push(hired);
      return rests;
    });
  };
}

class Pooled {
  /** Messages that are not answered yet; of these, the first `stale` were not the present engine's. */
  private open = 0;
  private stale = 0;
  private failed: string | null = null;
  private onMessage: (message: unknown) => void = () => undefined;
  private onFailure: (reason: string) => void = () => undefined;

  constructor(private readonly worker: Restful) {
    worker.onMessage((message) => this.answer(message));
    worker.onFailure((reason) => {
      this.failed ??= reason;
      this.onFailure(reason);
    });
  }

  /** It ended by itself. */
  get lost(): boolean {
    return this.failed !== null;
  }

  /** `release` is told whether the worker can be hired again, and says whether it will be. */
  hire(release: (usable: boolean) => boolean): Port {
    this.worker.rest?.(false);
    return {
      post: (message, transfer) => {
        this.open++;
        this.worker.post(message, transfer);
      },
      onMessage: (listener) => void (this.onMessage = listener),
      onFailure: (listener) => {
        this.onFailure = listener;
        if (this.failed !== null) listener(this.failed);
      },
      close: () => this.dismiss(release),
    };
  }

  /**
   * An engine that is destroyed in the middle of a call would keep the next one waiting: such a worker ends.
   */
  private dismiss(release: (usable: boolean) => boolean): void {
    [this.onMessage, this.onFailure] = [() => undefined, () => undefined];
    if (!release(!this.lost && this.open === 0)) return this.worker.close();
    this.stale = 1;
    this.open = 1;
    this.worker.post(NOTHING, []);
    this.worker.rest?.(true);
  }

  private answer(message: unknown): void {
    this.open--;
    if (this.stale === 0) return this.onMessage(message);
    this.stale--;
  }
}
