/**
 * How long work will take, from how long such work took before. Work is of several kinds, each with a rate of
 * its own.
 */

/** A measurement counts this much for every later one. */
const FADE = 0.75;
/** What a page's clock cannot tell from nothing, in milliseconds. */
const TICK = 0.1;
const SURPRISE = 4;

export interface Prior {
  /** Work of a kind not yet seen, in the caller's unit, that is expected to take … */
  readonly work: number;
  /** … so many milliseconds. */
  readonly time: number;
}

export class Forecast<Kind> {
  private readonly seen = new Map<Kind, Prior>();

  constructor(private readonly prior: Prior) {}

  /** Milliseconds, > 0 where work > 0. */
  of(kind: Kind, work: number): number {
    const { time, work: done } = this.seen.get(kind) ?? this.prior;
    return (work * time) / done;
  }

  /**
   * A mix of work took so many milliseconds: each kind its share of them, as expected so far. `late`, longer
   * than it should have been, is believed at once, but of work that is known no more than SURPRISE times what
   * was expected: others may have been at the device. The rest is averaged, so that a short time raises
   * nobody's hopes by much more than a factor of two.
   */
  learn(mix: ReadonlyMap<Kind, number>, milliseconds: number, late: boolean): void {
    let expected = 0;
    let known = true;
    for (const [kind, work] of mix) {
      expected += this.of(kind, work);
      known &&= this.seen.has(kind);
    }
    const scale = Math.min(Math.max(milliseconds, TICK) / expected, known ? SURPRISE : Infinity);
    const keep = late ? 0 : FADE;
    const learnt = [...mix].map(([kind, work]) => {
      const before = this.seen.get(kind) ?? this.prior;
      return [
        kind,
        { time: keep * before.time + scale * this.of(kind, work), work: keep * before.work + work },
      ] as const;
    });
    for (const [kind, sum] of learnt) this.seen.set(kind, sum);
  }
}
