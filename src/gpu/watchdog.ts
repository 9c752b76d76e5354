/**
 * Ends waits that nothing else would end. Seconds are counted in ticks of this thread, so that a tab that was frozen or
 * a thread that was busy has waited no longer than it was there to hear the answer.
 */

const TICK = 1000;

interface Wait {
  left: number;
  readonly late: () => void;
}

export class Watchdog {
  private readonly waits = new Set<Wait>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Calls `late` after so many seconds, unless what it returns is called before. */
  watch(seconds: number, late: () => void): () => void {
    const wait = { left: seconds, late };
    this.waits.add(wait);
    this.timer ??= setTimeout(() => this.tick(), TICK);
    return () => {
      this.waits.delete(wait);
      if (this.waits.size > 0) return;
      clearTimeout(this.timer); // nothing keeps a process from ending
      this.timer = undefined;
    };
  }

  private tick(): void {
    this.timer = undefined;
    for (const wait of [...this.waits])
      if (--wait.left <= 0) {
        this.waits.delete(wait);
        wait.late();
      }
    if (this.waits.size > 0) this.timer ??= setTimeout(() => this.tick(), TICK);
  }
}

/** `work`, but no longer than so many seconds: then a rejection with this sentence. What comes later goes to `unused`. */
export function within<T>(
  work: Promise<T>,
  seconds: number,
  sentence: string,
  unused: (late: T) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    const stop = new Watchdog().watch(seconds, () => {
      over = true;
      reject(new LateError(sentence));
    });
    work.then(
      (value) => {
        stop();
        if (over) unused(value);
        else resolve(value);
      },
      (error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** An answer that did not come in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}
