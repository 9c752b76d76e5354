/**
 * Work that must not take more than a share of the time: the next turn comes after a wait that grows with what
 * the last one cost.
 */
type Queue = (work: () => Promise<void>) => Promise<void>;

export class Turns {
  private next = 0;
  private busy = false;
  /** What was asked for last, out of turn. */
  private late: { readonly queue: Queue; readonly work: () => Promise<void> } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** What is under way is of no account for the turn after it. */
  private hurried = false;

  /** `share` of the time at most, and never more often than every `least` milliseconds. */
  constructor(
    private readonly share: number,
    private readonly least: number,
  ) {}

  /**
   * Runs `work` through `queue` if a turn is due and the last is over; else when the next one is, unless other
   * work is asked for by then: what is shown is never left behind what is. Only the work itself counts as its
   * cost, not the time that it waits in the queue.
   */
  async take(queue: Queue, work: () => Promise<void>): Promise<void> {
    if (this.busy || performance.now() < this.next) {
      this.late = { queue, work };
      return this.wait();
    }
    this.late = null;
    this.busy = true;
    try {
      await queue(async () => {
        const start = performance.now();
        await work();
        const end = performance.now();
        this.next = this.hurried ? end : end + Math.max(this.least, (end - start) / this.share);
        this.hurried = false;
      });
    } finally {
      this.busy = false;
      this.wait();
    }
  }

  /** The next turn is due at once, or when the present one is over. */
  hurry(): void {
    this.hurried = this.busy;
    this.next = 0;
    clearTimeout(this.timer ?? undefined);
    this.timer = null;
    this.wait();
  }

  private wait(): void {
    if (!this.late || this.busy) return;
    this.timer ??= setTimeout(
      () => {
        const { late } = this;
        this.timer = null;
        // who asked is told by what is asked for next
        if (late) void this.take(late.queue, late.work).catch(() => undefined);
      },
      Math.max(0, this.next - performance.now()),
    );
  }
}
