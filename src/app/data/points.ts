/** Points drawn by hand, with every earlier state kept for undo. */
import { say } from '../say.ts';
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Target of a point of two inputs; of one input the target is y. */
  readonly value: number;
}

/** A link and a page of rows stay of use up to here. */
export const MOST_POINTS = 500;

export class Points {
  private past: (readonly Point[])[] = [];
  private now: readonly Point[] = [];

  get all(): readonly Point[] {
    return this.now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** The new point's place; throws a sentence where there are too many. */
  add(point: Point): number {
    if (this.now.length >= MOST_POINTS)
      throw new Error(
        say('{most} points are drawn, the most there can be: paste a table for more', { most: MOST_POINTS }),
      );
    this.put([...this.now, point]);
    return this.now.length - 1;
  }

  remove(at: number): void {
    this.put(this.now.filter((_, i) => i !== at));
  }

  clear(): void {
    if (this.now.length > 0) this.put([]);
  }

  /** Moves or changes a point. `going`: part of the change before, undone with it. */
  set(at: number, point: Point, going = false): void {
    const next = this.now.map((old, i) => (i === at ? point : old));
    if (going) this.now = next;
    else this.put(next);
  }

  undo(): void {
    this.now = this.past.pop() ?? this.now;
  }

  private put(next: readonly Point[]): void {
    this.past.push(this.now);
    this.now = next;
  }
}
