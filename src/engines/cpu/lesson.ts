/** What drives the particles of the CPU engine: the rows that a step takes, f and r there, and the loss. */
import { Batches, weighted } from '../../core/dynamics/batches.ts';
import { feedOf, type Feed } from '../../core/dynamics/feed.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { meanLoss, residual } from '../../core/model.ts';
import { shapeOf } from '../../core/shape.ts';
import { outputsIn, type Method, type Problem } from '../engine.ts';

export class Lesson {
  readonly r: Float64Array;
  /** Of the rows. */
  loss = NaN;
  private readonly outputs: Float64Array;
  private y: Float64Array;
  private readonly feed: Feed | null;
  /** Of a method whose cost is not that of the rows: all of them, with weights. */
  private readonly batches: Batches | null;
  /** f of all rows, where steps take some. */
  private all: Float64Array | null = null;

  constructor(
    private readonly problem: Omit<Problem, 'theta'>,
    method: Method,
  ) {
    const { batch, m, y } = problem;
    const direct = method === 'direct';
    this.feed = direct ? feedOf(problem) : null;
    this.batches = batch && !direct ? new Batches(batch, m) : null;
    this.y = y;
    const numbers = outputsIn({ ...problem, m: this.feed?.size ?? m });
    this.outputs = new Float64Array(numbers);
    this.r = new Float64Array(numbers);
  }

  /** Whether f and the loss of all rows are to be asked for: steps take some of them. */
  get isPartial(): boolean {
    return this.feed !== null && this.problem.batch !== undefined;
  }

  /** f [m, c] of all rows, or of those that come fresh. */
  get f(): Float64Array {
    return this.all ?? this.outputs;
  }

  /** Goes to the rows of the step that starts at θ_k; their x, unless they are those of before and not wanted `again`. */
  turnTo(k: number, again = false): Float64Array | undefined {
    const rows = this.feed?.rows(k);
    if (!rows || (rows.y === this.y && !again)) return undefined;
    this.y = rows.y;
    return rows.x;
  }

  /** New sums over the particles: f and r follow, and where a step has ended the loss. */
  receive(sums: Float64Array, stepEnds: boolean): void {
    const { problem, outputs, r, y } = this;
    const loss = LOSSES[problem.loss];
    const { c } = shapeOf(problem);
    for (let a = 0; a < outputs.length; a++) outputs[a] = problem.outer * sums[a];
    residual(r, outputs, y, loss, c);
    if (stepEnds) this.loss = meanLoss(outputs, y, loss, c);
  }

  /** The same of all rows: f and the loss. */
  receiveAll(sums: Float64Array): void {
    const { outer, y, loss } = this.problem;
    this.all = sums.map((sum) => outer * sum);
    this.loss = meanLoss(this.all, y, LOSSES[loss], shapeOf(this.problem).c);
  }

  /** What the step that starts at θ_k makes of residuals: those of its batch. */
  chosen(k: number): (r: Float64Array) => Float64Array {
    if (!this.batches) return (r) => r;
    const weights = new Float64Array(this.problem.m);
    const { c } = shapeOf(this.problem);
    this.batches.weights(k, weights);
    return (r) => weighted(r, weights, c);
  }
}
