/** Work a piece at a time, so that who does it may do other things between: it yields the share that is done, 0 … 1. */
export type Work<T> = Generator<number, T>;

/** All of it, at once. */
export function finished<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
