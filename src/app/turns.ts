/** Work that must not take more than a share of the time: next turn after a wait that grows with what the last one cost. */
export class Turns {
  private next = 0;
  private busy = false;

  /** `share` of the time at most, and never more often than every `least` milliseconds. */
  constructor(private readonly share: number, private readonly least: number) {}

  /** Runs `work` if a turn is due and the last is over; says whether it did. */
  async take(work: () => Promise<void>, now = performance.now()): Promise<boolean> {
    if (this.busy || now < this.next) return false;
    this.busy = true;
    try {
      await work();
      return true;
    } finally {
      const end = performance.now();
      this.next = end + Math.max(this.least, (end - now) / this.share);
      this.busy = false;
    }
  }

  /** The next turn is due at once. */
  hurry(): void {
    this.next = 0;
  }
}
