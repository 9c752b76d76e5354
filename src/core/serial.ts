/** Work that runs alone, in the order of the calls; a piece that fails does not stop those behind it. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all that was asked for before has ended. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
