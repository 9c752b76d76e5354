/**
 * Which blocks of particles have their h = ⟨w0, x⟩ in memory, from the outputs where they are, for the drifts there:
 * `Sums` has each particle deposited where it is before it is asked for its drift. Who moves it deposits it anew.
 */
export class KeptBlocks {
  /** Slots that were given back; those from `fresh` on have not been in use. */
  private readonly free: number[] = [];
  private fresh = 0;
  /** By θ and the first of its particles. */
  private readonly byTheta = new Map<Float64Array, Map<number, Block>>();
  /** In the order in which they came. */
  private readonly all = new Set<Block>();

  constructor(private readonly slots: number) {}

  /** The slot for particles first … last − 1 of θ, which are about to be deposited; null: there is no room. */
  keep(theta: Float64Array, first: number, last: number): number | null {
    this.forget(this.find(theta, first));
    if (this.isFull) this.makeRoom(theta);
    if (this.isFull) return null;
    const slot = this.free.pop() ?? this.fresh++;
    const block = { theta, first, last, slot };
    this.byTheta.set(theta, (this.byTheta.get(theta) ?? new Map<number, Block>()).set(first, block));
    this.all.add(block);
    return slot;
  }

  /** The slot with what was kept of them, which is used up by that; null: nothing was. */
  take(theta: Float64Array, first: number, last: number): number | null {
    const block = this.find(theta, first);
    if (block?.last !== last) return null;
    this.forget(block);
    return block.slot;
  }

  /** A slot that keeps nothing; the last one is given up for it where all do. */
  spare(): number {
    const [oldest] = this.isFull ? this.all : [];
    this.forget(oldest);
    return this.free.at(-1) ?? this.fresh;
  }

  private get isFull(): boolean {
    return this.free.length === 0 && this.fresh === this.slots;
  }

  private find(theta: Float64Array, first: number): Block | undefined {
    return this.byTheta.get(theta)?.get(first);
  }

  /** Of another system, perhaps one that is gone; blocks of one that does not fit would only take turns. */
  private makeRoom(theta: Float64Array): void {
    const [oldest] = this.all;
    if (oldest && oldest.theta !== theta) this.forget(oldest);
  }

  private forget(block: Block | undefined): void {
    if (!block) return;
    const others = this.byTheta.get(block.theta)!;
    others.delete(block.first);
    if (others.size === 0) this.byTheta.delete(block.theta);
    this.all.delete(block);
    this.free.push(block.slot);
  }
}

interface Block {
  readonly theta: Float64Array;
  readonly first: number;
  readonly last: number;
  readonly slot: number;
}
