/** Work that must not take more than a share of the time: the next turn comes after a wait that grows with what the last one cost. */
export class Turns {
  private next = 0;
  private busy = false;

  /** `share` of the time at most, and never more often than every `least` milliseconds. */
  constructor(private readonly share: number, private readonly least: number) {}

  /**
   * Runs `work` through `queue` if a turn is due and the last is over. Only the work itself counts as its cost, not the
   * time that it waits in the queue.
   */
  async take(queue: (work: () => Promise<void>) => Promise<void>, work: () => Promise<void>): Promise<void> {
    if (this.busy || performance.now() < this.next) return;
    this.busy = true;
    try {
      await queue(async () => {
        const start = performance.now();
        await work();
        const end = performance.now();
        this.next = end + Math.max(this.least, (end - start) / this.share);
      });
    } finally {
      this.busy = false;
    }
  }

  /** The next turn is due at once. */
  hurry(): void {
    this.next = 0;
  }
}
